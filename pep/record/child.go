package record

import (
	"errors"

	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Child is what is known about one child. Identifiers may be missing: many
// children under five and over sixteen have no UPN.
type Child struct {
	ID           ChildID
	SUNumber     private.Text // the person's number in the social care system, opaque
	Name         private.Text
	Born         private.Date
	UPN          private.Text // unique pupil number; see ParseUPN
	Consent      Consent
	RecordedYear forms.YearGroup // the year group that the setting recorded (YEAR-2); zero if it recorded none
	RecordedOn   civil.Date      // the day on which it was recorded; zero if the register has no such day
	HealthSince  civil.Date      // the day on which the child's health information last changed; zero if not known
	Care         Care
	Education    []Education
	Worker       PersonID   // the social worker who has the case; zero if not known
	WorkerSince  civil.Date // the day on which that worker took the case over; zero if not known
	Adviser      PersonID   // the personal adviser, who does not replace the social worker (CHG-5); zero if there is none
}

// Recorded returns the recorded year group with the day on which it was
// recorded.
func (c *Child) Recorded() forms.Recorded {
	return forms.Recorded{Year: c.RecordedYear, On: c.RecordedOn}
}

// Check returns a *rule.Invalid for each member that is not valid. Born is
// required, a UPN must satisfy ParseUPN unless it is empty (ID-1), and Care and
// Education must satisfy their own Check.
func (c Child) Check() error {
	_, upn := ParseUPN(c.UPN.Reveal(private.Deciding))
	errs := []error{
		rule.Need(!c.Born.IsZero(), "born", "the date of birth"),
		rule.Need(upn || c.UPN.IsZero(), "upn", upnWant),
		rule.Need(c.Consent.String() != "", "consent", consentWant),
		c.Care.Check(),
	}
	for _, e := range c.Education {
		errs = append(errs, e.Check())
	}
	return errors.Join(errs...)
}

// Consent says whether a young person at key stage 5 agrees to the plan being
// shared with the establishment. Only Withheld prevents it. The zero Consent
// means that nobody has asked.
type Consent uint8

// The answers to the question of consent.
const (
	Given Consent = 1 + iota
	Withheld
)

var consents = [...]struct{ name, words string }{{"not_asked", "not asked"}, Given: {"given", "given"}, Withheld: {"withheld", "withheld"}}

const consentWant = "not_asked, given or withheld"

// ParseConsent returns the consent whose text form is s: not_asked, given or
// withheld. For any other text it returns a *rule.Invalid of member "consent".
func ParseConsent(s string) (Consent, error) {
	return rule.Find[Consent](len(consents), s, "consent", consentWant)
}

// String returns the text form of c.
func (c Consent) String() string { return rule.Row(consents[:], c).name }

// Words returns c in words that follow "consent is", such as "not asked".
func (c Consent) Words() string { return rule.Row(consents[:], c).words }

// MarshalText returns the text form of c.
func (c Consent) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads a consent as ParseConsent does. Empty text is the zero
// Consent.
func (c *Consent) UnmarshalText(text []byte) error { return rule.Unmarshal(text, c, ParseConsent) }
