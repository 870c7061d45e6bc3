package policy

import (
	"math"
	"time"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
	"virtualschool.example/term/workday"
)

// The members that say whose policy it is: they have no source and no dates.
var identity = [...]struct {
	name string
	member
}{
	{"name", whose.at(func(par *pep.Parameters) *string { return &par.Name })},
	{"la", whose.at(func(par *pep.Parameters) *string { return &par.LA })},
	{"revision", whole(1, math.MaxInt32, "a number from 1").at(func(par *pep.Parameters) *int { return &par.Revision })},
}

var whose = kind[string]{
	read:   func(v strict.Value) string { return v.Name("a name or number") },
	show:   func(s string) any { return s },
	schema: text,
}

var (
	age    = whole(0, 25, "an age up to 25")
	count  = whole(0, maxDays, "a whole number from 0")
	years  = whole(1, 200, "a whole number of years from 1")
	people = namedSet("social_worker, business_support or both", pep.ParseRole, bits[pep.Roles, pep.Role], pep.Roles.All,
		func() []string { return []string{"social_worker", "business_support"} }).
		where(func() schema { return schema{"minItems": 1} })
)

// members is every parameter of a policy as JSON. Rates are no member of it:
// each has its own time and source.
var members = [...]member{
	rule.ParameterTerms:                terms.at(func(par *pep.Parameters) *term.Calendar { return &par.Delegation.Terms }),
	rule.ParameterBankHolidays:         holidays.at(func(par *pep.Parameters) **workday.Calendar { return &par.Delegation.Workdays }),
	rule.ParameterLeapBirthday:         leapBirthday.at(func(par *pep.Parameters) *civil.LeapBirthday { return &par.LeapBirthday }),
	rule.ParameterNurseryFromAge:       age.at(func(par *pep.Parameters) *int { return &par.NurseryFromAge }),
	rule.ParameterSchoolFromAge:        age.at(func(par *pep.Parameters) *int { return &par.SchoolFromAge }),
	rule.ParameterAlwaysFromAge:        age.at(func(par *pep.Parameters) *int { return &par.AlwaysFromAge }),
	rule.ParameterUntilAge:             age.at(func(par *pep.Parameters) *int { return &par.UntilAge }),
	rule.ParameterLowerBound:           lowerBound.at(func(par *pep.Parameters) *pep.LowerBound { return &par.LowerBound }),
	rule.ParameterUpperBound:           upperBound.at(func(par *pep.Parameters) *pep.UpperBound { return &par.UpperBound }),
	rule.ParameterNurseryProvision:     educations.at(func(par *pep.Parameters) *record.EducationKinds { return &par.NurseryKinds }),
	rule.ParameterShortBreaks:          truth.at(func(par *pep.Parameters) *bool { return &par.ShortBreaks }),
	rule.ParameterFormTypes:            formTypes.at(func(par *pep.Parameters) **forms.Table { return &par.FormTypes }),
	rule.ParameterSpecialTypes:         types.at(func(par *pep.Parameters) *forms.GIASSet { return &par.Special }),
	rule.ParameterSectionTitles:        sectionTitles.at(func(par *pep.Parameters) **forms.Titles { return &par.Titles }),
	rule.ParameterSubsequentDelegation: people.at(func(par *pep.Parameters) *pep.Roles { return &par.SubsequentDelegation }),
	rule.ParameterAllSections:          truth.at(func(par *pep.Parameters) *bool { return &par.Delegation.AllSections }),
	rule.ParameterReturnPeriod:         period.at(func(par *pep.Parameters) *delegation.Period { return &par.Delegation.Return }),
	rule.ParameterRollDueDate:          truth.at(func(par *pep.Parameters) *bool { return &par.Delegation.Roll }),
	rule.ParameterOutOfTermPeriod:      period.at(func(par *pep.Parameters) *delegation.Period { return &par.Delegation.OutOfTerm }),
	rule.ParameterReminders:            offsets.at(func(par *pep.Parameters) *delegation.Offsets { return &par.Delegation.Reminders }),
	rule.ParameterDueReminders:         offsets.at(func(par *pep.Parameters) *delegation.Offsets { return &par.Delegation.DueReminders }),
	rule.ParameterPreparationDays:      count.at(func(par *pep.Parameters) *int { return &par.Delegation.Preparation }),
	rule.ParameterPortalLag:            hours.at(func(par *pep.Parameters) *time.Duration { return &par.Delegation.PortalLag }),
	rule.ParameterAssignmentComment:    grammar.at(func(par *pep.Parameters) *delegation.Grammar { return &par.Delegation.Comment }),
	rule.ParameterCarryForward:         carryForward.at(func(par *pep.Parameters) *delegation.Carrying { return &par.Delegation.Carry }),
	rule.ParameterMaxCarries:           count.at(func(par *pep.Parameters) *int { return &par.Delegation.MaxCarries }),
	rule.ParameterInitialDeadline:      period.at(func(par *pep.Parameters) *delegation.Period { return &par.InitialDeadline }),
	rule.ParameterEmergencyDeadline:    period.at(func(par *pep.Parameters) *delegation.Period { return &par.EmergencyDeadline }),
	rule.ParameterGrading:              {readGrading, showGrading, gradingSchema},
	rule.ParameterGradesReturned:       grades.at(func(par *pep.Parameters) *pep.Grades { return &par.Returned }),
	rule.ParameterUngradedPaid:         truth.at(func(par *pep.Parameters) *bool { return &par.UngradedPaid }),
	rule.ParameterRates:                {},
	rule.ParameterPaidYears:            {readPaidYears, showPaidYears, paidYearsSchema},
	rule.ParameterUnpaidTypes:          types.at(func(par *pep.Parameters) *forms.GIASSet { return &par.NoPayee }),
	rule.ParameterFinanceTypes:         types.at(func(par *pep.Parameters) *forms.GIASSet { return &par.NeedsFinance }),
	rule.ParameterSealedDays:           count.at(func(par *pep.Parameters) *int { return &par.SealedDays }),
	rule.ParameterKeepYears:            years.at(func(par *pep.Parameters) *int { return &par.KeepYears }),
	rule.ParameterKeepAfterDeath:       years.at(func(par *pep.Parameters) *int { return &par.KeepAfterDeath }),
}

