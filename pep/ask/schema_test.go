package ask_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/corpora"
	"virtualschool.example/pep/rule"
)

// schemaOf compiles a part of the contract's schema.
func schemaOf(t *testing.T, part string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(ask.Schema())))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("contract.json", doc))
	s, err := c.Compile("contract.json" + part)
	require.NoError(t, err)
	return s
}

// refuses returns the reason why a schema refuses a document, or nil if it accepts the
// document.
func refuses(t *testing.T, s *jsonschema.Schema, doc string) error {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(doc))
	require.NoError(t, err, doc)
	return s.Validate(value)
}

func TestEveryCorpusFileMatchesTheSchema(t *testing.T) {
	t.Parallel()
	s := schemaOf(t, "#/$defs/corpus")
	names, err := fs.Glob(corpora.Files(), "cases/*.json")
	require.NoError(t, err)
	for _, name := range names {
		doc, err := fs.ReadFile(corpora.Files(), name)
		require.NoError(t, err)
		require.NoError(t, refuses(t, s, string(doc)), name)
	}
	require.NotEmpty(t, names)
}

func TestEveryQuestionAndAnswerMatchesTheSchema(t *testing.T) {
	t.Parallel()
	question, answer, one := schemaOf(t, ""), schemaOf(t, "#/$defs/answer"), schemaOf(t, "#/$defs/case")
	written := slices.DeleteFunc(own(t), func(c ask.Corpus) bool { return c.Generated })
	for result := range ask.Run(ask.By(pep.Lancashire()), written...) {
		require.NoError(t, refuses(t, answer, string(result.Got)), result.Case.ID)
		asked, err := json.Marshal(result.Case.Question())
		require.NoError(t, err)
		if !strings.Contains(string(result.Got), `"invalid"`) {
			require.NoError(t, refuses(t, question, string(asked)), result.Case.ID)
			require.NoError(t, refuses(t, one, `{"id": "A", "expect": {"refused": null}, `+string(asked[1:])), result.Case.ID)
		}
	}
}

// TestTheReaderRefusesWhatTheSchemaRefuses spoils each member of each question in turn. The
// schema may accept faults that a schema cannot express.
func TestTheReaderRefusesWhatTheSchemaRefuses(t *testing.T) {
	t.Parallel()
	s := schemaOf(t, "")
	byReader, bySchema := 0, 0
	for name, members := range questions {
		spoilt := []string{strings.Replace(given(members, asIs), "{", `{"unknown": null, `, 1), `[]`, `null`}
		for m, is := range members {
			for _, value := range append([]string{"", "null", "[null]", `{"x": 1}`, `"x"`, "7"}, is.bad...) {
				if value != "\"\xff\"" {
					spoilt = append(spoilt, given(members, put(m, value)))
				}
			}
		}
		for _, g := range spoilt {
			doc := fmt.Sprintf(`{"ask": %q, "given": %s}`, name, g)
			refused := refuses(t, s, doc) != nil
			invalid := reply(t, doc)["invalid"] != nil
			if refused {
				bySchema++
				require.True(t, invalid, doc)
			}
			if invalid {
				byReader++
			}
		}
	}
	t.Logf("of %d invalid questions, the schema refuses %d", byReader, bySchema)
	require.Greater(t, bySchema, byReader*3/4)
}

func TestTheReaderRefusesTheFilesThatTheSchemaRefuses(t *testing.T) {
	t.Parallel()
	s := schemaOf(t, "#/$defs/corpus")
	const c = `{"id": "A", "ask": "term.of", "given": {"date": "2026-01-01"}, "expect": {"term": "SPRING 2026"}}`
	for _, doc := range []string{
		`[]`, `{}`, `{"schema": 2, "policy": "lancashire", "cases": []}`, `{"schema": 1, "policy": "", "cases": []}`, `{"schema": 1, "policy": "lancashire"}`,
		`{"schema": 1, "policy": "lancashire", "cases": []}`,
		`{"schema": 1, "policy": "lancashire", "cases": [], "author": "x"}`, `{"schema": 1, "policy": "lancashire", "cases": [], "generated": "yes"}`,
		cases(`1`), cases(`{"id": ""}`), cases(strings.Replace(c, "given", "gven", 1)),
		cases(strings.Replace(c, `"id"`, `"rules": [1], "id"`, 1)), cases(strings.Replace(c, `"id"`, `"note": 1, "id"`, 1)),
	} {
		require.Error(t, refuses(t, s, doc), doc)
		_, err := ask.ReadCorpus("mine", strings.NewReader(doc))
		require.NotEmpty(t, rule.InvalidMember(err), doc)
	}
	require.NoError(t, refuses(t, s, cases(c)))
	require.NoError(t, refuses(t, s, cases(`{"id": "A", "ask": "x", "given": 1, "expect": 1}`)), "only the case itself fails")

	s = schemaOf(t, "#/$defs/case")
	for _, doc := range []string{
		strings.Replace(c, "term.of", "term.off", 1), strings.Replace(c, "date", "day", 1), strings.Replace(c, `{"term": "SPRING 2026"}`, `[]`, 1),
	} {
		require.Error(t, refuses(t, s, doc), doc)
		corpus, err := ask.ReadCorpus("mine", strings.NewReader(cases(doc)))
		require.NoError(t, err)
		require.Error(t, corpus.Cases[0].Check(), doc)
	}
	require.NoError(t, refuses(t, s, `{"id": "A", "ask": "x", "given": 1, "expect": {"invalid": "ask"}}`))
}

