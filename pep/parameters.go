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

// Parameters are the numbers and tables that differ between councils or years. A
// Policy is made from them. They are plain data, and the rules that read them give
// them their meaning. Lancashire's are in the function Lancashire.
type Parameters struct {
	Name     string // what the policy is called, such as "lancashire"
	Council  Council
	Revision int // the revision number, 1 or more; it is stored with each plan that the policy decides

	LeapBirthday   civil.LeapBirthday    // the birthday, in a common year, of somebody born on 29 February (AGE-2)
	NurseryFromAge int                   // the age from which a child in nursery provision needs a plan (ELIG-2)
	SchoolFromAge  int                   // the age from which a school counts as nursery provision
	AlwaysFromAge  int                   // the age from which every child needs a plan (ELIG-3)
	UntilAge       int                   // the age at which the need for plans ends (ELIG-4)
	LowerBound     LowerBound            // whether the birthday's own term counts (ELIG-6)
	UpperBound     UpperBound            // whether the term of the last birthday counts to its end (ELIG-4)
	NurseryKinds   record.EducationKinds // what counts as nursery provision (ELIG-2)
	ShortBreaks    bool                  // whether a series of short breaks needs a plan (ELIG-9)

	Delegation delegation.Rules // the rules of the calendar, due dates, reminders and carrying forward
	FormTypes  *forms.Table     // the table that decides a form's type (FORM-1 to FORM-8); it must not be changed once in use
	Special    forms.GIASSet    // the establishment types that are special schools (FORM-7)
	Titles     *forms.Titles    // the titles of the forms' sections (SECT-2)

	MeetingTermsBack     int   // how many terms before the current one a meeting can take place (TERM-8)
	MeetingTermsAhead    int   // how many terms after the current one a meeting can take place (TERM-8)
	SubsequentDelegation Roles // the roles that may delegate a subsequent plan
	SealedDays           int   // the number of days for which the content that a retract cleared can be restored
	StalledDays          int   // the number of days for which a plan may stay in returned, checking or grading (DUE-8)

	Sampling       Sampling // which plans are graded (GRADE-1, GRADE-2)
	SamplingMonths int      // the number of months for which a child's grade counts, if Sampling is PerChild
	Returned       Grades   // the inadequate grades: the plan goes back and is neither finalised nor paid (GRADE-4, FINAL-2, PAY-2)
	UngradedPaid   bool     // whether a finalised plan that was not selected for grading is paid (PAY-2)

	InitialDeadline   delegation.Period // the time from entering care to a complete first plan (DUE-5)
	EmergencyDeadline delegation.Period // the time from an emergency placement to the start of the first plan (DUE-6)

	Rates        []Rate          // the rates that are paid for a plan, in date order (PAY-4)
	PayFrom      forms.YearGroup // the first year group that is paid for (PAY-5)
	PayTo        forms.YearGroup // the last year group that is paid for (PAY-5)
	Payee        forms.GIASSet   // the establishment types that are paid (PAY-7)
	NoPayee      forms.GIASSet   // the establishment types that are never paid; the payment of any other type is held (PAY-7)
	NeedsFinance forms.GIASSet   // the establishment types that are paid only with finance details (PAY-8)

	KeepYears      int // the number of years from birth for which the record is kept (RET-1)
	KeepAfterDeath int // the number of years from death, if the child died before UntilAge (RET-1)

	Sources   rule.Sources    // where each parameter comes from
	Documents *rule.Documents // where the council's own documents state each rule; nil if they are not known
}

// LowerBound says whether the term in which a child reaches an age counts.
type LowerBound uint8

// The lower bounds. The zero LowerBound has no meaning.
const (
	BirthdayTerm      LowerBound = 1 + iota // the age counts from the birthday on, so its term counts
	TermAfterBirthday                       // the age counts from the first day of the next term
)

var lowerBoundNames = [...]string{"", "birthday_term", "term_after_birthday"}

// ParseLowerBound returns the lower bound whose text form is s.
func ParseLowerBound(s string) (LowerBound, error) {
	return rule.Find[LowerBound](len(lowerBoundNames), s, "lowerBound", "birthday_term or term_after_birthday")
}

// String returns the text form of b.
func (b LowerBound) String() string { return *rule.Row(lowerBoundNames[:], b) }

// UpperBound says when the need for plans ends for somebody who reaches UntilAge.
type UpperBound uint8

// The upper bounds. The zero UpperBound has no meaning.
const (
	UntilTermEnd  UpperBound = 1 + iota // up to the end of the birthday's term
	UntilBirthday                       // up to the day before the birthday
)

