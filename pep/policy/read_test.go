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

func TestAMemberReplacesTheOneOfTheBase(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, doc string
		of        []rule.Parameter
		want      func(*pep.Parameters)
	}{
		{"nothing", `{}`, nil, func(*pep.Parameters) {}},
		{"null", `{"leapBirthday": null}`, nil, func(*pep.Parameters) {}},
		{"leap birthday", `{"leapBirthday": "feb28"}`, []rule.Parameter{rule.ParameterLeapBirthday}, func(p *pep.Parameters) { p.LeapBirthday = civil.February28 }},
		{"lower bound", `{"lowerBound": "term_after_birthday"}`, []rule.Parameter{rule.ParameterLowerBound}, func(p *pep.Parameters) { p.LowerBound = pep.TermAfterBirthday }},
		{"days", `{"returnPeriod": {"days": 7}}`, []rule.Parameter{rule.ParameterReturnPeriod}, func(p *pep.Parameters) { p.Delegation.Return = delegation.Period{Days: 7} }},
		{"working days, and no days", `{"returnPeriod": {"workingDays": 10}}`, []rule.Parameter{rule.ParameterReturnPeriod}, func(p *pep.Parameters) {
			p.Delegation.Return = delegation.Period{WorkingDays: 10}
		}},
		{"carry forward", `{"carryForward": "strict"}`, []rule.Parameter{rule.ParameterCarryForward}, func(p *pep.Parameters) { p.Delegation.Carry = delegation.Strict }},
		{"every plan", `{"grading": {"sampling": "all"}}`, []rule.Parameter{rule.ParameterGrading}, func(p *pep.Parameters) { p.Sampling = pep.EveryPlan }},
		{"each child", `{"grading": {"sampling": "per_child", "months": 6}}`, []rule.Parameter{rule.ParameterGrading}, func(p *pep.Parameters) {
			p.Sampling, p.SamplingMonths = pep.PerChild, 6
		}},
		{"two at once", `{"carryForward": "off", "lowerBound": "term_after_birthday"}`, []rule.Parameter{rule.ParameterCarryForward, rule.ParameterLowerBound}, func(p *pep.Parameters) {
			p.Delegation.Carry, p.LowerBound = delegation.Off, pep.TermAfterBirthday
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			base := pep.Lancashire()
			got, err := policy.Overlay(base, []byte(test.doc))
			require.NoError(t, err)
			want := base.Parameters(civil.Date{})
			test.want(&want)
			for _, of := range test.of {
				want.Sources[of] = policy.Unsaid
			}
			require.Equal(t, want, got.Parameters(civil.Date{}))
			require.Equal(t, pep.Lancashire().Parameters(civil.Date{}), base.Parameters(civil.Date{}), "the base is unchanged")
		})
	}
}

