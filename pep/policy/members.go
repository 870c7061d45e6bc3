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

// The members that identify the policy. They have neither a source nor dates.
var identity = [...]struct {
	name string
	member
}{
	{"name", whose.at(func(par *pep.Parameters) *string { return &par.Name })},
	{"council", council.at(func(par *pep.Parameters) *pep.Council { return &par.Council })},
	{documentsMember, documents.at(func(par *pep.Parameters) **rule.Documents { return &par.Documents })},
	{"revision", whole(1, math.MaxInt32, "a whole number, 1 or more").at(func(par *pep.Parameters) *int { return &par.Revision })},
}

var whose = kind[string]{func(v strict.Value) string { return v.Name("the name of the policy") }, itself[string]}

// council is the kind of the authority that the policy is for. It must always
// be given whole.
var council = kind[pep.Council]{
	read: func(v strict.Value) pep.Council {
		in := v.Object()
		names := strict.Set(in.Need("names").Described(func(s *strict.Shape) { s.Least = 1 }), maxListed, "the names of the council", func(v strict.Value) string { return v.Name("a name") })
		la := in.Need("la").Matching("^[0-9]{3}$").Text("the LA number of the council: three digits")
		gss := in.Need("gss").Matching("^[ENSW][0-9]{8}$").Text("the GSS code of the council: E, N, S or W and eight digits")
		return pep.Council{Names: names, LA: la, GSS: gss}
	},
	show: func(c pep.Council) any { return pairs{{"names", c.Names}, {"la", c.LA}, {"gss", c.GSS}} },
}

// documentsMember is the member that says where rules come from. It changes no
// rule.
const documentsMember = "documents"

// documents is the kind of the table that says where the council's own
// documents state each rule.
var documents = kind[*rule.Documents]{
	read: func(v strict.Value) *rule.Documents {
		in, said := v.Object(), rule.Documents{}
		for e := range rule.Catalogue() {
			said[e.ID] = in.May(e.ID.String()).Name("where the council's documents have the rule")
		}
		if said == (rule.Documents{}) {
			return nil
		}
		return &said
	},
	show: func(d *rule.Documents) any {
		shown := pairs{}
		for e := range rule.Catalogue() {
			if said := d.Of(e.ID); said != "" {
				shown = append(shown, pair{e.ID.String(), said})
			}
		}
		return shown
	},
}

var (
	age          = whole(0, 25, "an age up to 25")
	meetingTerms = whole(0, 30, "a number of terms from 0 to 30")

	count  = whole(0, maxDays, "a whole number, 0 or more")
	years  = whole(1, 200, "a whole number of years, 1 or more")
	people = namedSet("social_worker, business_support or both", pep.ParseRole, bits[pep.Roles, pep.Role], pep.Roles.All).
		described(func(s *strict.Shape) { s.Least, s.Element.Names = 1, []string{"social_worker", "business_support"} })
)

// members holds every parameter of a policy as JSON. The entry for rates is
// empty, because readRates reads them: each rate has its own time and source.
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
	rule.ParameterMeetingTermsBack:     meetingTerms.at(func(par *pep.Parameters) *int { return &par.MeetingTermsBack }),
	rule.ParameterMeetingTermsAhead:    meetingTerms.at(func(par *pep.Parameters) *int { return &par.MeetingTermsAhead }),
	rule.ParameterSubsequentDelegation: people.at(func(par *pep.Parameters) *pep.Roles { return &par.SubsequentDelegation }),
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
	rule.ParameterGrading:              {readGrading, showGrading},
	rule.ParameterGradesReturned:       grades.at(func(par *pep.Parameters) *pep.Grades { return &par.Returned }),
	rule.ParameterUngradedPaid:         truth.at(func(par *pep.Parameters) *bool { return &par.UngradedPaid }),
	rule.ParameterRates:                {},
	rule.ParameterPaidYears:            {readPaidYears, showPaidYears},
	rule.ParameterPaidTypes:            types.at(func(par *pep.Parameters) *forms.GIASSet { return &par.Payee }),
	rule.ParameterUnpaidTypes:          types.at(func(par *pep.Parameters) *forms.GIASSet { return &par.NoPayee }),
	rule.ParameterFinanceTypes:         types.at(func(par *pep.Parameters) *forms.GIASSet { return &par.NeedsFinance }),
	rule.ParameterSealedDays:           count.at(func(par *pep.Parameters) *int { return &par.SealedDays }),
	rule.ParameterStalledDays:          count.at(func(par *pep.Parameters) *int { return &par.StalledDays }),
	rule.ParameterKeepYears:            years.at(func(par *pep.Parameters) *int { return &par.KeepYears }),
	rule.ParameterKeepAfterDeath:       years.at(func(par *pep.Parameters) *int { return &par.KeepAfterDeath }),
}

var (
	leapBirthday = named("mar1 or feb28", civil.ParseLeapBirthday)
	lowerBound   = named("birthday_term or term_after_birthday", pep.ParseLowerBound)
	upperBound   = named("term_end or birthday", pep.ParseUpperBound)
	carryForward = named("after_due, strict or off", delegation.ParseCarrying)
	grades       = namedSet("red, or red and amber", pep.ParseGrade, bits[pep.Grades, pep.Grade], pep.Grades.All).
			described(func(s *strict.Shape) { s.Having, s.Element.Names = "red", []string{"red", "amber"} })
	educations = namedSet("kinds of education, such as day_nursery", record.ParseEducationKind, kinds, record.EducationKinds.All)
)

const wantMonths = "a whole number of months, 1 or more"

// readGrading reads the sampling. Months are required if each child is sampled,
// and have no effect otherwise.
func readGrading(v strict.Value) set {
	var n int
	sampling := strict.Chosen(v.Object(), "sampling", pep.ParseSampling, func(in *strict.Members, sampling pep.Sampling) {
		ask := (*strict.Members).May
		if sampling == pep.PerChild {
			ask = (*strict.Members).Need
		}
		n = ask(in, "months").IntFrom(1, math.MaxInt16, wantMonths)
	})
	return func(par *pep.Parameters) {
		par.Sampling = sampling
		if n != 0 {
			par.SamplingMonths = n
		}
	}
}

// showGrading writes the sampling, with the months if they have an effect.
func showGrading(par *pep.Parameters) any {
	shown := pairs{{"sampling", par.Sampling.String()}}
	if par.Sampling == pep.PerChild {
		shown = append(shown, pair{"months", par.SamplingMonths})
	}
	return shown
}

// readPaidYears reads the first and the last year group that are paid for.
func readPaidYears(v strict.Value) set {
	in := v.Object()
	from := strict.Named(in.Need("from"), "", forms.ParseYearGroup)
	to := strict.Named(in.Need("to"), "", forms.ParseYearGroup)
	return func(par *pep.Parameters) { par.PayFrom, par.PayTo = from, to }
}

func showPaidYears(par *pep.Parameters) any {
	return pairs{{"from", par.PayFrom}, {"to", par.PayTo}}
}
