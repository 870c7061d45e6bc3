package pep

import (
	"slices"

	"virtualschool.example/pep/rule"
)

// Option says whether a verb can be taken now and, if not, why not.
type Option struct {
	Verb    Verb          `json:"verb"`
	To      Stage         `json:"to,omitzero"` // the stage after the action, or None if it is refused; for AwardGrade, the stage after a green or amber grade
	Reasons []rule.Reason `json:"reasons"`     // the reasons against it; empty if allowed
}

// Allowed reports whether the verb can be taken, provided that its input is right.
func (o Option) Allowed() bool { return len(o.Reasons) == 0 }

// Options returns an option for every verb, in order. Each option is either
// allowed or lists the reasons against it that do not depend on the action's
// input. Options returns a *rule.Invalid if the act is unusable.
func (p *PEP) Options(by *Act) ([]Option, error) {
	options := make([]Option, 0, len(verbs)-1)
	for v := range AllVerbs() {
		o, err := p.Option(by, v)
		if err != nil {
			return nil, err
		}
		options = append(options, o)
	}
	return options, nil
}

// Option returns the option for one verb, as Options does.
func (p *PEP) Option(by *Act, v Verb) (Option, error) {
	var reasons rule.Reasons
	t, err := p.begin(by, v, &reasons)
	if err != nil {
		return Option{}, err
	}
	if reasons.Empty() && t.From == None {
		if err := by.mayStartSoon(&reasons); err != nil {
			return Option{}, err
		}
	}
	if !reasons.Empty() {
		t.To = None
	}
	return Option{Verb: v, To: t.To, Reasons: slices.Clone(reasons.List())}, nil
}

// Blank returns, section by section, the ids of the questions that are still
// blank; the first section is at index 0.
func (p *PEP) Blank() [][]string {
	blank := make([][]string, p.s.sections())
	for i := range blank {
		for id := range p.template().Missing(i+1, p.s.Filled[i]) {
			blank[i] = append(blank[i], id)
		}
	}
	return blank
}
