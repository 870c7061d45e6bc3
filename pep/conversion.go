package pep

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// Conversion is a school's change into an academy.
type Conversion struct {
	Type      forms.GIAS // the type of academy
	DfENumber string     // the DfE number after the conversion, such as 888/4000; "" if it is not known yet
	URN       string     // the URN after the conversion; "" if it is not known yet
}

// Convert returns the establishment after a conversion. CHG-3: an academy has a
// new DfE number and needs finance details; until both are on record, a payment is
// held and not lost (PAY-8), and plans can be delegated to the establishment as
// before. Convert returns a *rule.Invalid if the type needs no finance details, or
// if a number is malformed.
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
