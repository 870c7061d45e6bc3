package pep

import (
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
)

// Attach adds a document to the plan. DOC-1: whoever holds the plan attaches to
// it, and a retract does not remove the document. Its bytes are kept elsewhere.
type Attach struct {
	Name private.Text
	Size int64 // bytes
}

// Verb returns VerbAttach.
func (Attach) Verb() Verb { return VerbAttach }

func (a Attach) do(p *PEP, by *Act) error {
	var reasons rule.Reasons
	t, err := p.begin(by, VerbAttach, &reasons)
	if err != nil {
		return err
	}
	if a.Size < 0 {
		return &rule.Invalid{Member: "size", Want: "a number of bytes"}
	}
	if reasons.Empty() {
		needText(&reasons, rule.DOC1, a.Name)
	}
	if err := reasons.Err(VerbAttach.String()); err != nil {
		return err
	}
	e := p.event(by, t)
	e.Size = a.Size
	p.recordText(&e, a.Name)
	return nil
}
