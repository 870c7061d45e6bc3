package pep_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// state is the part of a plan's state on which the workflow depends.
type state struct {
	stage     pep.Stage
	kind      pep.PlanKind
	activated bool
	carried   int
	grade     pep.Grade
	fill      int // 0 if section 1 or 2 has a blank box, 1 if only other sections have one, 2 if no section has one
	due       bool
	byDefault bool
	submitted bool
	later     bool // whether this is a revision after the first
	sealed    bool // whether what a retract cleared can be restored
}

// node is one reachable state, with a plan in that state and its whole history.
type node struct {
	state
	snapshot pep.Snapshot
	events   []pep.Event
	to       []edge
}

// edge is one way to leave a state, or to stay in it.
type edge struct {
	role pep.Role
	verb pep.Verb
	to   state
}

// surroundings are a child and the sets of facts that the search tries.
type surroundings struct {
	name   string
	form   forms.Type
	facts  []pep.Facts
	writes []move
}

// everywhere returns the surroundings of a child in Year 7, in and out of school, and of a
// young person at college, with and without consent to share.
func everywhere() []surroundings {
	school, nowhere := atSchool(), atSchool()
	nowhere.Establishment, nowhere.Contributor = nil, nil
	given, withheld := atSchool(), atSchool()
	given.Child.Born = private.NewDate(on("2009-03-05"))
	withheld.Child.Born = given.Child.Born
	withheld.Child.Consent = record.Withheld
	return []surroundings{
		{"year 7", forms.SecondaryMainstream, []pep.Facts{school, nowhere}, writes(forms.SecondaryMainstream)},
		{"key stage 5", forms.KeyStage5, []pep.Facts{given, withheld}, writes(forms.KeyStage5)},
	}
}

// The days of the search are in the term of the meeting, in the next term and beyond.
var days = [...]string{"2026-01-20", "2026-04-20", "2026-09-02"}

// search goes breadth-first through every state that a plan can reach, by every role,
// action, day and fact. It returns the states in the order in which it finds them.
func search(t *testing.T, in surroundings) map[state]*node {
	t.Helper()
	fresh := &node{}
	found, queue := map[state]*node{{}: fresh}, []*node{fresh}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		n.leave(t, in, func(p *pep.PEP, e edge) {
			if found[e.to] == nil {
				found[e.to] = &node{state: e.to, snapshot: p.Snapshot(), events: append(slices.Clone(n.events), p.Pending()...)}
				queue = append(queue, found[e.to])
			}
			n.to = append(n.to, e)
		})
	}
	return found
}

// plan returns a plan in the state of the node.
func (n *node) plan(t *testing.T) *pep.PEP {
	t.Helper()
	if n.stage == pep.None {
		return pep.New(planID)
	}
	p, err := pep.Restore(n.snapshot)
	require.NoError(t, err)
	return p
}

// leave tries every move from a node and calls reach with each state to which a move
// leads.
func (n *node) leave(t *testing.T, in surroundings, reach func(*pep.PEP, edge)) {
	t.Helper()
	for _, facts := range in.facts {
		for _, previous := range []*pep.Previous{nil, {Plan: planID, Started: on("2025-09-10"), Next: on("2026-01-14")}} {
			if facts.Previous = previous; previous != nil && n.stage != pep.None {
				continue
			}
			for _, day := range days {
				tries := append(moves(n.snapshot.Term, on(day)), in.writes...)
				for role := range pep.AllRoles() {
					n.try(t, in.form, tries, actOn(revisions[1], role, on(day), facts), reach)
				}
			}
		}
	}
}

func (n *node) try(t *testing.T, form forms.Type, tries []move, by *pep.Act, reach func(*pep.PEP, edge)) {
	t.Helper()
	start := n.plan(t)
	for _, m := range tries {
		if by.Policy = revisions[1]; n.snapshot.Policy == 2 {
			by.Policy = revisions[2]
		}
		if p := *start; m.take(&p, actFor(m[0], by)) {
			require.NoError(t, p.Invariant())
			reach(&p, edge{by.Role, m.verb(), stateOf(&p, form)})
		}
	}
}

// move is one action, or the same action for several sections.
type move []pep.Action

func (m move) verb() pep.Verb { return m[0].Verb() }

func (m move) take(p *pep.PEP, by *pep.Act) bool {
	for _, a := range m {
		if p.Do(by, a) != nil {
			return false
		}
	}
	return true
}

// moves returns every action with good and bad input.
func moves(of term.Term, today civil.Date) []move {
	why, bad := text("Because"), private.Text{}
	all := []move{
		{pep.StartInitial{Meeting: on("2026-01-14")}}, {pep.StartInitial{}},
		{pep.StartSubsequent{}}, {pep.StartSubsequent{Meeting: on("2026-01-14")}},
		{pep.RescheduleMeeting{Meeting: on("2026-01-28")}}, {pep.RescheduleMeeting{Meeting: on("2026-05-14")}},
		{pep.Attach{Name: why, Size: 1}},
		{pep.Delegate{All: true}}, {pep.Delegate{All: true, Due: today.AddDays(30)}}, {pep.Delegate{Sections: []int{1}}},
		{pep.SubmitContribution{}}, {pep.ChangeContributor{}},
		{pep.Retract{ConfirmedWithSetting: true, Reason: why}}, {pep.Retract{Reason: why}},
		{pep.Activate{}}, {pep.Redelegate{Comments: why}}, {pep.Redelegate{Comments: why, Due: today.AddDays(30)}},
		{pep.SendForGrading{Reason: why}}, {pep.SendForGrading{}},
		{pep.AwardGrade{Grade: pep.Red, Feedback: why}}, {pep.AwardGrade{Grade: pep.Amber}}, {pep.AwardGrade{Grade: pep.Green}}, {pep.AwardGrade{Grade: pep.Red}},
		{pep.ReturnForAmendment{Reason: why}}, {pep.ReturnForAmendment{Reason: bad}},
		{pep.Finalise{}}, {pep.Finalise{Waiver: why}}, {pep.Revise{Reason: why}}, {pep.Reopen{Reason: why}}, {pep.RestoreSections{Reason: why}}, {pep.Delete{Reason: why}},
		{pep.Cease{On: today}}, {pep.CarryForward{}}, {pep.Repin{}},
	}
	if !of.IsZero() {
		all = append(all, move{pep.Reassign{Comment: comment(of)}}, move{pep.Reassign{Comment: text("N/A")}})
	}
	return all
}

