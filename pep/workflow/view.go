package workflow

import (
	"context"
	"encoding/json"
	"errors"

	"virtualschool.example/delegation"
	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
)

// View is one version of a plan as one person sees it.
type View struct {
	Plan       *pep.PEP              `json:"-"`
	Policy     *pep.Policy           `json:"-"`                   // the policy that applies to the plan
	Child      private.Text          `json:"-"`                   // the child's name; zero if the register has none
	Place      string                `json:"-"`                   // the name of the establishment where the plan is; "" if the child is in none
	Options    []pep.Option          `json:"options"`             // every action of the workflow, allowed or refused for the person who looks
	Warnings   []pep.Warning         `json:"warnings"`            // warnings, each about something that is allowed but worth a second look
	Alerts     []storage.Message     `json:"alerts"`              // alerts to the social worker that nobody has acknowledged yet
	Blank      [][]string            `json:"blank"`               // section by section, the ids of the questions that are still blank
	Loss       pep.Loss              `json:"loss,omitzero"`       // how much a retract would lose; zero unless the plan is delegated
	Timeliness delegation.Timeliness `json:"timeliness,omitzero"` // the plan's progress against its due date; zero if it has no due date, or if the bank holidays are not published that far ahead
	Outlook    pep.Outlook           `json:"outlook,omitzero"`    // what the policy says about the plan today; LookAll leaves it zero
	Failed     *Error                `json:"failed,omitempty"`    // in a list, the reason why only the plan itself can be shown, such as a child's record that cannot be used
}

// MarshalJSON returns the view as an object. Its member plan is the plan's Snapshot,
// and each warning has code, rule and message.
func (v View) MarshalJSON() ([]byte, error) {
	type warning struct {
		Code    pep.Warning `json:"code"`
		Rule    rule.ID     `json:"rule"`
		Message string      `json:"message"`
	}
	type view View
	warnings := make([]warning, len(v.Warnings))
	for i, w := range v.Warnings {
		warnings[i] = warning{w, w.Rule(), w.Sentence()}
	}
	return json.Marshal(struct {
		Plan     pep.Snapshot `json:"plan"`
		Warnings []warning    `json:"warnings"`
		view
	}{v.Plan.Snapshot(), warnings, view(v)})
}

// Plan returns a plan as it was last saved. It returns storage.ErrNotFound in the
// same cases as Look does.
func (s *Service) Plan(ctx context.Context, by Actor, id pep.ID) (p *pep.PEP, err error) {
	err = s.run(ctx, errand{by: by, about: aPlan, name: "plan", deed: access.ReadPlan, plan: id}, func(_ *visit, found *pep.PEP) error {
		p = found
		return nil
	})
	return p, err
}

// Look returns a plan as the actor sees it, with the actions that they can take and,
// for each of the others, the reasons why not. A Command that follows must have the
// version of View.Plan as Seen. Look returns storage.ErrNotFound if the plan does not
// exist, or if the actor may not see it. It enters such a denial in the audit trail of
// a store that keeps one.
//
// Look does not know to whom a plan would be handed. To judge an action that hands
// the plan over, it assumes a contributor of the establishment who can be chosen, if
// there is one. It judges repin by the current policy. It assumes that a waiver or a
// reason will be given if one is needed.
func (s *Service) Look(ctx context.Context, by Actor, id pep.ID) (found View, err error) {
	err = s.run(ctx, errand{by: by, about: aPlan, name: "look", deed: access.ReadPlan, plan: id}, func(v *visit, p *pep.PEP) error {
		if found, err = v.view(p); err != nil {
			return err
		}
		if found.Outlook, err = v.outlook(p, found.Policy); err != nil {
			return err
		}
		one := []View{found}
		err := v.alert(one)
		found = one[0]
		return err
	})
	return found, err
}

