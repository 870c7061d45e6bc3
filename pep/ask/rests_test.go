package ask_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestARunListsTheParametersThatItsStepsRead checks the parameters that runs rest on. If a
// value holds only from a given day on, that day follows the parameter's name in the list.
func TestARunListsTheParametersThatItsStepsRead(t *testing.T) {
	t.Parallel()
	const (
		start    = `{"at": "2026-02-03T10:00:00Z", "by": "social_worker", "do": "start_initial", "with": {"meeting": "2026-03-10"}}`
		answer   = `{"at": "2026-02-03T11:00:00Z", "by": "social_worker", "do": "answer", "with": {"section": %d, "fill": "complete"}}`
		delegate = `{"at": "2026-02-04T10:00:00Z", "by": "social_worker", "do": "delegate", "with": {"sections": "all"%s}}`
	)
	filled := start + ", " + fmt.Sprintf(answer, 1) + ", " + fmt.Sprintf(answer, 2)
	eligible := []string{"terms", "untilAge", "upperBound", "leapBirthday", "alwaysFromAge", "lowerBound"}
	started := append(eligible[:len(eligible):len(eligible)], "formTypes", "meetingTermsBack", "meetingTermsAhead")
	tests := []struct {
		name, born, steps, overrides string
		want                         []string
	}{
		{"no step", "2014-05-20", ``, `{}`, []string{}},
		{"started", "2014-05-20", start, `{}`, started},
		{"too young", "2025-05-20", start, `{}`, []string{"terms", "nurseryFromAge", "lowerBound"}},
		{"delegated, due by default", "2014-05-20", filled + ", " + fmt.Sprintf(delegate, ""), `{}`,
			append(started[:len(started):len(started)], "portalLag", "returnPeriod")},
		{"delegated, with an entered due date", "2014-05-20", filled + ", " + fmt.Sprintf(delegate, `, "due": "2026-04-01"`), `{}`,
			append(started[:len(started):len(started)], "portalLag")},
		{"finalise refused at this stage", "2014-05-20", `{"at": "2026-02-03T10:00:00Z", "by": "business_support", "do": "finalise"}`, `{}`, []string{}},
		{"the first day of the term chooses one value, the meeting another", "2014-05-20", filled + ", " + fmt.Sprintf(delegate, ""),
			`{"lowerBound": [{"source": "before", "value": "birthday_term"}, {"from": "2026-02-01", "source": "after", "value": "term_after_birthday"}],
			  "returnPeriod": [{"source": "before", "value": {"days": 7}}, {"from": "2026-02-01", "source": "after", "value": {"days": 14}}]}`,
			append(started[:len(started):len(started)], "portalLag", "returnPeriod 2026-02-01")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := reply(t, fmt.Sprintf(`{"ask": "pep.workflow", "given": {"child": {"born": %q}, "steps": [%s]}, "overrides": %s}`, test.born, test.steps, test.overrides))
			used := []string{}
			for _, p := range got["parameters"].([]any) {
				p := p.(map[string]any)
				if from, later := p["from"]; later {
					used = append(used, fmt.Sprint(p["member"], " ", from))
					continue
				}
				used = append(used, p["member"].(string))
			}
			require.Equal(t, test.want, used, "%v", got["steps"])
		})
	}
}
