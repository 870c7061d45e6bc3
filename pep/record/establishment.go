package record

import (
	"errors"
	"iter"

	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
)

// Establishment is a school or setting as the social care system holds it.
// Name and post code together are what it is found by (PRE-4).
type Establishment struct {
	ID        EstablishmentID
	Name      string
	PostCode  string
	Status    Status
	Type      forms.GIAS // 0 where it is not known
	Special   bool       // a special school, where the type does not say so
	DfENumber string     // as 888/4000; "" where it has none
	URN       string     // unique reference number, six digits; "" where it has none
	Finance   bool       // its finance details are known (PAY-8)
}

// Check returns a *rule.Invalid for each member that cannot be: the status is
// one of the statuses, a DfE number or URN that is given is one (ID-1).
func (e Establishment) Check() error {
	_, dfe := ParseDfENumber(e.DfENumber)
	_, urn := ParseURN(e.URN)
	return errors.Join(
		rule.Need(e.Status.String() != "", "status", statusWant),
		rule.Need(dfe || e.DfENumber == "", "dfe", dfeWant),
		rule.Need(urn || e.URN == "", "urn", urnWant),
	)
}

// Status is whether an establishment can be delegated to (PRE-1). The zero
// Status is neither.
type Status uint8

// The statuses of an establishment.
const (
	Current Status = 1 + iota
	Ended
)

var statuses = [...]struct{ name, words string }{Current: {"current", "current"}, Ended: {"ended", "ended"}}

const statusWant = "current or ended, or a status of the register GIAS, such as Open"

// RegisterStatuses are the statuses of the register GIAS and what each stands
// for: an establishment that is open is current, whatever is proposed, and no
// other is.
func RegisterStatuses() iter.Seq2[string, Status] {
	return func(yield func(string, Status) bool) {
		_ = yield("Open", Current) && yield("Open, but proposed to close", Current) &&
			yield("Closed", Ended) && yield("Proposed to open", Ended)
	}
}

// ParseStatus returns the status that s stands for: current or ended, or one of
// the RegisterStatuses.
func ParseStatus(s string) (Status, error) {
	for name, status := range RegisterStatuses() {
		if s == name {
			return status, nil
		}
	}
	return rule.Find[Status](len(statuses), s, "status", statusWant)
}

// String returns the text form of s, or "" for neither.
func (s Status) String() string { return rule.Row(statuses[:], s).name }

// Words returns s in words that follow "the establishment is", such as "current".
func (s Status) Words() string { return rule.Row(statuses[:], s).words }

// MarshalText returns the text form of s.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the text form of a status as ParseStatus does, and empty
// text as the zero Status.
func (s *Status) UnmarshalText(text []byte) error { return rule.Unmarshal(text, s, ParseStatus) }
