package pep_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// walk is one plan on a random walk, with its history, the day and the facts.
type walk struct {
	plan    *pep.PEP
	history []pep.Event
	today   civil.Date
	facts   pep.Facts
}

// TestRandomWalk takes random actions, many of which are not allowed, by random roles
// on random days. After each it checks that the plan is sound, that folding its events
// gives the plan, and that a refused action changed nothing.
func TestRandomWalk(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		w := walk{plan: pep.New(planID), today: on("2026-01-05"), facts: atSchool()}
		start := pep.Action(pep.StartInitial{Meeting: on("2026-01-14")})
		require.NoError(r, w.plan.Do(actOn(revisions[1], sw, w.today, w.facts), start))
		r.Repeat(map[string]func(*rapid.T){
			"likely":  func(r *rapid.T) { w.likely(r) },
			"likely2": func(r *rapid.T) { w.likely(r) },
			"action": func(r *rapid.T) {
				w.act(r, rapid.SampledFrom(roles()).Draw(r, "role"), rapid.SampledFrom(w.actions(r)).Draw(r, "action"))
			},
			"day":     func(r *rapid.T) { w.today = w.today.AddDays(rapid.IntRange(-3, 40).Draw(r, "days")) },
			"facts":   func(r *rapid.T) { w.move(r) },
			"restore": func(r *rapid.T) { w.restore(r) },
			"":        func(r *rapid.T) { w.check(r) },
		})
	})
}

func roles() (all []pep.Role) {
	for r := range pep.AllRoles() {
		all = append(all, r)
	}
	return all
}

// likely takes an action that Options says is allowed.
func (w *walk) likely(r *rapid.T) {
	role := rapid.SampledFrom([]pep.Role{sw, sw, dt, bs, vsc, sys, pep.ServiceDesk}).Draw(r, "role")
	options, err := w.plan.Options(w.by(role))
	require.NoError(r, err)
	var allowed []pep.Verb
	for _, o := range options {
		if o.Allowed() && o.Verb != pep.VerbCease && o.Verb != pep.VerbDelete {
			allowed = append(allowed, o.Verb)
		}
	}
	if len(allowed) == 0 {
		return
	}
	verb := rapid.SampledFrom(allowed).Draw(r, "verb")
	fit := slices.DeleteFunc(w.actions(r), func(a pep.Action) bool { return a.Verb() != verb })
	w.act(r, role, rapid.SampledFrom(fit).Draw(r, "action"))
}

func (w *walk) by(role pep.Role) *pep.Act {
	policy := revisions[max(w.plan.Snapshot().Policy, 1)]
	by := actOn(policy, role, w.today, w.facts)
	if role == dt && w.facts.Contributor != nil {
		by.Contributor = w.facts.Contributor.ID
	}
	return by
}

func (w *walk) act(r *rapid.T, role pep.Role, a pep.Action) {
	by := w.by(role)
	if a.Verb() == pep.VerbRepin && rapid.Bool().Draw(r, "other revision") {
		by.Policy = revisions[3-w.plan.Snapshot().Policy]
	}
	before, pending, content := w.plan.Snapshot(), w.plan.Pending(), w.plan.Content()
	err := w.plan.Do(by, a)
	if err == nil {
		require.Equal(r, before.Version+1, w.plan.Version())
		w.checkKept(r, before, a.Verb())
		require.True(r, before.Stage.Open() || !w.facts.OtherOpen || !w.plan.Stage().Open(), "two open plans")
		return
	}
	var refusal *rule.Refusal
	var invalid *rule.Invalid
	require.True(r, errors.As(err, &refusal) != errors.As(err, &invalid), "%v", err)
	require.Equal(r, before, w.plan.Snapshot())
	require.Equal(r, len(pending), len(w.plan.Pending()))
	require.Equal(r, len(content), len(w.plan.Content()))
}

// checkKept requires that an action loses no content without sealing it, and that it
// keeps what was finalised unless it finalises, deletes or reopens the plan.
func (w *walk) checkKept(r *rapid.T, before pep.Snapshot, v pep.Verb) {
	after := w.plan.Snapshot()
	if v != pep.VerbAnswer && v != pep.VerbSaveContribution && after.Filled != before.Filled && v != pep.VerbRestoreSections {
		require.Equal(r, pep.Retracted{Version: after.Version, Until: w.today.AddDays(30), Filled: before.Filled}, after.Retracted)
	}
	if v == pep.VerbRestoreSections {
		require.Equal(r, before.Retracted.Filled, after.Filled)
	}
	if ends := before.Stage == pep.Finalised && v == pep.VerbReopen || v == pep.VerbDelete || v == pep.VerbFinalise; !ends {
		require.Equal(r, before.Final, after.Final)
	}
}

