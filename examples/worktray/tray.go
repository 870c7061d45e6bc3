package main

import (
	"context"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// trayPage is a work tray or, for a role without a tray, the plans that the person may read.
type trayPage struct {
	Rows   []trayRow
	Alerts []alert
	Failed int
	Away   []trayRow // the social worker's plans that are with other people now
	Own    bool      // whether it is a work tray
	Role   pep.Role
}

// trayRow is a plan in a tray.
type trayRow struct {
	workflow.View
	Since civil.Date
	Can   []string // what can be done next, in words
}

// alert is a message that somebody acknowledges.
type alert struct {
	storage.Message
	Says string
	Name string
}

// hasTray reports whether a role has a work tray.
func hasTray(r pep.Role) bool {
	return roles(pep.SocialWorker, pep.DesignatedTeacher, pep.BusinessSupport, pep.VirtualSchoolConsultant).Has(r)
}

// tray shows the signed-in person's work tray, the newest arrival first.
func (c *call) tray() error {
	p := trayPage{Own: hasTray(c.me.Role), Role: c.me.Role}
	var err error
	if p.Own {
		err = c.fillTray(&p)
	} else {
		err = c.fillPlans(&p)
	}
	if err != nil {
		return err
	}
	title := "Plans that you may read"
	if p.Own {
		title = "Your work tray"
	}
	for _, rows := range [...][]trayRow{p.Rows, p.Away} {
		slices.SortStableFunc(rows, func(a, b trayRow) int { return b.Since.Compare(a.Since) })
	}
	return c.ok("tray", title, p)
}

// add adds a plan to the tray. A social worker's plan that is with somebody else goes to Away.
func (p *trayPage) add(v workflow.View) {
	if v.Failed != nil {
		p.Failed++
		return
	}
	to := &p.Rows
	if p.Role == pep.SocialWorker && v.Plan.Tray() != pep.SocialWorkerTray {
		to = &p.Away
	}
	row := trayRow{View: v, Since: v.Plan.Snapshot().Since}
	for _, o := range v.Options {
		if o.Allowed() {
			row.Can = append(row.Can, o.Verb.Words())
		}
	}
	*to = append(*to, row)
}

// fillTray reads every page of a work tray.
func (c *call) fillTray(p *trayPage) error {
	names := map[pep.ID]string{}
	for q := (workflow.TrayQuery{Limit: workflow.MaxPage}); ; {
		one, err := c.Tray(c.r.Context(), c.me.Actor, q)
		if err != nil {
			return err
		}
		for _, v := range one.Views {
			p.add(v)
			names[v.Plan.ID()] = name(v.Child)
		}
		for _, m := range one.Alerts {
			p.Alerts = append(p.Alerts, alert{m, says(m), ""})
		}
		p.Failed += len(one.Failed)
		if q.After = one.Next; q.After.IsZero() {
			break
		}
	}
	for i := range p.Alerts {
		a := &p.Alerts[i]
		if a.Name = names[a.Plan]; a.Name == "" {
			v, err := c.Look(c.r.Context(), c.me.Actor, a.Plan)
			if err != nil {
				return err
			}
			a.Name = name(v.Child)
		}
	}
	slices.SortStableFunc(p.Alerts, func(a, b alert) int { return b.At.Compare(a.At) })
	if p.Role != pep.SocialWorker {
		return nil
	}
	away, err := c.plansOf(c.r.Context(), storage.Query{Scope: storage.Everything(), Stages: []pep.Stage{pep.Delegated, pep.Checking, pep.Grading}})
	for _, v := range away {
		p.add(v)
	}
	return err
}

// fillPlans reads the plans that a person without a tray may see.
func (c *call) fillPlans(p *trayPage) error {
	views, err := c.plansOf(c.r.Context(), everything())
	for _, v := range views {
		p.add(v)
	}
	return err
}

// plansOf returns every plan that a query selects and the person may see.
func (c *call) plansOf(ctx context.Context, q storage.Query) (all []workflow.View, err error) {
	for q.Limit = workflow.MaxPage; ; {
		some, err := c.LookAll(ctx, c.me.Actor, q)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
		sound := slices.DeleteFunc(slices.Clone(some), func(v workflow.View) bool { return v.Failed != nil })
		if len(sound) < q.Limit {
			return all, nil
		}
		q.After = storage.PlaceOf(sound[len(sound)-1].Plan)
	}
}

// says returns the words that the council's process book uses for an alert.
func says(m storage.Message) string {
	n, err := pep.ParseNotice(m.Kind)
	switch {
	case n == pep.NoticeReturned:
		return "Delegated section"
	case err != nil:
		return capital(m.Kind)
	}
	return capital(n.Words())
}

// everything selects every plan that the person may see.
func everything() storage.Query { return storage.Query{Scope: storage.Everything()} }
