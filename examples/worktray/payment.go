package main

import (
	"net/http"

	"github.com/google/uuid"

	"virtualschool.example/pep/access"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// payments shows what a payment run for a term would pay today.
func (c *call) payments() error {
	t, err := c.term()
	if err != nil {
		return err
	}
	run, err := c.PreviewPayments(c.r.Context(), c.me.Actor, t.Term)
	if err != nil {
		return err
	}
	p, err := c.paid(run)
	if err != nil {
		return err
	}
	return c.ok("payments", "Payment run for "+t.Term.String(), struct {
		termPage
		paidPage
		Pays bool
	}{t, p, c.may(access.Pay) && len(run.Lines) > 0})
}

// paidPage is a payment run with the names of the children.
type paidPage struct {
	workflow.PaymentRun
	Names map[record.ChildID]string
}

// paid returns the page that shows a payment run.
func (c *call) paid(run workflow.PaymentRun) (paidPage, error) {
	p := paidPage{run, map[record.ChildID]string{}}
	views, err := c.plansOf(c.r.Context(), everything())
	for _, v := range views {
		p.Names[v.Plan.Child()] = name(v.Child)
	}
	return p, err
}

// pay makes the payment run. A second run does not repeat any payment.
func (c *call) pay() error {
	t, err := c.term()
	if err != nil {
		return err
	}
	run, err := c.Pay(c.r.Context(), c.me.Actor, t.Term)
	if err != nil {
		return err
	}
	p, err := c.paid(run)
	if err == nil {
		c.show(http.StatusOK, "paid", page{Title: "The payment run has been made", Body: p})
	}
	return err
}

// decidePayment records the Virtual School Head's decision on the payment of a plan.
func (c *call) decidePayment() (f form, do func(*input, uuid.UUID) (string, error), err error) {
	id, err := c.planID()
	if err == nil && !c.may(access.DecidePayment) {
		err = storage.ErrNotFound
	}
	if err == nil {
		_, err = c.Plan(c.r.Context(), c.me.Actor, id)
	}
	f = form{Title: "Decide on the payment of the plan", Button: "Save the decision", Back: "/plan/" + id.String(),
		Lead: []string{"Payment runs follow this decision from today."},
		Fields: []field{
			{Name: "verdict", Label: "What is decided?", Kind: radios, Choices: []choice{{Value: "payable", Label: "Pay"}, {Value: "held", Label: "Hold"}}},
			reason,
		}}
	return f, func(in *input, _ uuid.UUID) (string, error) {
		verdict, err := payment.ParseVerdict(in.Get("verdict"))
		if err != nil {
			in.fault("verdict", "either Pay or Hold")
		}
		if err := in.err(); err != nil {
			return "", err
		}
		return f.Back + "?done=decided", c.DecidePayment(c.r.Context(), c.me.Actor, payment.Discretion{Plan: id, Verdict: verdict, Reason: in.text("reason")})
	}, err
}