// views returns the given plans as the actor sees them, and leaves out any plan that
// the actor may not see.
func (v *visit) views(plans []*pep.PEP) (views []View, err error) {
	if err := v.known.read(v.ctx, plans); err != nil {
		return nil, err
	}
	if err := v.known.readOthers(v.ctx, v.r, plans); err != nil {
		return nil, err
	}
	views = make([]View, 0, len(plans))
	for _, p := range plans {
		if v.may, err = v.permission(p.Child(), p); err != nil {
			return nil, err
		}
		if !v.may.see() {
			continue
		}
		one, err := v.view(p)
		if err != nil && !ofOne(err) {
			return nil, err
		}
		if err != nil {
			one = unreadable(p, &Error{Op: "look", Plan: p.ID(), Err: ofRecord(err)})
		}
		views = append(views, one)
	}
	return views, v.alert(views)
}

// unreadable returns the view of a plan about which nothing else can be shown.
func unreadable(p *pep.PEP, why *Error) View {
	return View{Plan: p, Options: []pep.Option{}, Warnings: []pep.Warning{}, Alerts: []storage.Message{}, Blank: [][]string{}, Failed: why}
}

// ofOne reports whether an error concerns only one plan or child, so that a list can
// continue without it.
func ofOne(err error) bool {
	kind := KindOf(ofRecord(err))
	return kind == Damaged || kind == Invalid || kind == NotFound || kind == Refused
}

// view returns a plan as the actor sees it, without its alerts and its outlook.
func (v *visit) view(p *pep.PEP) (found View, err error) {
	found = View{Plan: p, Warnings: []pep.Warning{}, Alerts: []storage.Message{}, Blank: p.Blank(), Loss: p.Loss()}
	if found.Policy, err = v.policy(p, 0); err != nil {
		return found, err
	}
	act, err := v.actUnder(found.Policy, p, nil, p.NeedsToLook()|pep.ChildFact|pep.EstablishmentFact)
	if err != nil {
		return found, err
	}
	found.Child = act.Facts.Child.Name
	if act.Facts.Establishment != nil {
		found.Place = act.Facts.Establishment.Name
	}
	if found.Options, err = v.options(p, act); err != nil {
		return found, err
	}
	warnings, err := p.Warnings(act)
	if err != nil {
		return found, err
	}
	found.Warnings = append(found.Warnings, warnings...)
	found.Timeliness, err = p.Timeliness(act)
	return found, err
}

// options returns every action of the workflow, allowed or refused. An action is
// refused if there is an objection to it.
func (v *visit) options(p *pep.PEP, act *pep.Act) ([]pep.Option, error) {
	options, err := p.Options(act)
	if err != nil {
		return nil, err
	}
	current := *act
	current.Policy = v.c.Policy // the policy to which the plan would be re-pinned
	if options[pep.VerbRepin-1], err = p.Option(&current, pep.VerbRepin); err != nil {
		return nil, err
	}
	for i := range options {
		code, err := v.objection(p, options[i].Verb)
		if err != nil {
			return nil, err
		}
		if verb := options[i].Verb; code != 0 {
			options[i] = pep.Option{Verb: verb, Reasons: []rule.Reason{verb.Refused(code)}}
		}
	}
	return options, nil
}

// alert adds to each view the alerts about its plan.
func (v *visit) alert(views []View) error {
	of := make(map[pep.ID]*View, len(views))
	plans := make([]*pep.PEP, len(views))
	for i := range views {
		plans[i] = views[i].Plan
		of[plans[i].ID()] = &views[i]
	}
	all, err := v.alerts(distinctOf(plans, (*pep.PEP).Child))
	for _, a := range all {
		if view := of[a.Plan]; view != nil {
			view.Alerts = append(view.Alerts, a)
		}
	}
	return err
}

// alerts returns the alerts about some children that nobody has acknowledged. If the
// alerts of the whole caseload were read before, it returns all of those. If the
// store keeps no alerts, it returns an empty list.
func (v *visit) alerts(about []record.ChildID) (all []storage.Message, err error) {
	if v.alerted != nil {
		return v.alerted, nil
	}
	from, err := storage.AlertsOf(v.r)
	if errors.Is(err, storage.ErrNoRole) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	all = []storage.Message{}
	for a, err := range from.Alerts(v.ctx, about...) {
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}