// bad lists overlays that are refused, with the path that the error names.
var bad = []struct{ name, doc, want string }{
	{"not JSON", `{`, "policy"},
	{"not an object", `[]`, "policy"},
	{"unknown", `{"leapbirthday": "mar1"}`, "leapbirthday"},
	{"twice", `{"carryForward": "off", "carryForward": "off"}`, "carryForward"},
	{"another leap birthday", `{"leapBirthday": "feb29"}`, "leapBirthday"},
	{"a number", `{"lowerBound": 1}`, "lowerBound"},
	{"another lower bound", `{"lowerBound": ""}`, "lowerBound"},
	{"no period", `{"returnPeriod": {}}`, "returnPeriod"},
	{"a bare period", `{"returnPeriod": 14}`, "returnPeriod"},
	{"both periods", `{"returnPeriod": {"days": 14, "workingDays": 10}}`, "returnPeriod"},
	{"zero days", `{"returnPeriod": {"days": 0}}`, "returnPeriod.days"},
	{"a negative number of days", `{"returnPeriod": {"workingDays": -1}}`, "returnPeriod.workingDays"},
	{"too many days", `{"returnPeriod": {"days": 4000}}`, "returnPeriod.days"},
	{"half a day", `{"returnPeriod": {"days": 1.5}}`, "returnPeriod.days"},
	{"hours", `{"returnPeriod": {"hours": 1, "days": 1}}`, "returnPeriod.hours"},
	{"another carrying", `{"carryForward": "never"}`, "carryForward"},
	{"no sampling", `{"grading": {"months": 12}}`, "grading.sampling"},
	{"another sampling", `{"grading": {"sampling": "some"}}`, "grading.sampling"},
	{"a child without months", `{"grading": {"sampling": "per_child"}}`, "grading.months"},
	{"terms that do not tile the year", `{"terms": {"spring": "04-01", "summer": "01-01", "autumn": "09-01"}}`, "terms"},
	{"a term from 29 February", `{"terms": {"spring": "01-01", "summer": "02-29", "autumn": "09-01"}}`, "terms.summer"},
	{"two tables of terms", `{"terms": [{"source": "a", "value": {"spring": "01-01", "summer": "04-01", "autumn": "09-01"}},
			{"from": "2027-01-01", "source": "b", "value": {"spring": "01-01", "summer": "05-01", "autumn": "09-01"}}]}`, "terms"},
	{"a bank holiday beyond the last day", `{"bankHolidays": {"from": "2026-01-01", "to": "2027-01-01", "days": ["2027-01-01"]}}`, "bankHolidays.days"},
	{"bank holidays that cover no days", `{"bankHolidays": {"from": "2026-01-01", "to": "2026-01-01", "days": []}}`, "bankHolidays.to"},
	{"an age too high", `{"untilAge": 26}`, "untilAge"},
	{"ages out of order", `{"alwaysFromAge": 18}`, "alwaysFromAge"},
	{"ages out of order from a day on", `{"alwaysFromAge": [{"source": "a", "value": 4}, {"from": "2027-01-01", "source": "b", "value": 18}]}`, "alwaysFromAge"},
	{"another upper bound", `{"upperBound": "year_13"}`, "upperBound"},
	{"an unknown kind of education", `{"nurseryProvision": ["creche"]}`, "nurseryProvision.0"},
	{"a kind twice", `{"nurseryProvision": ["nursery", "nursery"]}`, "nurseryProvision.1"},
	{"a truth value in words", `{"shortBreaks": "yes"}`, "shortBreaks"},
	{"forms for some year groups only", `{"formTypes": {"Y7": {"none": "secondary_mainstream"}}}`, "formTypes.pre-nursery"},
	{"a code too high", `{"specialTypes": [64]}`, "specialTypes.0"},
	{"titles for some forms only", `{"sectionTitles": {"early_years": []}}`, "sectionTitles.early_years"},
	{"nobody delegates", `{"subsequentDelegation": []}`, "subsequentDelegation"},
	{"a teacher delegates", `{"subsequentDelegation": ["designated_teacher"]}`, "subsequentDelegation"},
	{"a reminder too early", `{"reminders": [-32]}`, "reminders.0"},
	{"a negative number of hours", `{"portalLag": {"hours": -1}}`, "portalLag.hours"},
	{"no dash", `{"assignmentComment": {"dashes": "", "none": "N/A"}}`, "assignmentComment.dashes"},
	{"a letter instead of a dash", `{"assignmentComment": {"dashes": "x", "none": "N/A"}}`, "assignmentComment"},
	{"green goes back", `{"gradesReturned": ["red", "green"]}`, "gradesReturned"},
	{"amber alone goes back", `{"gradesReturned": ["amber"]}`, "gradesReturned"},
	{"a bare rate", `{"rates": 620}`, "rates"},
	{"rates with a gap", `{"rates": [{"from": "2025-04-01", "to": "2025-09-01", "source": "a", "value": 1},
			{"from": "2025-10-01", "to": "2026-04-01", "source": "a", "value": 1}]}`, "rates.1.from"},
	{"a rate without an end", `{"rates": [{"from": "2025-04-01", "source": "a", "value": 1}]}`, "rates.0.to"},
	{"a rate that pays nothing", `{"rates": [{"from": "2025-04-01", "to": "2026-04-01", "source": "a", "value": 0}]}`, "rates.0.value"},
	{"years out of order", `{"paidYears": {"from": "Y11", "to": "R"}}`, "paidYears.from"},
	{"kept for zero years", `{"keepYears": 0}`, "keepYears"},
	{"no name", `{"name": ""}`, "name"},
	{"a council that is only a name", `{"council": "Kent"}`, "council"},
	{"a council without a name", `{"council": {"names": [], "la": "886", "gss": "E10000016"}}`, "council.names"},
	{"a council with a name twice", `{"council": {"names": ["Kent", "Kent"], "la": "886", "gss": "E10000016"}}`, "council.names.1"},
	{"a council without its names", `{"council": {"la": "886", "gss": "E10000016"}}`, "council.names"},
	{"a council without its LA number", `{"council": {"names": ["Kent"], "gss": "E10000016"}}`, "council.la"},
	{"a council without its GSS code", `{"council": {"names": ["Kent"], "la": "886"}}`, "council.gss"},
	{"an LA number of two digits", `{"council": {"names": ["Kent"], "la": "88", "gss": "E10000016"}}`, "council.la"},
	{"a GSS code in small letters", `{"council": {"names": ["Kent"], "la": "886", "gss": "e10000016"}}`, "council.gss"},
	{"a council with a number for a name", `{"council": {"names": ["886"], "la": "886", "gss": "E10000016"}}`, "council.names"},
	{"a type on both lists", `{"paidTypes": [1, 10]}`, "paidTypes"},
	{"a document for an unknown rule", `{"documents": {"DUE-0": "guide"}}`, "documents.DUE-0"},
	{"whole, in words", `{"whole": "yes"}`, "whole"},
	{"no revision", `{"revision": 0}`, "revision"},
	{"zero months", `{"grading": {"sampling": "per_child", "months": 0}}`, "grading.months"},
}

