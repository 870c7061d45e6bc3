package pep

import (
	"errors"
	"slices"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Parameters are the numbers and tables that differ between councils or
// years: what a Policy is made of. They are plain data; what they mean is in
// the rules that read them. Lancashire's are in Lancashire.
type Parameters struct {
	Name     string // what the policy is called, such as "lancashire"
	Council  Council
	Revision int // the number that a plan keeps of the policy it was opened under; from 1

	LeapBirthday   civil.LeapBirthday    // when somebody born on 29 February is a year older in a common year (AGE-2)
	NurseryFromAge int                   // the age from which a child in nursery provision needs a plan (ELIG-2)
	SchoolFromAge  int                   // the age from which a school counts as nursery provision
	AlwaysFromAge  int                   // the age from which every child needs one (ELIG-3)
	UntilAge       int                   // the birthday that ends the need of plans (ELIG-4)
	LowerBound     LowerBound            // whether the birthday's own term counts (ELIG-6)
	UpperBound     UpperBound            // whether the term of the last birthday counts to its end (ELIG-4)
	NurseryKinds   record.EducationKinds // what counts as nursery provision (ELIG-2)
	ShortBreaks    bool                  // whether a series of short breaks needs a plan (ELIG-9)

	Delegation delegation.Rules // the calendar, due dates, reminders and carrying forward
	FormTypes  *forms.Table     // FORM-1 to FORM-8; not changed after use
	Special    forms.GIASSet    // the establishment types that are special schools (FORM-7)
	Titles     *forms.Titles    // the titles of the forms' sections (SECT-2)

	MeetingTermsBack     int   // how many terms before the current one a meeting can be set in (TERM-8)
	MeetingTermsAhead    int   // and how many after it
	SubsequentDelegation Roles // who delegates a subsequent plan
	SealedDays           int   // how long what a retract cleared can be restored
	StalledDays          int   // how long a plan may stay in returned, checking or grading (DUE-8)

	Sampling       Sampling // which plans are graded (GRADE-1, GRADE-2)
	SamplingMonths int      // how long a child's grade counts, where each child is sampled
	Returned       Grades   // the grades with which a plan goes back and is neither finalised nor paid (GRADE-4, FINAL-2, PAY-2)
	UngradedPaid   bool     // whether a finalised plan that was not selected for grading is paid (PAY-2)

	InitialDeadline   delegation.Period // from entering care to the first plan (DUE-5)
	EmergencyDeadline delegation.Period // from an emergency placement to starting it (DUE-6)

	Rates        []Rate          // what is paid for a plan, in order (PAY-4)
	PayFrom      forms.YearGroup // the first year group paid for (PAY-5)
	PayTo        forms.YearGroup // the last
	Payee        forms.GIASSet   // the establishment types that are paid (PAY-7)
	NoPayee      forms.GIASSet   // those that are never paid; any other is held
	NeedsFinance forms.GIASSet   // those paid only with finance details (PAY-8)

	KeepYears      int // years from birth that the record is kept (RET-1)
	KeepAfterDeath int // years from death, where it came before UntilAge

	Sources   rule.Sources    // where each of them comes from
	Documents *rule.Documents // where the council's own documents have each rule; nil where they are not known
}

// LowerBound says whether the term in which a child reaches an age counts.
type LowerBound uint8

// The lower bounds. The zero LowerBound is neither.
const (
	BirthdayTerm      LowerBound = 1 + iota // from the birthday on: its term counts
	TermAfterBirthday                       // from the first day of the next term
)

var lowerBoundNames = [...]string{"", "birthday_term", "term_after_birthday"}

// ParseLowerBound returns the lower bound whose text form is s.
func ParseLowerBound(s string) (LowerBound, error) {
	return rule.Find[LowerBound](len(lowerBoundNames), s, "lowerBound", "birthday_term or term_after_birthday")
}

// String returns the text form of b.
func (b LowerBound) String() string { return *rule.Row(lowerBoundNames[:], b) }

// UpperBound says up to when somebody of UntilAge needs a plan.
type UpperBound uint8

// The upper bounds. The zero UpperBound is neither.
const (
	UntilTermEnd  UpperBound = 1 + iota // to the end of the birthday's term
	UntilBirthday                       // to the day before the birthday
)

var upperBoundNames = [...]string{"", "term_end", "birthday"}

// ParseUpperBound returns the upper bound whose text form is s.
func ParseUpperBound(s string) (UpperBound, error) {
	return rule.Find[UpperBound](len(upperBoundNames), s, "upperBound", wantUpperBound)
}

const wantUpperBound = "term_end or birthday"

// String returns the text form of b.
func (b UpperBound) String() string { return *rule.Row(upperBoundNames[:], b) }

// Policy is one council's rules at one revision. It is immutable and safe for
// concurrent use; the zero Policy is not one. Its methods are the rules that
// need the child, the establishment and the calendar together.
type Policy struct {
	par   Parameters // of the first edition
	later []Edition  // the others, in order
}

// NewPolicy returns the policy whose parameters are first until a later edition
// begins. All that is wrong comes back at once, each as a *rule.Invalid naming
// the member. Name, council, revision, terms, bank holidays and rates are the
// same in every edition.
func NewPolicy(first Parameters, later ...Edition) (*Policy, error) {
	if err := errors.Join(first.check(), first.checkEditions(later)); err != nil {
		return nil, err
	}
	p := &Policy{par: first.clone(), later: append([]Edition(nil), later...)}
	for i := range p.later {
		par := &p.later[i].Parameters
		par.Rates, par.Council, par.Documents = p.par.Rates, p.par.Council, p.par.Documents
	}
	return p, nil
}

// Parameters returns a copy of what the parameters are on a day; on the zero
// Date those of the first edition.
func (p *Policy) Parameters(on civil.Date) Parameters {
	return p.on(on).clone()
}

// clone returns a copy that shares nothing with par that could be changed.
func (par *Parameters) clone() Parameters {
	c := *par
	c.Rates, c.Council.Names = slices.Clone(par.Rates), slices.Clone(par.Council.Names)
	return c
}

// Name returns whose policy it is.
func (p *Policy) Name() string { return p.par.Name }

// Revision returns the number that a plan keeps of the policy.
func (p *Policy) Revision() int { return p.par.Revision }

// Delegation returns the rules of handing a form to a contributor as they are
// on a day: that of the form's meeting, and of carrying forward that on which it
// is decided.
func (p *Policy) Delegation(on civil.Date) delegation.Rules { return p.on(on).Delegation }

// Template returns the sections of a form whose meeting is on a day; a zero
// meeting is not known, and takes the titles that come last.
func (p *Policy) Template(t forms.Type, meeting civil.Date) *forms.Template {
	if meeting.IsZero() {
		return p.latest().Titles.Template(t)
	}
	return p.on(meeting).Titles.Template(t)
}

// Calendar returns the policy's terms.
func (p *Policy) Calendar() term.Calendar { return p.par.Delegation.Terms }

// check returns every fault of the parameters.
func (par *Parameters) check() error {
	return errors.Join(
		rule.Need(par.Name != "", "name", "the name of the policy"),
		par.Council.check(),
		rule.Need(par.Revision > 0, "revision", "a number from 1"),
		rule.Need(par.LeapBirthday == civil.March1 || par.LeapBirthday == civil.February28, "leapBirthday", "mar1 or feb28"),
		rule.Need(par.NurseryFromAge >= 0 && par.NurseryFromAge <= par.AlwaysFromAge, "nurseryFromAge", "an age not above alwaysFromAge"),
		rule.Need(par.SchoolFromAge >= par.NurseryFromAge, "schoolFromAge", "an age not below nurseryFromAge"),
		rule.Need(par.AlwaysFromAge < par.UntilAge, "alwaysFromAge", "an age below untilAge"),
		rule.Need(par.UntilAge <= 25, "untilAge", "an age up to 25"),
		rule.Need(par.LowerBound == BirthdayTerm || par.LowerBound == TermAfterBirthday, "lowerBound", "birthday_term or term_after_birthday"),
		rule.Need(par.UpperBound == UntilTermEnd || par.UpperBound == UntilBirthday, "upperBound", wantUpperBound),
		rule.Need(par.FormTypes != nil, "formTypes", "a table of form types"),
		rule.Need(par.Titles != nil, "sectionTitles", "titles of the forms' sections"),
		rule.Need(par.MeetingTermsBack >= 0 && par.MeetingTermsBack <= maxMeetingTerms, "meetingTermsBack", wantMeetingTerms),
		rule.Need(par.MeetingTermsAhead >= 0 && par.MeetingTermsAhead <= maxMeetingTerms, "meetingTermsAhead", wantMeetingTerms),
		rule.Need(par.SubsequentDelegation != 0 && par.SubsequentDelegation&^(socialWorker|businessSupport) == 0, "subsequentDelegation", "social_worker, business_support or both"),
		rule.Need(par.SealedDays >= 0, "sealedDays", "a number of days"),
		rule.Need(par.StalledDays >= 0, "stalledDays", "a number of days"),
		rule.Need(par.Sampling >= PerEstablishmentPerTerm && par.Sampling <= EveryPlan, "grading", "a way of sampling"),
		rule.Need(par.SamplingMonths > 0, "grading.months", "a number of months from 1"),
		rule.Need(par.Returned == 1<<Red || par.Returned == 1<<Red|1<<Amber, "gradesReturned", "red, or red and amber"),
		rule.Need(par.InitialDeadline.Valid(), "initialDeadline", wantPeriod),
		rule.Need(par.EmergencyDeadline.Valid(), "emergencyDeadline", wantPeriod),
		rule.Need(par.KeepYears > 0, "keepYears", "a number of years from 1"),
		rule.Need(par.KeepAfterDeath > 0, "keepAfterDeath", "a number of years from 1"),
		rule.Need(par.PayFrom > 0 && par.PayFrom <= par.PayTo, "paidYears.from", "a year group not above the last"),
		rule.Need(par.PayTo <= forms.Y13, "paidYears.to", "a year group"),
		rule.Need(par.Payee&par.NoPayee == 0, "paidTypes", "types that are not in unpaidTypes too"),
		rule.Need(ratesInOrder(par.Rates), "rates", "sums in pence from 1, each from the day on which the one before ends"),
		par.Delegation.Check(),
	)
}

// maxMeetingTerms bounds how far a meeting may be: ten years.
const maxMeetingTerms = 30

const wantMeetingTerms = "a number of terms from 0 to 30"

const wantPeriod = "either a number of days or a number of working days, above zero"
