package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/notation"
	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/rule"
)

// cli runs the program in this process.
func cli(t *testing.T, stdin string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(args, strings.NewReader(stdin), &o, &e)
	return code, o.String(), e.String()
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
	return lines[len(lines)-1]
}

// file writes a corpus of the given cases and returns its path.
func file(t *testing.T, cases string) string {
	t.Helper()
	return write(t, `{"schema": 1, "policy": "lancashire", "cases": [`+cases+`]}`)
}

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "corpus.json")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

const (
	passes = `{"id": "A", "rules": ["TERM-1"], "ask": "term.of", "given": {"date": "2026-03-31"}, "expect": {"term": "SPRING 2026"}}`
	fails  = `{"id": "B", "rules": ["TERM-1", "TERM-3"], "ask": "term.of", "given": {"date": "2026-04-01"}, "expect": {"term": "SPRING 2026"}}`
)

func TestRunPassesTheProjectsOwnCorpus(t *testing.T) {
	t.Parallel()
	code, out, errs := cli(t, "", "run")
	require.Equal(t, 0, code, out)
	require.Regexp(t, `^\d+ passed, 0 failed\n$`, out)
	require.Empty(t, errs)
}

func TestRunPrintsEachFailureWithItsQuestion(t *testing.T) {
	t.Parallel()
	code, out, _ := cli(t, "", "run", file(t, passes+","+fails), file(t, passes))
	require.Equal(t, 1, code)
	require.Equal(t, "B [TERM-1 TERM-3] term.of: differs at term: wanted \"SPRING 2026\", got \"SUMMER 2026\"\n    given: {\"date\":\"2026-04-01\"}\n2 passed, 1 failed\n", out)
}

func TestRunReadsStandardInput(t *testing.T) {
	t.Parallel()
	code, out, _ := cli(t, `{"schema": 1, "policy": "lancashire", "cases": [`+passes+`]}`, "run", "-")
	require.Equal(t, 0, code)
	require.Equal(t, "1 passed, 0 failed\n", out)
}

func TestRunAsJSON(t *testing.T) {
	t.Parallel()
	path := file(t, passes+","+fails)
	for _, option := range []string{"-json", "--json"} {
		code, out, _ := cli(t, "", "run", option, path)
		require.Equal(t, 1, code)
		var got report
		require.NoError(t, json.Unmarshal([]byte(out), &got))
		require.Equal(t, 1, got.Passed)
		require.Equal(t, 1, got.Failed)
		f := got.Failures[0]
		require.Equal(t, []any{path, "B", "term.of", "term"}, []any{f.Corpus, f.ID, f.Ask, f.Where})
		require.Equal(t, []string{"TERM-1", "TERM-3"}, f.Rules)
		require.JSONEq(t, `{"term": "SPRING 2026"}`, string(f.Wanted))
		require.Contains(t, string(f.Got), "SUMMER 2026")
	}
	_, out, _ := cli(t, "", "run", "-json", file(t, passes))
	require.JSONEq(t, `{"passed": 1, "failed": 0, "failures": []}`, out)
}

func TestUnusableInputExitsWith2(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "none.json")
	tests := []struct {
		name, says string
		args       []string
	}{
		{"no such file", "none.json", []string{"run", missing}},
		{"invalid JSON", "corpus", []string{"run", write(t, "{")}},
		{"another policy", "policy", []string{"run", write(t, `{"schema": 1, "policy": "kent", "cases": [`+passes+`]}`)}},
		{"no command", "expected one of", nil},
		{"another command", "unexpected argument", []string{"judge"}},
		{"another option", "unknown flag", []string{"run", "-yaml"}},
		{"a missing policy to ask", "none.json", []string{"ask", "-policy", missing}},
		{"no such policy", "none.json", []string{"policy", missing}},
		{"an invalid policy", "alwaysFromAge", []string{"policy", write(t, `{"alwaysFromAge": "four"}`)}},
		{"an invalid policy to compare", "unknown", []string{"compare", "lancashire", write(t, `{"unknown": 1}`)}},
		{"only one policy to compare", "<b>", []string{"compare", "lancashire"}},
		{"a missing corpus to compare on", "none.json", []string{"compare", "lancashire", "lancashire", missing}},
		{"a malformed day for the rule book", "date", []string{"rules", "-html", "-on", "14/01/2026"}},
		{"a missing policy for the rule book", "none.json", []string{"rules", "-html", "-policy", missing}},
		{"a rule book in JSON", "can't be used together", []string{"rules", "-html", "-json"}},
		{"another diagram", "format", []string{"diagram", "svg"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := cli(t, "", test.args...)
			require.Equal(t, 2, code)
			require.Empty(t, out, "nothing must be run")
			require.Contains(t, errs, test.says)
		})
	}
	code, out, errs := cli(t, "", "run", missing, file(t, passes), write(t, "{"))
	require.Equal(t, 2, code)
	require.Empty(t, out)
	require.Contains(t, errs, "none.json")
	require.Contains(t, errs, "JSON object", "every unusable file must be reported")
}