func TestAFaultNamesItsPath(t *testing.T) {
	t.Parallel()
	for _, test := range bad {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := policy.Overlay(pep.Lancashire(), []byte(test.doc))
			require.Nil(t, got)
			require.Equal(t, test.want, rule.InvalidMember(err))
		})
	}
}

func TestADuplicateIsReportedBesideAFaultyElement(t *testing.T) {
	t.Parallel()
	_, err := policy.Overlay(pep.Lancashire(), []byte(`{"reminders": ["x", 0, null, 0]}`))
	require.EqualError(t, err, "reminders.0 must be whole days from -31 to 31\n"+
		"reminders.2 must be given, as whole days from -31 to 31\nreminders.3 must be different from every element before it")
}

// rows returns a document that gives the return period in rows.
func rows(of string) []byte { return []byte(`{"returnPeriod": [` + of + `]}`) }

func TestARowHoldsFromItsFirstDayUpToTheNext(t *testing.T) {
	t.Parallel()
	p, err := policy.Overlay(pep.Lancashire(), rows(`
		{"to": "2027-01-01", "source": "a", "value": {"days": 7}},
		{"from": "2027-01-01", "source": "b", "value": {"days": 8}},
		{"from": "2028-01-01", "to": null, "source": "c", "value": {"workingDays": 9}}`))
	require.NoError(t, err)
	for day, want := range map[string]struct {
		period delegation.Period
		source string
	}{
		"":           {delegation.Period{Days: 7}, "a"},
		"1999-01-01": {delegation.Period{Days: 7}, "a"},
		"2026-12-31": {delegation.Period{Days: 7}, "a"},
		"2027-01-01": {delegation.Period{Days: 8}, "b"},
		"2027-12-31": {delegation.Period{Days: 8}, "b"},
		"2028-01-01": {delegation.Period{WorkingDays: 9}, "c"},
		"9999-12-31": {delegation.Period{WorkingDays: 9}, "c"},
	} {
		on, _ := civil.Parse(day)
		require.Equal(t, want.period, p.Delegation(on).Return, day)
		require.Equal(t, want.source, p.Parameters(on).Sources[rule.ParameterReturnPeriod], day)
		require.Equal(t, civil.March1, p.Parameters(on).LeapBirthday, "a member that is not named is unchanged")
	}
	again, err := policy.Parse(policy.Render(p))
	require.NoError(t, err)
	require.Equal(t, p, again)
	bare, err := policy.Overlay(p, []byte(`{"returnPeriod": {"days": 14}}`))
	require.NoError(t, err)
	require.Len(t, bare.Editions(), 1, "an overlay replaces all the rows")
}

