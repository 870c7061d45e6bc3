package pep

import (
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// Attach adds a document to the plan. DOC-1: whoever has the plan can do so,
// and a retract does not remove the document. The bytes are kept elsewhere. A
// contributor must still be allowed by PRE-1, PRE-2 and DELEG-2.
type Attach struct {
	Name private.Text
	Size int64 // the size in bytes, at most record.MaxFileSize
}

// Verb returns VerbAttach.
func (Attach) Verb() Verb { return VerbAttach }

func (a Attach) do(p *PEP, by *Act) error {
	var reasons rule.Reasons
	t, err := p.begin(by, VerbAttach, &reasons)
	if err != nil {
		return err
	}
	if reasons.Empty() && blank(a.Name) {
		reasons.Add(rule.DOC1, rule.BlankName)
	}
	if err := reasons.Err(VerbAttach.String()); err != nil {
		return err
	}
	if err := (record.Attachment{Name: a.Name, Size: a.Size}).Check(); err != nil {
		return err
	}
	e := p.event(by, t)
	e.Size = a.Size
	return p.recordText(&e, "name", a.Name)
}
