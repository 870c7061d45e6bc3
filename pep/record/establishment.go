package record

import (
	"errors"
	"iter"

	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
)

// Establishment is a school or setting as it is recorded in the social care
// system, which identifies it by name and post code together (PRE-4).
type Establishment struct {
	ID        EstablishmentID
	Name      string
	PostCode  string
	Status    Status
	Type      forms.GIAS // the type; 0 if it is not known
	Special   bool       // whether it is a special school although the type does not say so
	DfENumber string     // the DfE number, such as 888/4000; "" if it has none
	URN       string     // unique reference number, six digits; "" if it has none
	Finance   bool       // whether its finance details are known (PAY-8)
}

// Check returns a *rule.Invalid for each member that is not valid. The status
// must be set, and a DfE number or URN must satisfy ID-1 unless it is empty.
func (e Establishment) Check() error {
	_, dfe := ParseDfENumber(e.DfENumber)
	_, urn := ParseURN(e.URN)
	return errors.Join(
		rule.Need(e.Status.String() != "", "status", statusWant),
		rule.Need(dfe || e.DfENumber == "", "dfe", dfeWant),
		rule.Need(urn || e.URN == "", "urn", urnWant),
	)
}

// Status says whether a form can be delegated to an establishment (PRE-1): only
// to a Current one. The zero Status is not set.
type Status uint8

// The statuses of an establishment.
const (
	Current Status = 1 + iota
	Ended
)

var statuses = [...]struct{ name, words string }{Current: {"current", "current"}, Ended: {"ended", "ended"}}

const statusWant = "current or ended, or a status in the GIAS register, such as Open"

// RegisterStatuses iterates over the statuses in the register GIAS, each with the
// Status that it stands for. An open establishment is Current, even if its closure
// is proposed. An establishment that is not open is Ended.
func RegisterStatuses() iter.Seq2[string, Status] {
	return func(yield func(string, Status) bool) {
		_ = yield("Open", Current) && yield("Open, but proposed to close", Current) &&
			yield("Closed", Ended) && yield("Proposed to open", Ended)
	}
}

// ParseStatus returns the status that s stands for: current, ended, or one of
// the RegisterStatuses. For any other text it returns a *rule.Invalid of member
// "status".
func ParseStatus(s string) (Status, error) {
	for name, status := range RegisterStatuses() {
		if s == name {
			return status, nil
		}
	}
	return rule.Find[Status](len(statuses), s, "status", statusWant)
}

// String returns the text form of s, or "" for the zero Status.
func (s Status) String() string { return rule.Row(statuses[:], s).name }

// Words returns s in words that follow "the establishment is", such as "current".
func (s Status) Words() string { return rule.Row(statuses[:], s).words }

// MarshalText returns the text form of s.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a status as ParseStatus does. Empty text is the zero
// Status.
func (s *Status) UnmarshalText(text []byte) error { return rule.Unmarshal(text, s, ParseStatus) }