var (
	leapBirthday = named("mar1 or feb28", civil.ParseLeapBirthday, "mar1", "feb28")
	lowerBound   = named("birthday_term or term_after_birthday", pep.ParseLowerBound, "birthday_term", "term_after_birthday")
	upperBound   = named("term_end or birthday", pep.ParseUpperBound, "term_end", "birthday")
	carryForward = named("after_due, strict or off", delegation.ParseCarrying, "after_due", "strict", "off")
	grades       = namedSet("red, or red and amber", pep.ParseGrade, bits[pep.Grades, pep.Grade], pep.Grades.All,
		func() []string { return []string{"red", "amber"} }).
		where(func() schema { return schema{"contains": schema{"const": "red"}} })
	educations = namedSet("kinds of education, such as day_nursery", record.ParseEducationKind, kinds, record.EducationKinds.All,
		func() []string { return names(record.EducationKinds(math.MaxUint16).All()) })
)

const wantMonths = "a whole number of months from 1"

// readGrading reads the sampling. Months count only where each child is
// sampled, and are needed there.
func readGrading(v strict.Value) set {
	in := v.Object()
	sampling := strict.Parsed(in.Need("sampling"), "a way of sampling", pep.ParseSampling)
	months := in.May("months")
	if sampling == pep.PerChild {
		months = in.Need("months")
	}
	n := months.IntFrom(1, math.MaxInt16, wantMonths)
	return func(par *pep.Parameters) {
		par.Sampling = sampling
		if n != 0 {
			par.SamplingMonths = n
		}
	}
}

// grading is the sampling as it is shown.
type grading struct {
	Sampling string `json:"sampling"`
	Months   int    `json:"months,omitzero"`
}

// showGrading shows months where they count.
func showGrading(par *pep.Parameters) any {
	if par.Sampling != pep.PerChild {
		return grading{Sampling: par.Sampling.String()}
	}
	return grading{par.Sampling.String(), par.SamplingMonths}
}

func gradingSchema() schema {
	months := schema{"type": "integer", "minimum": 1, "maximum": math.MaxInt16}
	return schema{"oneOf": []schema{
		object(schema{"sampling": schema{"enum": []string{"per_establishment_per_term", "all"}}, "months": orNull(months)}, "sampling"),
		object(schema{"sampling": schema{"const": "per_child"}, "months": months}, "sampling", "months"),
	}}
}

// readPaidYears reads the first and the last year group that is paid for.
func readPaidYears(v strict.Value) set {
	in := v.Object()
	from := strict.Parsed(in.Need("from"), "", forms.ParseYearGroup)
	to := strict.Parsed(in.Need("to"), "", forms.ParseYearGroup)
	return func(par *pep.Parameters) { par.PayFrom, par.PayTo = from, to }
}

func showPaidYears(par *pep.Parameters) any {
	return pairs{{"from", par.PayFrom}, {"to", par.PayTo}}
}

func paidYearsSchema() schema {
	year := schema{"enum": yearGroups()}
	return object(schema{"from": year, "to": year}, "from", "to")
}

func yearGroups() (all []string) {
	for y := forms.PreNursery; y <= forms.Y13; y++ {
		all = append(all, y.String())
	}
	return all
}