// writes returns the ways in which the social worker and the contributor write: sections 1
// and 2 complete, all sections complete, or section 1 blank.
func writes(form forms.Type) []move {
	var answer, save [3]move
	for n := 1; n <= forms.TemplateOf(form).Len(); n++ {
		full := filled(form, n, "Yes")
		if n <= 2 {
			answer[0], save[0] = append(answer[0], pep.Answer{Section: n, Answers: full}), append(save[0], pep.SaveContribution{Section: n, Answers: full})
		}
		answer[1], save[1] = append(answer[1], pep.Answer{Section: n, Answers: full}), append(save[1], pep.SaveContribution{Section: n, Answers: full})
	}
	answer[2], save[2] = move{pep.Answer{Section: 1, Clear: true}}, move{pep.SaveContribution{Section: 1, Clear: true}}
	return append(answer[:], save[:]...)
}

// stateOf returns the state of a plan.
func stateOf(p *pep.PEP, form forms.Type) state {
	s := p.Snapshot()
	st := state{
		stage: s.Stage, kind: s.Kind, activated: p.Activated(), carried: s.Carried, grade: s.Grade,
		due: !s.Due.IsZero(), byDefault: s.DueByDefault, fill: 2,
		submitted: !s.Submitted.IsZero(), later: s.Revision > 1, sealed: s.Retracted != pep.Retracted{},
	}
	for n, f := range s.Filled[:forms.TemplateOf(form).Len()] {
		if f != forms.TemplateOf(form).All(n+1) {
			st.fill = min(st.fill, n/2)
		}
	}
	st.fill = min(st.fill, 2)
	return st
}

// aside lists the actions that do not move an open plan on.
var aside = []pep.Verb{pep.VerbDelete, pep.VerbCease, pep.VerbRepin, pep.VerbAttach, pep.VerbCarryForward, pep.VerbRescheduleMeeting, pep.VerbRestoreSections}

func TestEveryReachableState(t *testing.T) {
	t.Parallel()
	for _, in := range everywhere() {
		t.Run(in.name, func(t *testing.T) {
			t.Parallel()
			found := search(t, in)
			require.Greater(t, len(found), 100)
			t.Logf("%d states", len(found))
			stages := map[pep.Stage]bool{}
			for st, n := range found {
				stages[st.stage] = true
				requireNoWayForASocialWorkerToFinalise(t, n)
				requireSomebodyCanGoOn(t, n)
				requireFoldsToItsState(t, n)
			}
			require.Len(t, stages, 9, "every stage is reached")
			requireEveryOpenPlanCanBeFinalised(t, found)
		})
	}
}

func requireNoWayForASocialWorkerToFinalise(t *testing.T, n *node) {
	t.Helper()
	for _, e := range n.to {
		if e.to.stage == pep.Finalised {
			require.Equal(t, pep.BusinessSupport, e.role)
			require.Equal(t, pep.Checking, n.stage)
		}
	}
}

// requireSomebodyCanGoOn requires that somebody can move an open plan on, that only the
// service desk can take up a cancelled plan again, and that nobody can do anything with a
// deleted one.
func requireSomebodyCanGoOn(t *testing.T, n *node) {
	t.Helper()
	if n.stage == pep.Deleted {
		require.Empty(t, n.to, "%+v", n.state)
		return
	}
	if n.stage == pep.Cancelled {
		for _, e := range n.to {
			require.Equal(t, edge{pep.ServiceDesk, pep.VerbReopen, e.to}, e, "%+v", n.state)
		}
	}
	further := slices.ContainsFunc(n.to, func(e edge) bool { return !slices.Contains(aside, e.verb) })
	require.True(t, further, "%+v", n.state)
}

func requireFoldsToItsState(t *testing.T, n *node) {
	t.Helper()
	if n.stage == pep.None {
		return
	}
	p, err := pep.Fold(n.events)
	require.NoError(t, err)
	require.Equal(t, n.snapshot, p.Snapshot())
}

// requireEveryOpenPlanCanBeFinalised follows the edges backwards from the finalised
// states.
func requireEveryOpenPlanCanBeFinalised(t *testing.T, found map[state]*node) {
	t.Helper()
	from := map[state][]state{}
	var queue []state
	for st, n := range found {
		if st.stage == pep.Finalised {
			queue = append(queue, st)
		}
		for _, e := range n.to {
			from[e.to] = append(from[e.to], st)
		}
	}
	can := map[state]bool{}
	for len(queue) > 0 {
		st := queue[0]
		queue = queue[1:]
		if !can[st] {
			can[st] = true
			queue = append(queue, from[st]...)
		}
	}
	for st := range found {
		require.True(t, can[st] || st.stage == pep.Deleted, "%+v", st)
	}
}
