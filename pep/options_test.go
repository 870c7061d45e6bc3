package pep_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// register returns f and variants of it. Each variant changes what is known about the
// child, the establishment, the contributor, the grading or the child's other plans.
// Some variants are only for a plan that is not started.
func register(at pep.Stage, f pep.Facts) (all []pep.Facts) {
	but := func(change func(*pep.Facts)) {
		changed := f
		where, who := *f.Establishment, *f.Contributor
		changed.Establishment, changed.Contributor = &where, &who
		change(&changed)
		all = append(all, changed)
	}
	but(func(*pep.Facts) {})
	but(nowhere)
	but(func(f *pep.Facts) { f.Contributor = nil })
	but(func(f *pep.Facts) { f.Establishment.Status = record.Ended })
	but(func(f *pep.Facts) { f.Establishment.ID, f.Contributor.Establishment = otherID, otherID })
	but(func(f *pep.Facts) { f.Contributor.Establishment = otherID })
	but(func(f *pep.Facts) { f.Contributor.Active = false })
	but(func(f *pep.Facts) { f.Contributor.ID = deputyID })
	but(func(f *pep.Facts) { f.Contributor.ID, f.Contributor.Active = deputyID, false })
	but(func(f *pep.Facts) { f.Contributor.ID = deputyID; f.Contributor.Actioned = instant("2026-04-20") })
	but(func(f *pep.Facts) { f.OtherOpen = true })
	but(func(f *pep.Facts) {
		f.Previous = &pep.Previous{Plan: planID, Started: on("2025-09-10"), Next: on("2026-01-14")}
	})
	but(func(f *pep.Facts) { f.Grading.Required = true })
	if at == pep.None { // whether the meeting of an open plan can be moved depends on the term that it is moved to
		but(func(f *pep.Facts) { f.Child.Care = record.Care{} })
		but(func(f *pep.Facts) { f.CeasedOn = on("2026-01-10") })
	}
	return all
}

// TestOptionsAreWhatDoDoes checks that Options and Do agree, including the stage and the
// reasons, in every reachable state, for every role, every action with all its input, and
// every state of the register.
func TestOptionsAreWhatDoDoes(t *testing.T) {
	t.Parallel()
	for _, in := range everywhere() {
		t.Run(in.name, func(t *testing.T) {
			t.Parallel()
			seen, compared := map[state]bool{}, 0
			for st, n := range search(t, in) {
				if st.due, st.byDefault = false, false; seen[st] {
					continue
				}
				seen[st] = true
				for _, day := range days[:2] {
					c := cell{form: in.form, of: n.snapshot.Term, today: on(day)}
					compared += requireOptions(t, n, c, register(n.stage, in.facts[0]))
				}
			}
			require.Greater(t, compared, 100_000)
			t.Logf("%d options compared", compared)
		})
	}
}

// requireOptions compares the options of every role with what Do does, and returns how
// many options it compared.
func requireOptions(t *testing.T, n *node, c cell, register []pep.Facts) (compared int) {
	t.Helper()
	start, actions := n.plan(t), actionsOf(c)
	for _, facts := range register {
		for role := range pep.AllRoles() {
			by := actOn(revisions[max(n.snapshot.Policy, 1)], role, c.today, facts)
			options, err := start.Options(by)
			require.NoError(t, err)
			for i, o := range options {
				if compared++; !agrees(*start, by, o, actions[i]) {
					p := *start
					require.Failf(t, "Options and Do", "%s, %s, %s, %+v: Options %+v, Do %v", n.stage, role, c.today, facts, o, p.Do(by, actions[i]))
				}
			}
		}
	}
	return compared
}

// agrees reports whether Do does what the option says.
func agrees(p pep.PEP, by *pep.Act, o pep.Option, a pep.Action) bool {
	err := p.Do(by, a)
	var refusal *rule.Refusal
	if errors.As(err, &refusal) {
		return o.To == pep.None && same(o.Reasons, refusal.Reasons())
	}
	return err == nil && o.Allowed() && o.To == p.Stage()
}