func TestAskAnswersLineByLineInOrder(t *testing.T) {
	t.Parallel()
	code, out, errs := cli(t, `{"ask": "term.of", "given": {"date": "2026-03-31"}}
{"ask": "term.off", "given": {}}

{"ask": "delegation.due", "given": {"meeting": "2026-03-25"}, "overrides": {"returnPeriod": {"workingDays": 10}}}
{"ask": "pep.initial_deadlines", "given": {"enteredCare": "2094-03-20", "emergency": false}}`, "ask")
	require.Equal(t, 0, code)
	require.Empty(t, errs)
	var got []string
	for line := range strings.Lines(out) {
		var reply map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &reply))
		for _, member := range []string{"term", "invalid", "due", "refused"} {
			if s, ok := reply[member].(string); ok {
				got = append(got, s)
			}
		}
	}
	require.Equal(t, []string{"SPRING 2026", "ask", "question", "2026-04-10", "DUE-7"}, got)
}

func TestAskPrintsTheSchemaOfTheContract(t *testing.T) {
	t.Parallel()
	code, out, errs := cli(t, "", "ask", "-schema")
	require.Equal(t, 0, code)
	require.Empty(t, errs)
	require.Equal(t, string(ask.Schema()), out)
	require.Equal(t, 2, run([]string{"ask", "-schema"}, strings.NewReader(""), full{}, io.Discard))
}

func TestRunReadsASpreadsheet(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "officer.CSV")
	write := func(text string) { require.NoError(t, os.WriteFile(path, []byte(text), 0o600)) }
	write("id,rules,ask,given.date,expect.term\nA,TERM-1,term.of,2026-03-31,SPRING 2026\nB,TERM-1,term.of,2026-04-01,SPRING 2026\n")
	code, out, _ := cli(t, "", "run", path)
	require.Equal(t, 1, code)
	require.Contains(t, out, "B [TERM-1] term.of: differs at term")
	require.Equal(t, "1 passed, 1 failed", lastLine(out))
	write("id,rules,ask,given.date,expect.term\nA,TERM-1,term.of,31/03/2026,SPRING 2026\n")
	code, out, errs := cli(t, "", "run", path)
	require.Equal(t, 2, code)
	require.Empty(t, out)
	require.Contains(t, errs, "line 2, column D (given.date) must be a date such as 2006-01-02")
}

func TestAPolicyFromAFileGoverns(t *testing.T) {
	t.Parallel()
	mine := write(t, `{"name": "mine", "returnPeriod": {"days": 7}}`)
	const question = `{"ask": "delegation.due", "given": {"meeting": "2026-01-14"}}`
	for _, args := range [][]string{{"ask", "-policy", mine}, {"ask", "-policy=" + mine}, {"ask", "--policy", mine}} {
		code, out, errs := cli(t, question, args...)
		require.Equal(t, 0, code, errs)
		require.Contains(t, out, `"due":"2026-01-21"`)
	}
	corpus := `{"schema": 1, "policy": "mine", "cases": [{"id": "M", "rules": ["DUE-1"], "ask": "delegation.due", "given": {"meeting": "2026-01-14"}, "expect": {"due": "2026-01-21"}}]}`
	code, out, _ := cli(t, corpus, "run", "-policy", mine, "-")
	require.Equal(t, 0, code)
	require.Equal(t, "1 passed, 0 failed\n", out)
	code, _, errs := cli(t, corpus, "run", "-")
	require.Equal(t, 2, code)
	require.Contains(t, errs, "its policy is not lancashire")
}