// actions returns every action, each with random input.
func (w *walk) actions(r *rapid.T) []pep.Action {
	why := text(rapid.SampledFrom([]string{"Because", "Because", "Because", " ", ""}).Draw(r, "text"))
	day := func(label string) civil.Date {
		if rapid.IntRange(0, 5).Draw(r, label+" given") == 0 {
			return civil.Date{}
		}
		return w.today.AddDays(rapid.IntRange(-5, 60).Draw(r, label))
	}
	section := rapid.IntRange(-1, 8).Draw(r, "section")
	answers := filled(w.plan.Type(), section, rapid.SampledFrom([]string{"Yes", "n/a", ""}).Draw(r, "answer"))
	return []pep.Action{
		pep.StartInitial{Meeting: day("meeting")}, pep.StartSubsequent{Meeting: day("meeting")},
		pep.Answer{Section: section, Answers: answers}, w.all(r), pep.RescheduleMeeting{Meeting: day("meeting")},
		pep.Attach{Name: why, Size: rapid.Int64Range(-1, 5).Draw(r, "size")},
		pep.Delegate{All: true, Due: day("due")}, pep.Delegate{Sections: []int{section}},
		pep.SaveContribution{Section: section, Answers: answers}, pep.SubmitContribution{}, pep.ChangeContributor{},
		pep.Retract{ConfirmedWithSetting: section > 0, Reason: why}, pep.Activate{}, pep.Redelegate{Comments: why, Due: day("due")},
		pep.Reassign{Comment: w.comment(r, day("next"))}, pep.SendForGrading{Reason: why},
		pep.AwardGrade{Grade: pep.Grade(rapid.IntRange(0, 4).Draw(r, "grade")), Feedback: why},
		pep.ReturnForAmendment{Reason: why}, pep.Finalise{Waiver: why}, pep.Revise{Reason: why}, pep.Reopen{Reason: why}, pep.RestoreSections{Reason: why},
		pep.Delete{Reason: why}, pep.Cease{On: day("ceased")}, pep.CarryForward{}, pep.Repin{},
	}
}

// all fills every section but one as the social worker, so that a walk reaches complete
// plans. The action that it returns fills the remaining section.
func (w *walk) all(*rapid.T) pep.Action {
	form := w.plan.Type()
	for n := 2; n <= forms.TemplateOf(form).Len(); n++ {
		_ = w.plan.Do(w.by(sw), pep.Answer{Section: n, Answers: filled(form, n, "Yes")})
		_ = w.plan.Do(w.by(dt), pep.SaveContribution{Section: n, Answers: filled(form, n, "Yes")})
	}
	return pep.Answer{Section: 1, Answers: filled(form, 1, "Yes")}
}

func (w *walk) comment(r *rapid.T, next civil.Date) private.Text {
	if rapid.IntRange(0, 3).Draw(r, "comment") == 0 {
		return text("SPRING—31/02/2026")
	}
	return text(delegation.Lancashire().FormatAssignment(w.plan.Term(), next))
}

// move changes the facts: the child leaves school, comes back or moves on, has another
// contributor or another open plan, or the plan must be graded.
func (w *walk) move(r *rapid.T) {
	w.facts = atSchool()
	switch rapid.IntRange(0, 6).Draw(r, "move") {
	case 0:
		nowhere(&w.facts)
	case 1:
		w.facts.Establishment.ID, w.facts.Contributor.Establishment, w.facts.Contributor.ID = otherID, otherID, deputyID
	case 2:
		w.facts.Contributor.ID = deputyID
	case 3:
		w.facts.Grading.Required = true
	case 4:
		w.facts.OtherOpen = true
	}
}

func (w *walk) restore(r *rapid.T) {
	w.history = append(w.history, w.plan.Pending()...)
	p, err := pep.Restore(w.plan.Snapshot())
	require.NoError(r, err)
	w.plan = p
}

func (w *walk) check(r *rapid.T) {
	require.NoError(r, w.plan.Invariant())
	history := append(w.history[:len(w.history):len(w.history)], w.plan.Pending()...)
	require.Len(r, history, int(w.plan.Version()))
	folded, err := pep.Fold(history)
	require.NoError(r, err)
	require.Equal(r, w.plan.Snapshot(), folded.Snapshot())
	w.checkTerm(r)
}

// checkTerm requires the term to be the later of the meeting's term and the term that
// the plan was carried to, recomputed from the history (TERM-2, OOT-2).
func (w *walk) checkTerm(r *rapid.T) {
	s := w.plan.Snapshot()
	want := revisions[1].Calendar().Of(s.Meeting)
	for _, e := range append(w.history[:len(w.history):len(w.history)], w.plan.Pending()...) {
		if e.Verb == pep.VerbCarryForward && e.Term.After(want) {
			want = e.Term
		}
	}
	require.Equal(r, want, s.Term)
}