// TestTheSchemaHasTheSameBounds asks questions with the maximum number of items or
// characters, and with one more.
func TestTheSchemaHasTheSameBounds(t *testing.T) {
	t.Parallel()
	s := schemaOf(t, "")
	listed := func(one string, n int) string { return strings.TrimSuffix(strings.Repeat(one+",", n), ",") }
	for name, c := range map[string]struct {
		most     int
		question string
		of       func(n int) string
	}{
		"steps": {10_000, `"pep.workflow", "given": {"child": {"born": "2014-05-20"}, "steps": [%s]}`,
			func(n int) string { return listed(`{"at":"2026-01-14T09:00:00Z","by":"system","do":"repin"}`, n) }},
		"grades": {10_000, `"pep.grading", "given": {"establishment": null, "term": "SPRING 2026", "history": [%s]}`,
			func(n int) string {
				return listed(`{"establishment":null,"term":"SPRING 2026","grade":"red","child":"c","on":"2026-01-14"}`, n)
			}},
		"care": {1_000, `"pep.required_on", "given": {"born": "2014-05-20", "on": "2026-01-14", "lookedAfter": [%s]}`,
			func(n int) string { return listed(`{"from":"2026-01-14"}`, n) }},
		"education": {1_000, `"pep.required_on", "given": {"born": "2014-05-20", "on": "2026-01-14", "education": [%s]}`,
			func(n int) string { return listed(`{"from":"2026-01-14","kind":"school"}`, n) }},
		"sections": {100, `"pep.workflow", "given": {"child": {"born": "2014-05-20"}, "steps": [{"at":"2026-01-14T09:00:00Z","by":"system","do":"delegate","with":{"sections":[%s]}}]}`,
			func(n int) string { return listed("1", n) }},
		"a text": {20_000, `"delegation.assignment", "given": {"formTerm": "SPRING 2026", "comment": "%s"}`, func(n int) string { return strings.Repeat("Ł", n) }},
		"a name": {1_000, `"pep.grading", "given": {"term": "SPRING 2026", "history": [], "establishment": "%s"}`, func(n int) string { return strings.Repeat("Ł", n) }},
	} {
		for _, more := range []int{0, 1} {
			doc := fmt.Sprintf(`{"ask": `+c.question+`}`, c.of(c.most+more))
			refused, answer := refuses(t, s, doc) != nil, reply(t, doc)
			require.Equal(t, more == 1, refused, name)
			require.Equal(t, more == 1, answer["invalid"] != nil, "%s: %v", name, answer["message"])
		}
	}
}

// TestTheSchemaBoundsEveryListAndText fails if a list has no maxItems, or a text no maximum
// length, pattern or list of values.
func TestTheSchemaBoundsEveryListAndText(t *testing.T) {
	t.Parallel()
	var doc any
	require.NoError(t, json.Unmarshal(ask.Schema(), &doc))
	bounds, lists := map[string][]string{"array": {"maxItems"}, "string": {"maxLength", "pattern", "enum", "const"}}, 0
	var walk func(v any, path string)
	walk = func(v any, path string) {
		if all, is := v.([]any); is {
			for n, inner := range all {
				walk(inner, fmt.Sprint(path, "/", n))
			}
		}
		members, _ := v.(map[string]any)
		for kind, keywords := range bounds {
			if members["type"] == kind || fmt.Sprint(members["type"]) == "["+kind+" null]" {
				lists++
				require.True(t, slices.ContainsFunc(keywords, func(k string) bool { return members[k] != nil }), path)
			}
		}
		for name, inner := range members {
			walk(inner, path+"/"+name)
		}
	}
	walk(doc, "")
	require.Greater(t, lists, 100)
}

func cases(c string) string { return `{"schema": 1, "policy": "lancashire", "cases": [` + c + `]}` }
