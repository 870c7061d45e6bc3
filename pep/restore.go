package pep

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// RestoreSections brings back what the latest retract cleared. The plan stays a
// draft. DELEG-6: the service desk restores the content, with a reason, before the
// sealed days are over and only if nothing has been written since the retract.
type RestoreSections struct{ Reason private.Text }

// Verb returns VerbRestoreSections.
func (RestoreSections) Verb() Verb { return VerbRestoreSections }

func (a RestoreSections) do(p *PEP, by *Act) error {
	var reasons rule.Reasons
	t, err := p.begin(by, VerbRestoreSections, &reasons)
	if err != nil {
		return err
	}
	if t.Verb != 0 {
		needText(&reasons, rule.DELEG6, a.Reason)
	}
	if err := reasons.Err(VerbRestoreSections.String()); err != nil {
		return err
	}
	e := p.event(by, t)
	e.Restores = p.s.Retracted.Version
	return p.recordText(&e, "reason", a.Reason)
}

func (p *PEP) mayRestore(by *Act, reasons *rule.Reasons) {
	switch r := &p.s.Retracted; {
	case r.Filled == [forms.MaxSections]forms.Filled{}:
		reasons.Add(rule.DELEG6, rule.NothingToRestore)
	case !by.On.Before(r.Until):
		reasons.AddReason(rule.Reason{Rule: rule.DELEG6, Code: rule.SealedTimeOver, On: r.Until})
	}
}

func (s *Snapshot) restore(*Event) { s.Filled, s.Retracted = s.Retracted.Filled, Retracted{} }

// Retracted describes what the latest retract of a plan cleared. A plan keeps it
// until something is written or the content is restored. The zero Retracted means
// that nothing can be restored.
type Retracted struct {
	Version int64                           `json:"retracted,omitzero"`       // the plan's version after the retract
	Until   civil.Date                      `json:"sealedUntil,omitzero"`     // the first day on which the content can no longer be restored
	Filled  [forms.MaxSections]forms.Filled `json:"retractedFilled,omitzero"` // which boxes were filled before the retract
}

// retractedFits reports whether Retracted fits the rest of the plan.
func (s *Snapshot) retractedFits(t *forms.Template) bool {
	r := &s.Retracted
	return *r == Retracted{} ||
		0 < r.Version && r.Version <= s.Version && !r.Until.IsZero() && (s.Stage == Draft || s.Stage > Finalised) &&
			s.Filled == [forms.MaxSections]forms.Filled{} && known(t, r.Filled)
}
