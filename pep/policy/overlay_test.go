package policy_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/pep"
	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

func TestAMemberReplacesThatOfThePolicy(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, doc string
		want      func(*pep.Parameters)
	}{
		{"nothing", `{}`, func(*pep.Parameters) {}},
		{"null", `{"leapBirthday": null}`, func(*pep.Parameters) {}},
		{"leap birthday", `{"leapBirthday": "feb28"}`, func(p *pep.Parameters) { p.LeapBirthday = civil.February28 }},
		{"lower bound", `{"lowerBound": "term_after_birthday"}`, func(p *pep.Parameters) { p.LowerBound = pep.TermAfterBirthday }},
		{"days", `{"returnPeriod": {"days": 7}}`, func(p *pep.Parameters) { p.Delegation.Return = delegation.Period{Days: 7} }},
		{"working days, and no days", `{"returnPeriod": {"workingDays": 10}}`, func(p *pep.Parameters) {
			p.Delegation.Return = delegation.Period{WorkingDays: 10}
		}},
		{"carry forward", `{"carryForward": "strict"}`, func(p *pep.Parameters) { p.Delegation.Carry = delegation.Strict }},
		{"every plan", `{"grading": {"sampling": "all"}}`, func(p *pep.Parameters) { p.Sampling = pep.EveryPlan }},
		{"each child", `{"grading": {"sampling": "per_child", "months": 6}}`, func(p *pep.Parameters) {
			p.Sampling, p.SamplingMonths = pep.PerChild, 6
		}},
		{"two at once", `{"carryForward": "off", "lowerBound": "term_after_birthday"}`, func(p *pep.Parameters) {
			p.Delegation.Carry, p.LowerBound = delegation.Off, pep.TermAfterBirthday
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			base := pep.Lancashire()
			got, err := policy.Overlay(base, []byte(test.doc))
			require.NoError(t, err)
			want := base.Parameters()
			test.want(&want)
			require.Equal(t, want, got.Parameters())
			require.Equal(t, pep.Lancashire().Parameters(), base.Parameters(), "the base stays as it was")
		})
	}
}

func TestWhatIsWrongNamesItsPath(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, doc, want string }{
		{"no JSON", `{`, "policy"},
		{"no object", `[]`, "policy"},
		{"unknown", `{"leapbirthday": "mar1"}`, "leapbirthday"},
		{"twice", `{"carryForward": "off", "carryForward": "off"}`, "carryForward"},
		{"another leap birthday", `{"leapBirthday": "feb29"}`, "leapBirthday"},
		{"a number", `{"lowerBound": 1}`, "lowerBound"},
		{"another lower bound", `{"lowerBound": ""}`, "lowerBound"},
		{"no period", `{"returnPeriod": {}}`, "returnPeriod"},
		{"a bare period", `{"returnPeriod": 14}`, "returnPeriod"},
		{"both periods", `{"returnPeriod": {"days": 14, "workingDays": 10}}`, "returnPeriod"},
		{"no day", `{"returnPeriod": {"days": 0}}`, "returnPeriod.days"},
		{"fewer than none", `{"returnPeriod": {"workingDays": -1}}`, "returnPeriod.workingDays"},
		{"too many", `{"returnPeriod": {"days": 4000}}`, "returnPeriod.days"},
		{"half a day", `{"returnPeriod": {"days": 1.5}}`, "returnPeriod.days"},
		{"hours", `{"returnPeriod": {"hours": 1, "days": 1}}`, "returnPeriod.hours"},
		{"another carrying", `{"carryForward": "never"}`, "carryForward"},
		{"no sampling", `{"grading": {"months": 12}}`, "grading.sampling"},
		{"another sampling", `{"grading": {"sampling": "some"}}`, "grading.sampling"},
		{"a child without months", `{"grading": {"sampling": "per_child"}}`, "grading.months"},
		{"no month", `{"grading": {"sampling": "per_child", "months": 0}}`, "grading.months"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := policy.Overlay(pep.Lancashire(), []byte(test.doc))
			require.Nil(t, got)
			require.Equal(t, test.want, rule.InvalidMember(err))
		})
	}
}

func TestAllFaultsComeAtOnce(t *testing.T) {
	t.Parallel()
	_, err := policy.Overlay(pep.Lancashire(), []byte(`{"x": 1, "leapBirthday": 2, "grading": {"y": 3}}`))
	require.EqualError(t, err, "invalid x: want no member of this name\n"+
		"invalid grading.y: want no member of this name\n"+
		"invalid leapBirthday: want mar1 or feb28\n"+
		"invalid grading.sampling: want per_establishment_per_term, per_child or all")
}

func TestMembersAreAnOverlayThatChangesNothing(t *testing.T) {
	t.Parallel()
	for _, doc := range []string{
		`{}`, `{"leapBirthday": "feb28", "returnPeriod": {"workingDays": 5}}`,
		`{"grading": {"sampling": "per_child", "months": 6}, "carryForward": "off", "lowerBound": "term_after_birthday"}`,
	} {
		p, err := policy.Overlay(pep.Lancashire(), []byte(doc))
		require.NoError(t, err)
		again, err := policy.Overlay(pep.Lancashire(), policy.Members(p))
		require.NoError(t, err)
		require.Equal(t, p.Parameters(), again.Parameters())
	}
}

func FuzzOverlay(f *testing.F) {
	f.Add(policy.Members(pep.Lancashire()))
	f.Add([]byte(`{"returnPeriod": {"workingDays": 10}, "grading": {"sampling": "all"}}`))
	f.Add([]byte(`{"": {}}`))
	f.Add([]byte(`{"returnPeriod": null, "x": {"x": []}}`))
	f.Fuzz(func(t *testing.T, doc []byte) {
		p, err := policy.Overlay(pep.Lancashire(), doc)
		if err != nil {
			require.Nil(t, p)
			require.NotEmpty(t, rule.InvalidMember(err))
			return
		}
		require.True(t, json.Valid(policy.Members(p)))
		again, err := policy.Overlay(pep.Lancashire(), policy.Members(p))
		require.NoError(t, err)
		require.Equal(t, policy.Members(p), policy.Members(again))
	})
}