func TestARowThatRepeatsTheOneBeforeAddsNoEdition(t *testing.T) {
	t.Parallel()
	p, err := policy.Overlay(pep.Lancashire(), rows(`
		{"source": "a", "value": {"days": 7}}, {"from": "2027-01-01", "source": "a", "value": {"days": 7}}`))
	require.NoError(t, err)
	require.Len(t, p.Editions(), 1)
}

const first = `{"to": "2027-01-01", "source": "a", "value": {"days": 7}}`

// badRows lists rows of the return period that are refused, with the error.
var badRows = []struct{ name, doc, want string }{
	{"a gap", first + `, {"from": "2027-01-02", "source": "b", "value": {"days": 8}}`,
		"returnPeriod.1.from must be 2027-01-01, the day on which the row before ends, so that there is no gap and no overlap"},
	{"an overlap", first + `, {"from": "2026-12-31", "source": "b", "value": {"days": 8}}`,
		"returnPeriod.1.from must be 2027-01-01, the day on which the row before ends, so that there is no gap and no overlap"},
	{"out of order", `{"source": "a", "value": {"days": 7}}, {"from": "2027-01-01", "source": "b", "value": {"days": 8}},
			{"from": "2027-01-01", "source": "c", "value": {"days": 9}}`, "returnPeriod.2.from must be a later day than in the row before"},
	{"no first day", first + `, {"source": "b", "value": {"days": 8}}`, "returnPeriod.1.from must be the first day on which the value holds"},
	{"a beginning", `{"from": "2027-01-01", "source": "a", "value": {"days": 7}}`,
		"returnPeriod.0.from must be left out of the first row, because otherwise nothing says what held before it"},
	{"an end", first, "returnPeriod.0.to must be left out of the last row, because otherwise nothing says what holds after it"},
	{"no source", `{"value": {"days": 7}}`, "returnPeriod.0.source must be given, as the name of the document that the value comes from"},
	{"an empty source", `{"source": "", "value": {"days": 7}}`, "returnPeriod.0.source must be the name of the document that the value comes from"},
	{"no value", `{"source": "a"}`, "returnPeriod.0.value must be given, as an object"},
	{"a bad value", `{"source": "a", "value": {"days": -1}}`, "returnPeriod.0.value.days must be a whole number of days, 1 or more"},
	{"no date", `{"source": "a", "value": {"days": 7}}, {"from": "2027-02-29", "source": "b", "value": {"days": 8}}`,
		"returnPeriod.1.from must be a date such as 2006-01-02"},
	{"an unknown member", `{"source": "a", "value": {"days": 7}, "until": "2027-01-01"}`, "\"returnPeriod.0.until\" is not a known member"},
	{"no object", `{"source": "a", "value": {"days": 7}}, 14`, "returnPeriod.1 must be an object\n" +
		"returnPeriod.1.from must be the first day on which the value holds"},
}

func TestRowsThatDoNotCoverAllTimeAreRefused(t *testing.T) {
	t.Parallel()
	for _, test := range badRows {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p, err := policy.Overlay(pep.Lancashire(), rows(test.doc))
			require.Nil(t, p)
			require.EqualError(t, err, test.want)
		})
	}
}

func TestAnEmptyListOfRowsIsRefused(t *testing.T) {
	t.Parallel()
	_, err := policy.Overlay(pep.Lancashire(), []byte(`{"returnPeriod": [], "untilAge": []}`))
	require.EqualError(t, err, "untilAge must be a value or at least one row\nreturnPeriod must be a value or at least one row")
	_, err = policy.Overlay(pep.Lancashire(), []byte(`{"reminders": []}`))
	require.NoError(t, err, "an empty list of days is a value")
}

func TestEveryFaultIsReturnedAtOnce(t *testing.T) {
	t.Parallel()
	_, err := policy.Overlay(pep.Lancashire(), []byte(`{"x": 1, "leapBirthday": 2, "grading": {"y": 3}}`))
	require.EqualError(t, err, "\"x\" is not a known member\n"+
		"\"grading.y\" is not a known member\n"+
		"leapBirthday must be mar1 or feb28, in quotes\n"+
		"grading.sampling must be given, as per_establishment_per_term, per_child or all")
}

