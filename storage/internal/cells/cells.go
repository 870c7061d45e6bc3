// Package cells tries every cell of the access table on a store: each deed in each role,
// with each relation to the case and with no relation.
package cells

import (
	"context"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// Require requires that a service over the store lets each actor do exactly what the
// table permits. If an actor may not see the plan, the service must behave as if the
// plan did not exist. Require returns how many cells it tried.
func Require(t testing.TB, store storage.Plans) (tried int) {
	t.Helper()
	b := board{t: t, store: store, ctx: context.Background(), table: access.Standard()}
	b.child = peptest.Child(1).ID
	b.plan = b.found()
	for role := range pep.AllRoles() {
		for d := range access.AllDeeds() {
			for _, have := range relations() {
				b.try(peptest.Actor(role), d, have)
				tried++
			}
		}
	}
	return tried
}

// relations returns the empty set of relations, and then a set for each single relation.
func relations() (all []access.Relations) {
	all = append(all, 0)
	for r := range access.AllRelations() {
		all = append(all, access.Of(r))
	}
	return all
}

// board holds the plan on which every cell is tried.
type board struct {
	t     testing.TB
	store storage.Plans
	ctx   context.Context
	table access.Table
	child record.ChildID
	plan  *pep.PEP
}

// service returns a service in which everybody has the given relations.
func (b *board) service(have access.Relations) *workflow.Service {
	clock := peptest.Clock{}
	clock.Noon(peptest.Meeting())
	s, err := workflow.New(workflow.Config{
		Plans: b.store, Now: clock.Now,
		Relation: func(context.Context, workflow.Case) (access.Relations, error) { return have, nil },
	})
	require.NoError(b.t, err)
	return s
}

// found puts the child into the store's register, and brings a plan to the stage
// Returned.
func (b *board) found() *pep.PEP {
	s := b.service(0xFF)
	peptest.Put(b.t, s, peptest.Child(1))
	return peptest.Bring(b.t, s, b.child, peptest.Meeting(), pep.Returned)
}

// try tries one cell.
func (b *board) try(by workflow.Actor, d access.Deed, have access.Relations) {
	s, cell := b.service(have), by.Role.String()+" "+d.String()
	err := b.do(s, by, d)
	switch {
	case d.Verb() == 0 && !b.table.Permits(by.Role, d, have), !b.table.Permits(by.Role, access.ReadPlan, have) && ofPlan(d):
		require.ErrorIs(b.t, err, storage.ErrNotFound, cell)
		require.Equal(b.t, workflow.NotFound, workflow.KindOf(err), cell)
		require.Empty(b.t, rule.InvalidMember(err), cell)
	case d.Verb() != 0 && b.table.In(by.Role, d) != 0 && !b.table.Permits(by.Role, d, have):
		require.True(b.t, notPermitted(err), "%s: %v", cell, err)
	default:
		require.False(b.t, notPermitted(err) || workflow.KindOf(err) == workflow.NotFound, "%s: %v", cell, err)
	}
}

// ofPlan reports whether a deed is about a plan, which the actor must be able to see.
func ofPlan(d access.Deed) bool {
	switch d {
	case access.ReadPlan, access.ReadHistory, access.ReadAnswers, access.ReadDocuments, access.Export, access.Acknowledge, access.DecidePayment:
		return true
	}
	return d.Verb() != 0
}

// notPermitted reports whether an error refuses an action because the actor's relation
// to the case does not permit it.
func notPermitted(err error) bool {
	refusal, ok := err.(*workflow.Error)
	if !ok {
		return false
	}
	no, ok := refusal.Err.(*rule.Refusal)
	return ok && no.Code() == rule.NotPermitted
}

// do performs one deed. If the deed is an action, the command names a version that the
// plan does not have, so that nothing changes.
func (b *board) do(s *workflow.Service, by workflow.Actor, d access.Deed) error {
	if v := d.Verb(); v != 0 {
		return b.act(s, by, v)
	}
	id, words, t := b.plan.ID(), private.NewText("Tried"), b.plan.Term()
	reads := func(c workflow.Reading) error { return nil }
	order := workflow.ExportOrder{Purpose: workflow.ForReview, Recipient: words, All: true}
	everything := storage.RequestQuery{Scope: storage.Everything()}
	return map[access.Deed]func() error{
		access.ReadPlan:       func() error { _, err := s.Look(b.ctx, by, id); return err },
		access.ReadHistory:    func() error { return s.Read(b.ctx, by, id, d, reads) },
		access.ReadAnswers:    func() error { return s.Read(b.ctx, by, id, d, reads) },
		access.ReadDocuments:  func() error { return s.Read(b.ctx, by, id, d, reads) },
		access.Export:         func() error { _, err := s.Export(b.ctx, by, id, order); return err },
		access.ReadNotes:      func() error { _, err := s.Notes(b.ctx, by, b.child); return err },
		access.AddNote:        func() error { _, err := s.AddNote(b.ctx, by, record.Note{Child: b.child, Text: words}); return err },
		access.Acknowledge:    func() error { return b.acknowledge(s, by) },
		access.ListMissing:    func() error { return b.missing(s, by) },
		access.ReadPayments:   func() error { _, err := s.PreviewPayments(b.ctx, by, t); return err },
		access.Pay:            func() error { _, err := s.Pay(b.ctx, by, t); return err },
		access.DecidePayment:  func() error { return b.decide(s, by) },
		access.ReadRequests:   func() error { _, err := s.Requests(b.ctx, by, everything); return err },
		access.AddRequest:     func() error { return b.request(s, by) },
		access.AnswerRequest:  func() error { return b.answer(s, by) },
		access.ReadRegister:   func() error { _, err := s.Preflight(b.ctx, by, peptest.Teacher().ID); return err },
		access.ChangeRegister: func() error { return s.Enter(b.ctx, by, workflow.Entries{}) },
		access.ChangeChildren: func() error {
			return s.Enter(b.ctx, by, workflow.Entries{Children: []record.Child{peptest.Child(3)}})
		},
	}[d]()
}

// act issues a command with the verb v.
func (b *board) act(s *workflow.Service, by workflow.Actor, v pep.Verb) error {
	c := workflow.Command{Key: storage.Key(uuid.NewString()), By: by, Plan: b.plan.ID(), Seen: 1 << 40, Do: actions[v]}
	switch v {
	case pep.VerbStartInitial:
		c.Plan, c.Seen, c.Do = pep.ID{}, 0, pep.StartInitial{Child: b.child, Meeting: peptest.Meeting()}
	case pep.VerbStartSubsequent:
		c.Plan, c.Seen, c.Do = pep.ID{}, 0, pep.StartSubsequent{Child: b.child, Meeting: peptest.Meeting()}
	}
	_, err := s.Do(b.ctx, c)
	return err
}

// actions holds an action for each verb, except those that start a plan.
var actions = [...]pep.Action{
	pep.VerbAnswer: pep.Answer{}, pep.VerbRescheduleMeeting: pep.RescheduleMeeting{}, pep.VerbAttach: pep.Attach{},
	pep.VerbDelegate: pep.Delegate{}, pep.VerbSaveContribution: pep.SaveContribution{}, pep.VerbSubmitContribution: pep.SubmitContribution{},
	pep.VerbChangeContributor: pep.ChangeContributor{}, pep.VerbRetract: pep.Retract{}, pep.VerbActivate: pep.Activate{},
	pep.VerbRedelegate: pep.Redelegate{}, pep.VerbReassign: pep.Reassign{}, pep.VerbSendForGrading: pep.SendForGrading{},
	pep.VerbAwardGrade: pep.AwardGrade{}, pep.VerbReturnForAmendment: pep.ReturnForAmendment{}, pep.VerbFinalise: pep.Finalise{},
	pep.VerbRevise: pep.Revise{}, pep.VerbReopen: pep.Reopen{}, pep.VerbRestoreSections: pep.RestoreSections{},
	pep.VerbDelete: pep.Delete{}, pep.VerbCease: pep.Cease{}, pep.VerbCarryForward: pep.CarryForward{}, pep.VerbRepin: pep.Repin{},
}

// acknowledge acknowledges an alert about the plan. If that succeeds, it makes another
// plan with an alert, for the next actor.
func (b *board) acknowledge(s *workflow.Service, by workflow.Actor) error {
	view, err := s.Look(b.ctx, by, b.plan.ID())
	if err != nil {
		return err
	}
	alert := uuid.New()
	if len(view.Alerts) > 0 {
		alert = view.Alerts[0].ID
	}
	if err = s.Acknowledge(b.ctx, by, b.plan.ID(), alert); err == nil {
		b.plan = peptest.Bring(b.t, b.service(0xFF), b.next(), peptest.Meeting(), pep.Returned) // the next plan has an alert
	}
	return err
}

// next puts another child into the register and makes it the board's child.
func (b *board) next() record.ChildID {
	c := peptest.Child(2)
	c.ID = record.ChildID{UUID: uuid.New()}
	peptest.Put(b.t, b.service(0xFF), c)
	b.child = c.ID
	return c.ID
}

func (b *board) missing(s *workflow.Service, by workflow.Actor) error {
	for _, err := range s.Missing(b.ctx, by, b.plan.Term()).All() {
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *board) decide(s *workflow.Service, by workflow.Actor) error {
	return s.DecidePayment(b.ctx, by, payment.Discretion{Plan: b.plan.ID(), Verdict: payment.Held, Reason: private.NewText("To be looked at")})
}

func (b *board) request(s *workflow.Service, by workflow.Actor) error {
	_, err := s.AddRequest(b.ctx, by, record.Request{Kind: record.TechnicalIssue, Description: private.NewText("The portal is slow")})
	return err
}

// answer makes a request and answers it.
func (b *board) answer(s *workflow.Service, by workflow.Actor) error {
	id, err := b.service(0xFF).AddRequest(b.ctx, peptest.Actor(pep.SocialWorker), record.Request{
		Kind: record.TechnicalIssue, Description: private.NewText("The portal is slow"),
	})
	require.NoError(b.t, err)
	return s.AnswerRequest(b.ctx, by, id, private.NewText("It was restarted"))
}