var upperBoundNames = [...]string{"", "term_end", "birthday"}

// ParseUpperBound returns the upper bound whose text form is s.
func ParseUpperBound(s string) (UpperBound, error) {
	return rule.Find[UpperBound](len(upperBoundNames), s, "upperBound", wantUpperBound)
}

const wantUpperBound = "term_end or birthday"

// String returns the text form of b.
func (b UpperBound) String() string { return *rule.Row(upperBoundNames[:], b) }

// Policy is one council's rules at one revision. Its methods are the rules that
// depend on the child, the establishment and the calendar together. A Policy is
// immutable and safe for concurrent use. NewPolicy makes one; the zero Policy must
// not be used.
type Policy struct {
	par   Parameters // the first edition
	later []Edition  // the other editions, in order
}

// NewPolicy returns the policy with the given editions. The first parameters apply
// until the earliest of the later editions begins. Name, council, revision, terms,
// bank holidays and rates must be the same in every edition. NewPolicy reports
// every fault at once, each as a *rule.Invalid that names the member.
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

// Parameters returns a copy of the parameters that apply on a day. For the zero
// Date it returns the first edition's parameters.
func (p *Policy) Parameters(on civil.Date) Parameters {
	return p.on(on).clone()
}

// clone returns a copy of par; changing the copy's rates or names does not change
// par.
func (par *Parameters) clone() Parameters {
	c := *par
	c.Rates, c.Council.Names = slices.Clone(par.Rates), slices.Clone(par.Council.Names)
	return c
}

// Name returns the name of the policy, such as "lancashire".
func (p *Policy) Name() string { return p.par.Name }

// Revision returns the policy's revision number, which is stored with each plan that
// the policy decides.
func (p *Policy) Revision() int { return p.par.Revision }

// Delegation returns the rules that apply on a day for handing a form to a
// contributor. That day is the day of the form's meeting or, for carrying
// forward, the day of the decision.
func (p *Policy) Delegation(on civil.Date) delegation.Rules { return p.on(on).Delegation }

// Template returns the sections of a form for a meeting on the given day. If
// that day is zero because it is not known, the last edition's titles apply.
func (p *Policy) Template(t forms.Type, meeting civil.Date) *forms.Template {
	if meeting.IsZero() {
		return p.latest().Titles.Template(t)
	}
	return p.on(meeting).Titles.Template(t)
}

// Calendar returns the policy's terms.
func (p *Policy) Calendar() term.Calendar { return p.par.Delegation.Terms }

// check returns every fault in the parameters.
func (par *Parameters) check() error {
	return errors.Join(
		rule.Need(par.Name != "", "name", "the name of the policy"),
		par.Council.check(),
		rule.Need(par.Revision > 0, "revision", "a whole number, 1 or more"),
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
		rule.Need(par.Sampling >= PerEstablishmentPerTerm && par.Sampling <= EveryPlan, "grading", "per_establishment_per_term, per_child or all"),
		rule.Need(par.SamplingMonths > 0, "grading.months", "a whole number of months, 1 or more"),
		rule.Need(par.Returned == 1<<Red || par.Returned == 1<<Red|1<<Amber, "gradesReturned", "red, or red and amber"),
		rule.Need(par.InitialDeadline.Valid(), "initialDeadline", wantPeriod),
		rule.Need(par.EmergencyDeadline.Valid(), "emergencyDeadline", wantPeriod),
		rule.Need(par.KeepYears > 0, "keepYears", "a whole number of years, 1 or more"),
		rule.Need(par.KeepAfterDeath > 0, "keepAfterDeath", "a whole number of years, 1 or more"),
		rule.Need(par.PayFrom > 0 && par.PayFrom <= par.PayTo, "paidYears.from", "a year group not above the last"),
		rule.Need(par.PayTo <= forms.Y13, "paidYears.to", "a year group"),
		rule.Need(par.Payee&par.NoPayee == 0, "paidTypes", `types that are not also in "unpaidTypes"`),
		rule.Need(ratesInOrder(par.Rates), "rates", "sums of 1 penny or more, each starting on the day on which the one before it ends"),
		par.Delegation.Check(),
	)
}

// maxMeetingTerms is the greatest number of terms that a policy can allow between
// now and a meeting: ten years.
const maxMeetingTerms = 30

const wantMeetingTerms = "a number of terms from 0 to 30"

const wantPeriod = "either a number of days or a number of working days, 1 or more"
