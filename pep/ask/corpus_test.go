package ask_test

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/corpora"
	"virtualschool.example/pep/rule"
)

func own(t testing.TB) []ask.Corpus {
	t.Helper()
	all, err := corpora.All()
	require.NoError(t, err)
	return all
}

// TestNoMessageHoldsABirthDate asks every case, and looks for the birth date in the message.
func TestNoMessageHoldsABirthDate(t *testing.T) {
	t.Parallel()
	for result := range ask.Run(ask.By(pep.Lancashire()), own(t)...) {
		_, after, found := strings.Cut(string(result.Case.Given), `"born": "`)
		if !found {
			continue
		}
		born, _, _ := strings.Cut(after, `"`)
		_, message, _ := strings.Cut(string(result.Got), `"message":"`)
		message, _, _ = strings.Cut(message, `"`)
		if len(born) == len("2006-01-02") {
			require.NotContains(t, message, born, result.Case.ID)
		}
	}
}

func TestReadCorpus(t *testing.T) {
	t.Parallel()
	c, err := ask.ReadCorpus("mine", strings.NewReader(`{"schema": 1, "policy": "lancashire", "cases": [
		{"id": "A", "rules": ["TERM-1"], "ask": "term.of", "given": {"date": "2026-01-01", "date": 1}, "expect": {"invalid": "date"}, "note": "n"},
		{"id": "B", "ask": "term.of", "given": null, "expect": {"term": "x"}, "overrides": {"x": 1}}]}`))
	require.Error(t, err, "given must not be null")
	require.Zero(t, c)

	c, err = ask.ReadCorpus("mine", strings.NewReader(`{"schema": 1, "policy": "lancashire", "cases": [
		{"id": "A", "rules": ["TERM-1"], "ask": "term.of", "given": {"date": "2026-01-01", "date": 1}, "expect": {"invalid": "date"}, "note": "n"}]}`))
	require.NoError(t, err)
	require.Equal(t, "mine", c.Name)
	require.Equal(t, []string{"TERM-1"}, c.Cases[0].Rules)
	require.Equal(t, `{"date": "2026-01-01", "date": 1}`, string(c.Cases[0].Given), "given must be kept as written")
	for result := range ask.Run(ask.By(pep.Lancashire()), c) {
		require.True(t, result.Passed(), result)
	}
}

func TestAFaultyCaseFailsOnItsOwn(t *testing.T) {
	t.Parallel()
	c, err := ask.ReadCorpus("mine", strings.NewReader(`{"schema": 1, "policy": "lancashire", "cases": [
		{"id": "A", "ask": "term.off", "given": {}, "expect": {"term": "SPRING 2026"}},
		{"id": "B", "ask": "term.of", "given": {"day": "2026-01-01"}, "expect": {"term": "SPRING 2026"}},
		{"id": "C", "ask": "term.of", "given": {"date": "2026-01-01"}, "expect": {"trem": "SPRING 2026"}},
		{"id": "D", "ask": "term.of", "given": {"date": "2026-01-01"}, "expect": {"term": "SPRING 2026"}}]}`))
	require.NoError(t, err)
	var passed []string
	for result := range ask.Run(ask.By(pep.Lancashire()), c) {
		require.Equal(t, result.Passed(), result.Case.Check() == nil, result)
		if result.Passed() {
			passed = append(passed, result.Case.ID)
		}
	}
	require.Equal(t, []string{"D"}, passed)
}

func TestEveryFaultOfACorpusIsNamed(t *testing.T) {
	t.Parallel()
	const (
		head = `"schema": 1, "policy": "lancashire"`
		one  = `{"id": "A", "ask": "x", "given": {}, "expect": {"age": 1}}`
	)
	tests := []struct{ name, doc, want string }{
		{"invalid JSON", `{`, "corpus"},
		{"another schema", `{"schema": 2, "policy": "lancashire", "cases": [` + one + `]}`, "schema"},
		{"no policy", `{"schema": 1, "cases": [` + one + `]}`, "policy"},
		{"no cases", `{` + head + `}`, "cases"},
		{"an empty list of cases", `{` + head + `, "cases": []}`, "cases"},
		{"cases that are not a list", `{` + head + `, "cases": 1}`, "cases"},
		{"an unknown member", `{` + head + `, "cases": [` + one + `], "author": "x"}`, "author"},
		{"no id", `{` + head + `, "cases": [{"ask": "x", "given": {}, "expect": {"age": 1}}]}`, "cases.0.id"},
		{"no answer", `{` + head + `, "cases": [{"id": "A", "ask": "x", "given": {}}]}`, "cases.0.expect"},
		{"an empty expected answer", `{` + head + `, "cases": [{"id": "A", "ask": "x", "given": {}, "expect": {}}]}`, "cases.0.expect"},
		{"an unknown member of a case", `{` + head + `, "cases": [{"id": "A", "ask": "x", "given": {}, "expect": {"age": 1}, "wanted": 1}]}`, "cases.0.wanted"},
		{"an id twice", `{` + head + `, "cases": [{"id": "A", "ask": "x", "given": {}, "expect": {"age": 1}}, {"id": "A", "ask": "x", "given": {}, "expect": {"age": 1}}]}`, "cases.1.id"},
		{"a case that is not an object", `{` + head + `, "cases": [1]}`, "cases.0"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := ask.ReadCorpus("mine", strings.NewReader(test.doc))
			require.Equal(t, test.want, rule.InvalidMember(err))
			require.ErrorContains(t, err, "corpus mine")
		})
	}
	_, err := ask.ReadCorpus("mine", iotest.ErrReader(errors.New("gone")))
	require.ErrorContains(t, err, "gone")
}

// stub stands in for somebody else's implementation.
type stub func(question []byte) ([]byte, error)

func (s stub) Ask(question []byte) ([]byte, error) { return s(question) }

func TestAResultSaysWhatWasWantedAndGot(t *testing.T) {
	t.Parallel()
	c := ask.Corpus{Name: "mine", Cases: []ask.Case{
		{ID: "A", Rules: []string{"TERM-1"}, Ask: "term.of", Given: []byte("{\n}"), Overrides: []byte(`{"x": 1}`), Note: "n",
			Expect: []byte(`{"start": "2026-04-01", "steps": [1, {"term": "SPRING 2026"}]}`)},
		{ID: "B", Ask: "term.of", Given: []byte(`{}`), Expect: []byte(`{}`)},
	}}
	var asked []string
	answers := stub(func(question []byte) ([]byte, error) {
		asked = append(asked, string(question))
		return []byte(`{"start":"2026-04-01","end":"2026-08-31","steps":[1,{"term":"SUMMER 2026"}]}`), nil
	})
	const question = "\n    given: {}\n    overrides: {\"x\":1}\n    note: n"
	var said []string
	for result := range ask.Run(answers, c) {
		said = append(said, result.String())
	}
	require.Equal(t, []string{`A [TERM-1] term.of: differs at steps.1.term: wanted "SPRING 2026", got "SUMMER 2026"` + question, ""}, said)
	require.Equal(t, `{"ask":"term.of","given":{},"overrides":{"x":1}}`, asked[0])

	gone := stub(func([]byte) ([]byte, error) { return nil, errors.New("gone") })
	for result := range ask.Run(gone, c) {
		require.False(t, result.Passed())
		require.Equal(t, "A [TERM-1] term.of: no answer: gone"+question, result.String())
		break
	}

	c.Cases[0].Given = []byte(`{`)
	for result := range ask.Run(answers, c) {
		require.Error(t, result.Err, "given is not JSON")
		break
	}
}
