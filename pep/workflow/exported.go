package workflow

import (
	"context"
	"time"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// Exported is one plan as it leaves the system: the parts that an order allows, all from
// one version. Package export writes it as a document.
type Exported struct {
	Order         ExportOrder
	By            pep.Role  // the role of the person who exported it
	At            time.Time // the time of the export, in the authority's zone
	Plan          *pep.PEP
	Policy        *pep.Policy           // the policy that applies to the plan
	Establishment string                // the name of the establishment where the plan is; "" for a child in no establishment
	Child         private.Text          // the child's name; zero unless the order says Named
	Answers       map[int]forms.Answers // the answers of each section that the order names, by section number
}

// Export returns one plan for somebody to take out of the system. In a store that
// keeps an audit trail, the transaction that reads the plan also enters the export
// there, as storage.Exported. If the entry fails, Export returns nothing. The name
// of the entry is "export_" followed by the purpose, such as "export_court". No
// entry holds the recipient.
//
// Export returns storage.ErrNotFound if the plan does not exist, or if the actor may not
// export it or may not read its answers. The audit trail has an entry for this denial
// too. It returns a *rule.Invalid for an order that Check refuses, for a section that
// the form does not have, and for an order that sets Named if the register has no name
// for the child. If a young person at key stage 5 withholds consent to share, Export
// refuses an export for the school (DELEG-9).
func (s *Service) Export(ctx context.Context, by Actor, plan pep.ID, o ExportOrder) (x Exported, err error) {
	if err := o.Check(); err != nil {
		return x, wrap("export", plan, err)
	}
	e := errand{by: by, about: aPlan, name: o.name(), deed: access.Export, plan: plan, acts: true}
	err = s.run(ctx, e, func(v *visit, p *pep.PEP) error {
		x, err = v.export(p, o)
		return err
	})
	if err != nil {
		return Exported{}, err
	}
	return x, nil
}

// export returns the parts of a plan that an order allows.
func (v *visit) export(p *pep.PEP, o ExportOrder) (x Exported, err error) {
	x = Exported{Order: o, By: v.by.Role, At: v.c.Now().In(v.c.Zone), Plan: p, Answers: map[int]forms.Answers{}}
	sections, err := o.of(forms.TemplateOf(p.Type()).Len())
	if err != nil {
		return x, err
	}
	if x.Policy, err = v.policy(p, 0); err != nil {
		return x, err
	}
	act, err := v.actUnder(x.Policy, p, nil, pep.ChildFact|pep.EstablishmentFact)
	if err != nil {
		return x, err
	}
	if err := x.identify(&act.Facts); err != nil {
		return x, err
	}
	for n := range forms.MaxSections + 1 {
		if !sections.Has(n) {
			continue
		}
		if x.Answers[n], err = v.r.Answers(v.ctx, p.ID(), n, p.Snapshot().Revision); err != nil {
			return x, err
		}
	}
	return x, nil
}

// identify fills in the child and the establishment. It refuses an export for the
// school if a young person at key stage 5 withholds consent to share (DELEG-9).
func (x *Exported) identify(f *pep.Facts) error {
	if x.Order.Purpose == ForSchool && x.Plan.Type() == forms.KeyStage5 && f.Child.Consent == record.Withheld {
		return rule.Refuse(x.Order.name(), rule.Reason{Rule: rule.DELEG9, Code: rule.ConsentWithheld})
	}
	if f.Establishment != nil {
		x.Establishment = f.Establishment.Name
	}
	if x.Order.Named {
		x.Child = f.Child.Name
	}
	return rule.Need(!x.Order.Named || !x.Child.IsZero(), "named", "false, because the register has no name for the child")
}
