package record

import (
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
	_, isDfE := ParseDfENumber(e.DfENumber)
	_, isURN := ParseURN(e.URN)
	return check(
		member{e.Status.String() == "", "status", statusWant},
		member{!isDfE && e.DfENumber != "", "dfe", dfeWant},
		member{!isURN && e.URN != "", "urn", urnWant},
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

var statuses = [...]string{"", "current", "ended"}

const statusWant = "current or ended"

// ParseStatus returns the status whose text form is s: current or ended.
func ParseStatus(s string) (Status, error) {
	return rule.Named[Status](statuses[:], s, "status", statusWant)
}

// String returns the text form of s, or "" for neither.
func (s Status) String() string { return rule.Name(statuses[:], s) }

// MarshalText returns the text form of s.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the text form of a status. It refuses what ParseStatus
// refuses.
func (s *Status) UnmarshalText(text []byte) (err error) {
	*s, err = ParseStatus(string(text))
	return err
}
