package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/corpora"
)

// avonlea is the policy of an invented council. Every value and every source differs from
// Lancashire's.
const avonlea = "testdata/avonlea.json"

// lancashires matches anything that belongs to Lancashire: its names, its numbers and codes, and
// its documents.
var lancashires = regexp.MustCompile(`(?i)lancashire|E10000017|\b888\b|simple guide|process book|council website|allocation of pupil premium|` +
	`\b14 days\b|days.{0,4}\b14\b|\b2 weeks\b|\btwo weeks\b|\bten days\b|preparationDays: 10\b|\b(10|20) working days\b|working days.{0,4}\b(10|20)\b|workingDays.{0,4}\b(10|20)\b|` +
	`\b24 hours\b|hours.{0,4}\b24\b|\b18th\b|birthday of 18|age of (2|4|18)\b|\b2 or 3\b|\b4th birthday|\b2nd birthday|\b12 months\b|months.{0,4}\b12\b|` +
	`\b75 years|75th|\b15 years|\b30 days\b|£(620|610|550)|\b(62000|61000|55000)\b|\bReception to Year 11\b|7, 8, 10, 12, 33|My Personal Information|My Health|` +
	`1 January to 31 March|"04-01"|"01-01"|once at most`)

// late matches phrases such as "3 days late". The number in such a phrase is computed, so
// it does not come from a policy.
var late = regexp.MustCompile(`\d+ (working )?days? late`)

func TestUnderAnotherCouncilNothingShowsLancashire(t *testing.T) {
	t.Parallel()
	for name, args := range map[string][]string{
		"the rules":            {"rules", "-policy", avonlea},
		"the rules as JSON":    {"rules", "-json", "-policy", avonlea},
		"the rule book":        {"rules", "-html", "-policy", avonlea, "-on", "2026-03-31"},
		"the policy":           {"policy", avonlea},
		"the diagram":          {"diagram"},
		"the diagram as DOT":   {"diagram", "dot"},
		"compared with itself": {"compare", avonlea, avonlea},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := cli(t, "", args...)
			require.Equal(t, 0, code, errs)
			for line := range strings.Lines(out) {
				require.NotRegexp(t, lancashires, line)
			}
		})
	}
}

// TestUnderAnotherCouncilNoAnswerShowsLancashire asks every question of the project's
// corpus under the invented council's policy. The messages and parameters of the answers
// must be that council's own.
func TestUnderAnotherCouncilNoAnswerShowsLancashire(t *testing.T) {
	t.Parallel()
	p, err := read(avonlea)
	require.NoError(t, err)
	all, err := corpora.All()
	require.NoError(t, err)
	said := 0
	for _, corpus := range all {
		for _, c := range corpus.Cases {
			if c.Overrides != nil {
				continue
			}
			answer := ask.Answer(p, c.Question())
			doc, err := json.Marshal([]any{answer["message"], answer["parameters"]})
			require.NoError(t, err)
			require.NotRegexp(t, lancashires, late.ReplaceAllString(string(doc), "late"), c.ID)
			said++
		}
	}
	require.Greater(t, said, 2000)
}

// TestTheSweepFindsLancashire checks that the names and numbers that the tests above
// search for do appear under Lancashire's own policy.
func TestTheSweepFindsLancashire(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]int{"rules": 50, "policy": 40} {
		_, out, _ := cli(t, "", name)
		require.Greater(t, len(lancashires.FindAllString(out, -1)), want, name)
	}
}

func TestRulesShowThePolicysValuesWithTheirSources(t *testing.T) {
	t.Parallel()
	for policy, want := range map[string]string{
		"lancashire": "    source: PEP process book, 1.2 PEP received, 24 February 2020\n    returnPeriod: {\"days\":14} (source: PEP process book, 1.2 PEP received, 24 February 2020)\n",
		avonlea:      "    source: handbook of the invented council, page 9\n    returnPeriod: {\"days\":9} (source: minutes of the invented council, 3 May 2024)\n",
		write(t, `{"council": {"names": ["Kent"], "la": "886", "gss": "E10000016"}, "outOfTermPeriod": {"days": 7}}`): "    source: local practice\n    returnPeriod: {\"days\":14} (source: taken over from another council's policy)\n",
	} {
		code, out, errs := cli(t, "", "rules", "-policy", policy)
		require.Equal(t, 0, code, errs)
		require.Contains(t, out, "DUE-1  The form is due back when the return period after the meeting ends\n"+want)
		_, out, _ = cli(t, "", "rules", "-json", "-policy", policy)
		var got []listed
		require.NoError(t, json.Unmarshal([]byte(out), &got))
		for _, l := range got {
			if l.ID == "PAY-4" {
				require.NotEmpty(t, l.Parameters[0].Values[0].From)
			}
			if l.ID == "DUE-7" {
				require.Empty(t, l.Parameters[0].Values[0].Value, "a table is only in the policy's document")
			}
		}
	}
}

func TestRunUnderAnotherPolicySaysWhatToDo(t *testing.T) {
	t.Parallel()
	code, out, errs := cli(t, "", "run", "-policy", avonlea)
	require.Equal(t, 2, code)
	require.Empty(t, out)
	require.Equal(t, "policycheck: the project's own cases are for the policy lancashire, and this command applies the policy avonlea. "+
		"Name a file with cases for avonlea, or see which of the project's cases the two policies answer differently: policycheck compare lancashire "+avonlea+"\n", errs)
}