func TestARenderedPolicyIsAnOverlayThatChangesNothing(t *testing.T) {
	t.Parallel()
	for _, doc := range []string{
		`{}`, `{"leapBirthday": "feb28", "returnPeriod": {"workingDays": 5}}`,
		`{"grading": {"sampling": "per_child", "months": 6}, "carryForward": "off", "lowerBound": "term_after_birthday"}`,
	} {
		p, err := policy.Overlay(pep.Lancashire(), []byte(doc))
		require.NoError(t, err)
		again, err := policy.Overlay(pep.Lancashire(), policy.Render(p))
		require.NoError(t, err)
		require.Equal(t, p.Parameters(civil.Date{}), again.Parameters(civil.Date{}))
	}
}

func TestAWholeDocumentNeedsEveryMember(t *testing.T) {
	t.Parallel()
	_, err := policy.Parse([]byte(`{}`))
	for of := range rule.AllParameters() {
		require.ErrorContains(t, err, of.String()+" must be given, as a value, or rows with from, to, source and value")
	}
	for _, name := range []string{"name", "council", "documents", "revision"} {
		require.ErrorContains(t, err, name+" must be ")
	}
	p, err := policy.Parse([]byte(`[]`))
	require.Nil(t, p)
	require.Equal(t, "policy", rule.InvalidMember(err))
}

func FuzzOverlay(f *testing.F) {
	f.Add(policy.Render(pep.Lancashire()))
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
		require.True(t, json.Valid(policy.Render(p)))
		again, err := policy.Overlay(pep.Lancashire(), policy.Render(p))
		require.NoError(t, err)
		require.Equal(t, policy.Render(p), policy.Render(again))
	})
}

func TestReadParsesAWholeDocumentAndOverlaysAnyOther(t *testing.T) {
	t.Parallel()
	whole, err := policy.Read(pep.Lancashire(), policy.Render(website(t)))
	require.NoError(t, err)
	require.Equal(t, website(t), whole)
	_, err = policy.Read(pep.Lancashire(), []byte(`{"whole": true, "returnPeriod": {"days": 7}}`))
	require.Contains(t, rule.InvalidMembers(err), "untilAge", "a whole policy needs every member")
	for _, doc := range []string{`{"returnPeriod": {"days": 7}}`, `{"whole": false, "returnPeriod": {"days": 7}}`} {
		over, err := policy.Read(pep.Lancashire(), []byte(doc))
		require.NoError(t, err)
		require.Equal(t, 7, over.Delegation(civil.Date{}).Return.Days)
	}
}

// If an overlay for another council does not name a value, the value stays and
// loses its source, which belonged to the other council.
func TestAnotherCouncilDoesNotInheritSources(t *testing.T) {
	t.Parallel()
	doc := `{"council": {"names": ["Kent"], "la": "886", "gss": "E10000016"}, "untilAge": [{"source": "our guide", "value": 18}], "documents": {"DUE-1": "our guide"}}`
	p, err := policy.Overlay(pep.Lancashire(), []byte(doc))
	require.NoError(t, err)
	for of := range rule.AllParameters() {
		for _, v := range policy.Values(p, of) {
			want := policy.TakenOver
			if of == rule.ParameterUntilAge {
				want = "our guide"
			}
			require.Equal(t, want, v.Source, of.String())
		}
	}
	for e := range rule.Catalogue() {
		switch got := p.Source(e); e.ID {
		case rule.DUE1:
			require.Equal(t, "our guide", got)
		default:
			require.Equal(t, e.Source, got)
		}
	}
	same, err := policy.Overlay(pep.Lancashire(), []byte(`{"council": {"names": ["Lancs"], "la": "888", "gss": "E10000017"}}`))
	require.NoError(t, err)
	require.Equal(t, policy.Values(pep.Lancashire(), rule.ParameterUntilAge), policy.Values(same, rule.ParameterUntilAge), "the same council under another name keeps its sources")
}