func TestAnOverlongLineIsAnsweredAndSoIsTheNext(t *testing.T) {
	t.Parallel()
	const question = `{"ask": "term.of", "given": {"date": "2026-03-31"}}`
	padded := question + strings.Repeat(" ", ask.MaxLine)
	code, out, errs := cli(t, strings.Repeat("x", 5*ask.MaxLine)+"\n"+question+"\r\n"+padded[:ask.MaxLine]+"\r\n"+padded+"\n"+question, "ask")
	require.Equal(t, 0, code, errs)
	var got []string
	for line := range strings.Lines(out) {
		var reply struct{ Term, Invalid, Message string }
		require.NoError(t, json.Unmarshal([]byte(line), &reply))
		got = append(got, reply.Term+reply.Invalid)
		if reply.Invalid != "" {
			require.Equal(t, "question must be a JSON object of at most 1048576 bytes", reply.Message)
		}
	}
	require.Equal(t, []string{"question", "SPRING 2026", "SPRING 2026", "question", "SPRING 2026"}, got)
}

func TestNothingInAFileControlsTheTerminal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	hostile := filepath.Join(dir, "corpus.json")
	require.NoError(t, os.WriteFile(hostile, []byte(`{"schema": 1, "policy": "lancashire", "cases": [{"id": "A\u001b[2J\u009b2J\r\u007f Ł", "ask": "term.of", "given": {"date": "2026-03-31"}, "expect": {"term": "x"}}]}`), 0o600))
	_, out, _ := cli(t, "", "run", hostile)
	require.Contains(t, out, `A\u001b[2J\u009b2J\u000d\u007f Ł `)
	_, _, errs := cli(t, "", "policy", "no\x1b[2J\xff")
	require.Contains(t, errs, `no\u001b[2J\ufffd: there is no policy and no file of this name; the policies are lancashire and lancashire-website`)
}

func TestACharacterSplitAcrossWritesStaysWhole(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	to := &plain{to: &out}
	for _, b := range []byte("\u009bŁ\n€\x1b\xff\U0001F600\n") {
		n, err := to.Write([]byte{b})
		require.NoError(t, err)
		require.Equal(t, 1, n)
	}
	require.Equal(t, "\\u009bŁ\n€\\u001b\\ufffd\U0001F600\n", out.String())
}

func TestAnUnknownPolicyListsTheKnownOnes(t *testing.T) {
	t.Parallel()
	code, _, errs := cli(t, "", "policy", "lancashir")
	require.Equal(t, 2, code)
	require.Equal(t, "policycheck: lancashir: there is no policy and no file of this name; the policies are lancashire and lancashire-website; did you mean \"lancashire\"?\n", errs)
	workbook := filepath.Join(t.TempDir(), "cases.xlsx")
	require.NoError(t, os.WriteFile(workbook, []byte("PK\x03\x04"), 0o600))
	code, _, errs = cli(t, "", "run", workbook)
	require.Equal(t, 2, code)
	require.Contains(t, errs, "must be a JSON object: the file is an Excel workbook; save it as CSV UTF-8")
	require.NoError(t, os.WriteFile(workbook, bytes.Repeat([]byte(" "), 2<<20), 0o600))
	code, _, errs = cli(t, "", "policy", workbook)
	require.Equal(t, 2, code)
	require.Contains(t, errs, "policy must be a JSON object of at most 1048576 bytes")
}

func TestAskWithoutInputAnswersNothing(t *testing.T) {
	t.Parallel()
	code, out, _ := cli(t, "", "ask")
	require.Equal(t, 0, code)
	require.Empty(t, out)
}

