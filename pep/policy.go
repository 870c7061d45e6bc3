package pep

import (
	"errors"
	"slices"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Parameters are the numbers and tables that differ between councils or
// years: what a Policy is made of. They are plain data; what they mean is in
// the rules that read them. Lancashire's are in Lancashire.
type Parameters struct {
	Name     string // whose policy it is, in lower case, such as "lancashire"
	LA       string // the authority's number, such as "888"
	Revision int    // the number that a plan keeps of the policy it was opened under; from 1

	LeapBirthday   civil.LeapBirthday // when somebody born on 29 February is a year older in a common year (AGE-2)
	NurseryFromAge int                // the age from which a child in nursery provision needs a plan (ELIG-2)
	SchoolFromAge  int                // the age from which a school counts as nursery provision
	AlwaysFromAge  int                // the age from which every child needs one (ELIG-3)
	UntilAge       int                // the birthday whose term is the last (ELIG-4)
	LowerBound     LowerBound         // whether the birthday's own term counts (ELIG-6)
	ShortBreaks    bool               // whether a series of short breaks needs a plan (ELIG-9)

	Delegation delegation.Policy // the calendar, due dates, reminders and carrying forward
	FormTypes  *forms.Table      // FORM-1 to FORM-8; not changed after use
	Special    forms.GIASSet     // the establishment types that are special schools (FORM-7)

	SubsequentDelegation Roles // who delegates a subsequent plan
	SealedDays           int   // how long what a retract cleared can be restored

	Sampling       Sampling // which plans are graded (GRADE-1, GRADE-2)
	SamplingMonths int      // how long a child's grade counts, where each child is sampled

	InitialDays   int // working days from entering care to the first plan (DUE-5)
	EmergencyDays int // working days from an emergency placement to starting it (DUE-6)

	Rates        []Rate          // what is paid for a plan, by term (PAY-4)
	PayFrom      forms.YearGroup // the first year group paid for (PAY-5)
	PayTo        forms.YearGroup // the last
	NoPayee      forms.GIASSet   // the establishment types that are not paid (PAY-7)
	NeedsFinance forms.GIASSet   // those paid only with finance details (PAY-8)

	KeepYears      int // years from birth that the record is kept (RET-1)
	KeepAfterDeath int // years from death, where it came before UntilAge
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
	return rule.Named[LowerBound](lowerBoundNames[:], s, "lowerBound", "birthday_term or term_after_birthday")
}

// String returns the text form of b.
func (b LowerBound) String() string { return rule.Name(lowerBoundNames[:], b) }

// Rate is what is paid for one plan of a term, in pence (PAY-4).
type Rate struct {
	From, To term.Term // both included
	Pence    int
}

// Policy is one council's rules at one revision. It is immutable and safe for
// concurrent use; the zero Policy is not one. Its methods are the rules that
// need the child, the establishment and the calendar together.
type Policy struct{ par Parameters }

// NewPolicy returns the policy that par makes. All that is wrong with par comes
// back at once, each as a *rule.Invalid naming the field.
func NewPolicy(par Parameters) (*Policy, error) {
	if err := par.check(); err != nil {
		return nil, err
	}
	par.Rates = slices.Clone(par.Rates)
	return &Policy{par}, nil
}

// Lancashire returns the policy of Lancashire County Council as its process
// book and guide have it: revision 1.
func Lancashire() *Policy {
	return &Policy{Parameters{
		Name:     "lancashire",
		LA:       "888",
		Revision: 1,

		LeapBirthday:   civil.March1,
		NurseryFromAge: 2,
		SchoolFromAge:  3,
		AlwaysFromAge:  4,
		UntilAge:       18,
		LowerBound:     BirthdayTerm,

		Delegation: delegation.Lancashire(),
		FormTypes:  forms.Lancashire(),
		Special:    forms.SpecialTypes,

		SubsequentDelegation: socialWorker | businessSupport,
		SealedDays:           30,

		Sampling:       PerEstablishmentPerTerm,
		SamplingMonths: 12,

		InitialDays:   20,
		EmergencyDays: 10,

		Rates: []Rate{
			{term.New(term.Summer, 2023), term.New(term.Spring, 2025), 620_00},
			{term.New(term.Summer, 2025), term.New(term.Summer, 2025), 610_00},
			{term.New(term.Autumn, 2025), term.New(term.Spring, 2026), 550_00},
		},
		PayFrom:      forms.R,
		PayTo:        forms.Y11,
		NoPayee:      1<<10 | 1<<11 | 1<<15 | 1<<47 | 1<<48 | 1<<18 | 1<<29 | 1<<31 | 1<<32 | 1<<39 | 1<<45 | 1<<46 | 1<<57,
		NeedsFinance: 1<<6 | 1<<28 | 1<<33 | 1<<34 | 1<<35 | 1<<36 | 1<<38 | 1<<39 | 1<<40 | 1<<41 | 1<<42 | 1<<43 | 1<<44 | 1<<45 | 1<<46 | 1<<57,

		KeepYears:      75,
		KeepAfterDeath: 15,
	}}
}

// Parameters returns a copy of what the policy is made of.
func (p *Policy) Parameters() Parameters {
	par := p.par
	par.Rates = slices.Clone(par.Rates)
	return par
}

// Name returns whose policy it is.
func (p *Policy) Name() string { return p.par.Name }

// Revision returns the number that a plan keeps of the policy.
func (p *Policy) Revision() int { return p.par.Revision }

// Delegation returns the rules of handing a form to a contributor.
func (p *Policy) Delegation() delegation.Policy { return p.par.Delegation }

// Calendar returns the policy's terms.
func (p *Policy) Calendar() term.Calendar { return p.par.Delegation.Terms }

// check returns every fault of the parameters.
func (par *Parameters) check() error {
	var faults []error
	for _, c := range []struct {
		ok           bool
		member, want string
	}{
		{par.Name != "", "name", "the name of the policy"},
		{par.LA != "", "la", "the number of the authority"},
		{par.Revision > 0, "revision", "a number from 1"},
		{par.LeapBirthday == civil.March1 || par.LeapBirthday == civil.February28, "leapBirthday", "mar1 or feb28"},
		{par.NurseryFromAge >= 0 && par.NurseryFromAge <= par.AlwaysFromAge, "nurseryFromAge", "an age not above alwaysFromAge"},
		{par.SchoolFromAge >= par.NurseryFromAge, "schoolFromAge", "an age not below nurseryFromAge"},
		{par.AlwaysFromAge < par.UntilAge, "alwaysFromAge", "an age below untilAge"},
		{par.UntilAge <= 25, "untilAge", "an age up to 25"},
		{par.LowerBound == BirthdayTerm || par.LowerBound == TermAfterBirthday, "lowerBound", "birthday_term or term_after_birthday"},
		{par.FormTypes != nil, "formTypes", "a table of form types"},
		{par.SubsequentDelegation != 0 && par.SubsequentDelegation&^(socialWorker|businessSupport) == 0, "subsequentDelegation", "social_worker, business_support or both"},
		{par.SealedDays >= 0, "sealedDays", "a number of days"},
		{par.Sampling >= PerEstablishmentPerTerm && par.Sampling <= EveryPlan, "sampling", "a way of sampling"},
		{par.SamplingMonths > 0, "samplingMonths", "a number of months from 1"},
		{par.InitialDays > 0, "initialDays", "a number of working days from 1"},
		{par.EmergencyDays > 0, "emergencyDays", "a number of working days from 1"},
		{par.KeepYears > 0, "keepYears", "a number of years from 1"},
		{par.KeepAfterDeath > 0, "keepAfterDeath", "a number of years from 1"},
		{par.PayFrom > 0 && par.PayFrom <= par.PayTo, "payFrom", "a year group not above payTo"},
		{par.PayTo <= forms.Y13, "payTo", "a year group"},
		{ratesInOrder(par.Rates), "rates", "terms in order, none twice, in pence from 1"},
	} {
		if !c.ok {
			faults = append(faults, &rule.Invalid{Member: c.member, Want: c.want})
		}
	}
	return errors.Join(append(faults, par.Delegation.Check())...)
}

func ratesInOrder(rates []Rate) bool {
	for i, r := range rates {
		if r.Pence <= 0 || r.From.IsZero() || r.To.Before(r.From) || i > 0 && !rates[i-1].To.Before(r.From) {
			return false
		}
	}
	return true
}
