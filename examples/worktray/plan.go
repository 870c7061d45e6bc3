package main

import (
	"slices"

	"github.com/google/uuid"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// planPage is a plan as its three tabs show it.
type planPage struct {
	workflow.View
	Here     string // the tab
	Snapshot pep.Snapshot
	Can      []act // the actions that the person can take
	Cannot   []cannot
	Sections []sectionLine
	Ready    preflight
	Portal   bool // whether the person is the designated teacher
	Links    []link
	Reads    bool // whether the person may read the sections
}

// act is an action that the person can take, with the address of its page.
type act struct {
	Verb  pep.Verb
	Where string
}

// cannot is an action that the person cannot take, with the reasons.
type cannot struct {
	Verb    pep.Verb
	Reasons []rule.Reason
}

// sectionLine is one section in a list.
type sectionLine struct {
	forms.Section
	State  delegation.State
	Star   bool
	Filled int
	NA     int
	Blank  []string // the texts of the questions that are blank
	Writes bool     // whether the person can write in it
}

// planPage returns the page of the plan that the address names.
func (c *call) planPage(tab string) (p planPage, err error) {
	v, err := c.look()
	if err != nil {
		return p, err
	}
	p = planPage{View: v, Here: tab, Snapshot: v.Plan.Snapshot(), Portal: c.me.Role == pep.DesignatedTeacher}
	p.Links, p.Reads = c.links(v), c.may(access.ReadAnswers)
	for _, o := range v.Options {
		if !o.Allowed() {
			p.Cannot = append(p.Cannot, cannot{o.Verb, o.Reasons})
		} else if where := pageOf(v, o.Verb); where != "" {
			p.Can = append(p.Can, act{o.Verb, where})
		}
	}
	return p, nil
}

// may reports whether there are cases in which the person's role may do a deed. It decides
// which links a page has; the service decides for each case.
func (c *call) may(d access.Deed) bool {
	table := access.Standard()
	return table.In(c.me.Role, d) != 0
}

// links are the links of a plan's page, apart from its actions.
func (c *call) links(v workflow.View) (all []link) {
	plan, child := "/plan/"+v.Plan.ID().String(), "/child/"+v.Plan.Child().String()
	for _, one := range [...]struct {
		deed access.Deed
		link
	}{
		{access.ReadAnswers, link{Href: plan + "/assessment", Text: "Read the sections"}},
		{access.ReadDocuments, link{Href: plan + "/documents", Text: "See the documents"}},
		{access.ReadHistory, link{Href: plan + "/history", Text: "Read the history"}},
		{access.Export, link{Href: plan + "/export", Text: "Export the plan as a document"}},
		{access.DecidePayment, link{Href: plan + "/payment", Text: "Decide on the payment of the plan"}},
		{access.AddRequest, link{Href: "/requests/new?plan=" + v.Plan.ID().String(), Text: "Ask the service desk about the plan"}},
	} {
		if c.may(one.deed) {
			all = append(all, one.link)
		}
	}
	if c.me.Role != pep.DesignatedTeacher && c.me.Role != pep.ServiceDesk {
		all = append(all, link{Href: child, Text: "See the child's other plans, documents and notes"})
	}
	return all
}

// pageOf returns the page on which an action is taken.
func pageOf(v workflow.View, verb pep.Verb) string {
	where := "/plan/" + v.Plan.ID().String()
	switch verb {
	case pep.VerbAnswer, pep.VerbSaveContribution:
		return where + "/assessment"
	case pep.VerbAttach:
		return where + "/documents"
	}
	return where + "/act/" + verb.String()
}

// forms is the first tab of a plan. It shows the state of the plan and what can be done.
func (c *call) forms() error {
	p, err := c.planPage("forms")
	if err != nil {
		return err
	}
	return c.ok("plan", "Plan for "+p.Plan.Term().String(), p)
}

// assessment is the tab that lists the sections.
func (c *call) assessment() error {
	p, err := c.planPage("assessment")
	if err == nil {
		p.Sections, err = c.sectionLines(p.View)
	}
	if err != nil {
		return err
	}
	return c.ok("plan", "Sections of the plan", p)
}

// preflight lists the contributors of an establishment and whether each can be chosen.
type preflight []checked

type checked struct {
	Name private.Text
	workflow.Preflight
	Has bool   // whether the contributor has the plan now
	Ask string // the page that asks the service desk about the account; "" if the person may not ask
}

// delegating are the actions on the delegation tab.
var delegating = [...]pep.Verb{
	pep.VerbDelegate, pep.VerbSaveContribution, pep.VerbSubmitContribution, pep.VerbChangeContributor, pep.VerbRetract,
	pep.VerbActivate, pep.VerbRedelegate, pep.VerbReassign, pep.VerbRestoreSections,
}

// delegate is the delegation tab.
func (c *call) delegate() error {
	p, err := c.planPage("delegate")
	if err != nil {
		return err
	}
	if p.Sections, err = c.sectionLines(p.View); err != nil {
		return err
	}
	if c.may(access.ReadRegister) && !p.Snapshot.Establishment.IsZero() {
		if p.Ready, err = c.ready(p.Snapshot); err != nil {
			return err
		}
	}
	p.Can = slices.DeleteFunc(p.Can, func(one act) bool { return !slices.Contains(delegating[:], one.Verb) })
	return c.ok("plan", "Delegation of the plan", p)
}

// acknowledge acknowledges an alert. If the alert is gone, somebody has already acknowledged it.
func (c *call) acknowledge() error {
	plan, err := c.planID()
	if err != nil {
		return err
	}
	alert, err := uuid.Parse(c.r.PathValue("alert"))
	if err != nil {
		return storage.ErrNotFound
	}
	if _, err := c.Plan(c.r.Context(), c.me.Actor, plan); err != nil {
		return err
	}
	err = c.Acknowledge(c.r.Context(), c.me.Actor, plan, alert)
	if err != nil && (workflow.KindOf(err) != workflow.NotFound || c.me.Role != pep.SocialWorker) {
		return err
	}
	return c.seeOther("/?done=acknowledged")
}