func TestAskThatCannotReadOrWriteExitsWith2(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	require.Equal(t, 2, run([]string{"ask"}, iotest.ErrReader(errors.New("gone")), &out, &errs))
	require.Contains(t, errs.String(), "gone")
	require.Equal(t, 2, run([]string{"ask"}, strings.NewReader("{}\n"), full{}, &errs))
}

// full is a disk with no room left.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestRulesListsTheCatalogue(t *testing.T) {
	t.Parallel()
	code, out, _ := cli(t, "", "rules")
	require.Equal(t, 0, code)
	require.Regexp(t, `(?m)^FINAL-1  A social worker never finalises a plan\n    source: .+\n    pinned by: \d+ corpus cases$`, out)
	require.Regexp(t, `^\d+ rules, 0 unpinned$`, lastLine(out))
	for e := range rule.Catalogue() {
		require.Contains(t, "\n"+out, "\n"+e.ID.String()+"  "+e.Title+"\n", e.ID)
	}
}

func TestARuleWithoutATestFails(t *testing.T) {
	t.Parallel()
	entries := []rule.Definition{{ID: rule.TERM1, Pin: "corpus"}, {ID: rule.AGE1, Pin: "civil.TestX"}, {ID: rule.TERM2, Pin: "corpus"}, {ID: rule.AGE2}}
	for _, test := range []struct {
		rules int
		code  int
		last  string
	}{
		{2, 0, "2 rules, 0 unpinned"},
		{3, 1, "3 rules, 1 unpinned"}, // the corpus has no case of TERM-2
		{4, 1, "4 rules, 2 unpinned"},
	} {
		var out bytes.Buffer
		s, cases := &streams{out: &out, policy: pep.Lancashire()}, map[rule.ID]int{rule.TERM1: 2}
		require.Equal(t, test.code, new(rulesCommand).print(s, slices.Values(entries[:test.rules]), cases))
		require.Equal(t, test.last, lastLine(out.String()))
		require.Equal(t, test.code, (&rulesCommand{JSON: true}).print(s, slices.Values(entries[:test.rules]), cases))
	}
}

func TestRulesAsJSON(t *testing.T) {
	t.Parallel()
	_, out, _ := cli(t, "", "rules", "-json")
	var got []listed
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	n := 0
	for e := range rule.Catalogue() {
		require.Equal(t, e.ID.String(), got[n].ID)
		require.Equal(t, e.Title, got[n].Title)
		n++
	}
	require.Len(t, got, n)
}

func TestTheRuleBookIsAPage(t *testing.T) {
	t.Parallel()
	code, out, errs := cli(t, "", "rules", "-html", "-on", "2026-01-14")
	require.Equal(t, 0, code, errs)
	require.Contains(t, out, `<h4 id="FINAL-1">`)
	require.Contains(t, out, "as in force on <b>14 January 2026</b>")
	code, out, _ = cli(t, "", "rules", "-html", "-policy", write(t, `{"revision": 12}`))
	require.Equal(t, 0, code)
	require.Contains(t, out, "revision <b>12</b>", "the default day is today")
}

func TestPinsNameWhatTestsARule(t *testing.T) {
	t.Parallel()
	require.Equal(t, "nothing", listed{}.pins())
	require.Equal(t, "1 corpus case", listed{Cases: 1}.pins())
	require.Equal(t, "forms.TestX", listed{Test: "forms.TestX"}.pins())
	require.Equal(t, "2 corpus cases, forms.TestX", listed{Cases: 2, Test: "forms.TestX"}.pins())
}

func TestAPolicyIsPrintedWhole(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"policy"}, {"policy", "lancashire"}} {
		code, out, _ := cli(t, "", args...)
		require.Equal(t, 0, code)
		require.Equal(t, string(policy.Render(pep.Lancashire())), out)
	}
	code, out, _ := cli(t, "", "policy", write(t, `{"revision": 2, "alwaysFromAge": 5}`))
	require.Equal(t, 0, code)
	p, err := policy.Parse([]byte(out))
	require.NoError(t, err)
	require.Equal(t, 2, p.Revision())
	code, again, _ := cli(t, "", "policy", write(t, out))
	require.Equal(t, 0, code)
	require.Equal(t, out, again, "a printed policy can be read back")
}

