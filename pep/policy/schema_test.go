package policy_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/policy"
	"virtualschool.example/term/civil"
)

// compiled returns a schema as an independent validator reads it.
func compiled(t *testing.T, doc []byte) *jsonschema.Schema {
	t.Helper()
	read, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	require.NoError(t, c.AddResource("policy.json", read))
	s, err := c.Compile("policy.json")
	require.NoError(t, err)
	return s
}

func website(t *testing.T) *pep.Policy {
	t.Helper()
	p, err := policy.Website()
	require.NoError(t, err)
	return p
}

func TestTheSchemaRefusesWhatTheDecoderRefuses(t *testing.T) {
	t.Parallel()
	schema := compiled(t, policy.OverlaySchema())
	docs := map[string]string{}
	for _, test := range bad {
		docs[test.name] = test.doc
	}
	for _, test := range badRows {
		docs[test.name] = string(rows(test.doc))
	}
	for name := range unsayable {
		require.Contains(t, docs, name)
	}
	for of, move := range moved {
		docs[of.String()] = `{"` + of.String() + `": ` + move.value + `}`
	}
	for _, value := range []string{
		`"returnPeriod": {"days": 7, "workingDays": null}`, `"returnPeriod": {"days": null, "workingDays": null}`, `"grading": null`,
		`"grading": {"sampling": "all", "months": null}`, `"grading": {"sampling": "per_child", "months": null}`, `"untilAge": []`,
		`"bankHolidays": {"from": "2026-02-30", "to": "2027-01-01", "days": []}`, `"reminders": [1, 1]`, `"subsequentDelegation": null`,
	} {
		docs[value] = `{` + value + `}`
	}
	row := `{"from": "%s", "to": "%s", "source": "s", "value": 1}`
	for _, n := range []int{100, 101} {
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf(row, civil.MustParse("2026-01-01").AddDays(i), civil.MustParse("2026-01-01").AddDays(i+1)))
		}
		docs[fmt.Sprint(n, " rows")] = `{"rates": [` + strings.Join(all, ", ") + `]}`
	}
	for _, n := range []int{1000, 1001} {
		docs[fmt.Sprint("a name of ", n)] = `{"name": "` + strings.Repeat("Ł", n) + `"}`
	}
	for _, none := range []string{"returnPeriod", "terms", "reminders", "rates"} {
		docs["no row of "+none] = `{"` + none + `": []}`
	}
	docs["nothing"], docs["everything"] = `{}`, string(policy.Render(pep.Lancashire()))
	docs["another everything"] = string(policy.Render(website(t)))
	for name, doc := range docs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, refused := policy.Overlay(pep.Lancashire(), []byte(doc))
			read, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(doc)))
			if err == nil {
				err = schema.Validate(read)
			}
			if why, ok := unsayable[name]; ok {
				require.Error(t, refused)
				require.NoError(t, err, why)
				return
			}
			require.Equal(t, refused != nil, err != nil, "the decoder says %v, the schema %v", refused, err)
		})
	}
}

// unsayable holds the names of the bad documents that the schema cannot refuse,
// each with the reason.
var unsayable = map[string]string{
	"twice":                              "only a parser sees a name that is written twice",
	"a gap":                              "a schema does not compare rows",
	"an overlap":                         "a schema does not compare rows",
	"out of order":                       "a schema does not compare rows",
	"no first day":                       "it depends on the place of the row",
	"a beginning":                        "it depends on the place of the row",
	"an end":                             "it depends on the place of the row",
	"rates with a gap":                   "a schema does not compare rows",
	"terms that do not tile the year":    "a schema does not compare days",
	"a bank holiday beyond the last day": "a schema does not compare days",
	"bank holidays that cover no days":   "a schema does not compare days",
	"ages out of order":                  "a schema does not compare ages",
	"ages out of order from a day on":    "a schema does not compare ages",
	"years out of order":                 "a schema does not compare year groups",
	"a council with a number for a name": "pattern engines differ in what they call a letter",
	"a type on both lists":               "a schema does not compare lists",
	"a letter instead of a dash":         "pattern engines differ in what they call a letter",
}

func TestTheSchemaNeedsEveryMemberOfAWholeDocument(t *testing.T) {
	t.Parallel()
	schema := compiled(t, policy.Schema())
	for _, p := range []*pep.Policy{pep.Lancashire(), website(t)} {
		read, err := jsonschema.UnmarshalJSON(bytes.NewReader(policy.Render(p)))
		require.NoError(t, err)
		require.NoError(t, schema.Validate(read))
		whole, ok := read.(map[string]any)
		require.True(t, ok)
		delete(whole, "whole") // a caller of Parse need not say that the document is whole
		for name, value := range whole {
			delete(whole, name)
			require.Error(t, schema.Validate(whole), "%s is missing", name)
			whole[name] = nil
			require.Error(t, schema.Validate(whole), "%s is null", name)
			whole[name] = value
		}
	}
}
