package pep

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// Conversion is a school's becoming an academy.
type Conversion struct {
	Type      forms.GIAS // the type of academy
	DfENumber string     // the new one, as 888/4000; the same where it is kept, "" where it is not known yet
	URN       string     // the new one, or ""
}

// Convert returns the establishment after a conversion. CHG-3: academies are
// given a new DfE number and need financial information adding; until both are
// on record a payment is held, not lost (PAY-8), and delegating goes on as
// before. A type that is no academy's, and a number that is none, is a
// *rule.Invalid.
func (p *Policy) Convert(e record.Establishment, to Conversion) (record.Establishment, error) {
	if !p.latest().NeedsFinance.Has(to.Type) {
		return e, &rule.Invalid{Member: "gias", Want: "a type of establishment that is paid only with finance details"}
	}
	after := e
	after.Type, after.DfENumber, after.URN, after.Finance = to.Type, to.DfENumber, to.URN, false
	if err := after.Check(); err != nil {
		return e, err
	}
	return after, nil
}