// TestAWholePolicyMustHaveEveryMember removes a member from a whole policy. The
// policy must then be refused, and must not fall back on Lancashire's value.
func TestAWholePolicyMustHaveEveryMember(t *testing.T) {
	t.Parallel()
	var doc map[string]any
	require.NoError(t, json.Unmarshal(policy.Render(pep.Lancashire()), &doc))
	delete(doc, "returnPeriod")
	lacking, err := json.Marshal(doc)
	require.NoError(t, err)
	code, out, errs := cli(t, "", "policy", write(t, string(lacking)))
	require.Equal(t, 2, code)
	require.Empty(t, out)
	require.Contains(t, errs, "returnPeriod")

	delete(doc, "whole")
	overlay, err := json.Marshal(doc)
	require.NoError(t, err)
	code, _, errs = cli(t, "", "policy", write(t, string(overlay)))
	require.Equal(t, 0, code, errs)
}

func TestTheSchemasArePrinted(t *testing.T) {
	t.Parallel()
	for option, want := range map[string]string{"-schema": string(policy.Schema()), "-overlay-schema": string(policy.OverlaySchema())} {
		code, out, _ := cli(t, "", "policy", option)
		require.Equal(t, 0, code)
		require.Equal(t, want, out)
	}
}

func TestDiagramIsTheWorkflow(t *testing.T) {
	t.Parallel()
	var mermaid, dot bytes.Buffer
	require.NoError(t, notation.Mermaid(&mermaid))
	require.NoError(t, notation.DOT(&dot))
	for format, want := range map[string]string{"": mermaid.String(), "mermaid": mermaid.String(), "dot": dot.String()} {
		args := []string{"diagram"}
		if format != "" {
			args = append(args, format)
		}
		code, out, _ := cli(t, "", args...)
		require.Equal(t, 0, code)
		require.Equal(t, want, out)
	}
}

func TestHelpExitsWith0(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--help"}, {"-help"}, {"run", "-h"}} {
		code, out, _ := cli(t, "", args...)
		require.Equal(t, 0, code, args)
		require.Contains(t, out, "Usage: policycheck")
	}
}

func TestVersionNamesTheContractAndThePolicy(t *testing.T) {
	t.Parallel()
	p := pep.Lancashire()
	want := fmt.Sprintf("contract %d\npolicy %s@%d, with bank holidays up to 2028-12-31\n", ask.Contract, p.Name(), p.Revision())
	for _, option := range []string{"--version", "-version"} {
		code, out, errs := cli(t, "", option)
		require.Equal(t, passed, code)
		require.Empty(t, errs)
		require.Regexp(t, `^policycheck \S*\n`+want+"$", out)
	}
}

func TestOptionsTakeOneDashOrTwo(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"run", "--json", "--json", "-", "-h", "-dir/file.json", "--policy=mine.json"},
		double([]string{"run", "-json", "--json", "-", "-h", "-dir/file.json", "-policy=mine.json"}))
}

func TestOneProgramAnswersUnderSeveralPolicies(t *testing.T) {
	t.Parallel()
	question := func(more string) string {
		return `{"ask": "delegation.due", "given": {"meeting": "2026-02-09"}` + more + "}\n"
	}
	code, out, errs := cli(t, question("")+question(`, "policy": "lancashire-website"`)+question(`, "policy": "kent", "id": 7`),
		"ask", "-policy", "lancashire", "-policy", "lancashire-website")
	require.Equal(t, 0, code, errs)
	var answers []map[string]any
	for line := range strings.Lines(out) {
		var a map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &a))
		answers = append(answers, a)
	}
	require.Contains(t, answers[0]["message"], "14 days after")
	require.Contains(t, answers[1]["message"], "10 working days after")
	require.Equal(t, "policy", answers[2]["invalid"])
	require.InDelta(t, 7, answers[2]["id"], 0)
	code, _, errs = cli(t, "", "ask", "-policy", "lancashire", "-policy", "lancashire")
	require.Equal(t, 2, code)
	require.Contains(t, errs, "different names or revisions")
}
