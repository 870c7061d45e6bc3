package pep_test

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// permitted is the workflow, written by hand from the council's process and not from the
// code. A row gives a stage, an action, the roles that may take it, the stage that
// follows, and the conditions in the order in which they are checked.
var permitted = []struct{ from, action, roles, to, when string }{
	{"none", "start_initial", "social_worker", "draft", "no other open plan; no plan before"},
	{"none", "start_subsequent", "business_support", "draft", "no other open plan; a plan before"},
	{"draft", "answer", "social_worker", "draft", ""},
	{"returned", "answer", "social_worker", "returned", "activated"},
	{"draft", "reschedule_meeting", "social_worker business_support", "draft", "the first revision"},
	{"delegated", "reschedule_meeting", "social_worker business_support", "delegated", "the first revision"},
	{"draft", "attach", "social_worker", "draft", ""},
	{"returned", "attach", "social_worker", "returned", ""},
	{"delegated", "attach", "designated_teacher", "delegated", "the contributor; a current establishment"},
	{"checking", "attach", "business_support", "checking", ""},
	{"grading", "attach", "virtual_school_consultant", "grading", ""},
	{"draft", "delegate", "social_worker", "delegated", "a setting; sections 1 and 2"},
	{"draft", "delegate", "business_support", "delegated", "subsequent; a setting; sections 1 and 2"},
	{"delegated", "save_contribution", "designated_teacher", "delegated", "the contributor; a current establishment"},
	{"delegated", "submit_contribution", "designated_teacher", "returned", "the contributor; a current establishment"},
	{"delegated", "change_contributor", "social_worker business_support", "delegated", "an establishment"},
	{"delegated", "retract", "social_worker", "draft", ""},
	{"returned", "activate", "social_worker", "returned", "not activated"},
	{"returned", "redelegate", "social_worker", "delegated", "activated; a setting"},
	{"returned", "reassign", "social_worker", "checking", "complete"},
	{"draft", "reassign", "social_worker", "checking", "no setting; complete"},
	{"checking", "send_for_grading", "business_support", "grading", ""},
	{"grading", "grade", "virtual_school_consultant", "checking", ""}, // green
	{"checking", "return_for_amendment", "business_support", "returned", ""},
	{"grading", "return_for_amendment", "virtual_school_consultant", "returned", ""},
	{"checking", "finalise", "business_support", "finalised", "not red"},
	{"finalised", "revise", "business_support", "returned", "no other open plan"},
	{"finalised", "reopen", "service_desk", "checking", "no other open plan"},
	{"cancelled", "reopen", "service_desk", "draft", "never submitted; no other open plan"},
	{"cancelled", "reopen", "service_desk", "returned", "submitted; no other open plan"},
	{"draft", "restore", "service_desk", "draft", "retracted lately"},
	{"draft", "delete", "service_desk", "deleted", ""},
	{"delegated", "delete", "service_desk", "deleted", ""},
	{"returned", "delete", "service_desk", "deleted", ""},
	{"checking", "delete", "service_desk", "deleted", ""},
	{"grading", "delete", "service_desk", "deleted", ""},
	{"finalised", "delete", "service_desk", "deleted", ""},
	{"draft", "cease", "social_worker business_support system", "cancelled", ""},
	{"delegated", "cease", "social_worker business_support system", "cancelled", ""},
	{"returned", "cease", "social_worker business_support system", "cancelled", ""},
	{"checking", "cease", "social_worker business_support system", "cancelled", ""},
	{"grading", "cease", "social_worker business_support system", "cancelled", ""},
	{"draft", "carry_forward", "business_support system", "draft", "not carried; never submitted; the first revision; term over"},
	{"delegated", "carry_forward", "business_support system", "delegated", "not carried; never submitted; the first revision; term over"},
	{"draft", "repin", "service_desk system", "draft", ""},
	{"delegated", "repin", "service_desk system", "delegated", ""},
	{"returned", "repin", "service_desk system", "returned", ""},
	{"checking", "repin", "service_desk system", "checking", ""},
	{"grading", "repin", "service_desk system", "grading", ""},
}

// refusedBy holds, for each action, the rule that refuses a wrong role, a wrong stage, or
// an unmet condition that has no rule of its own.
var refusedBy = map[string]string{
	"start_initial": "START-1", "start_subsequent": "START-1", "answer": "DELEG-5", "reschedule_meeting": "TERM-2",
	"attach": "DOC-1", "delegate": "DELEG-2", "save_contribution": "DELEG-5", "submit_contribution": "DELEG-8",
	"change_contributor": "DELEG-2", "retract": "DELEG-6", "activate": "DELEG-5", "redelegate": "DELEG-7",
	"reassign": "SECT-3", "send_for_grading": "GRADE-1", "grade": "GRADE-9", "return_for_amendment": "AMEND-1",
	"finalise": "FINAL-2", "revise": "AMEND-1", "reopen": "FINAL-4", "restore": "DELEG-6", "delete": "FINAL-4", "cease": "CHG-4",
	"carry_forward": "OOT-2", "repin": "REPIN-1",
}

// conditionRules holds the rule of each condition that has a rule of its own.
var conditionRules = map[string]string{
	"no other open plan": "START-2", "a setting": "DELEG-9", "sections 1 and 2": "SECT-3", "not carried": "OOT-4",
	"a current establishment": "PRE-1",
}

// cell is one cell of the matrix, in one state and under certain facts.
type cell struct {
	state
	form                                             forms.Type
	of                                               term.Term
	revision                                         int
	due, sealedUntil                                 civil.Date
	today                                            civil.Date
	alone, withheld, otherOpen, planBefore, stranger bool
}

// holds reports whether a condition of the table holds.
func (c cell) holds(condition string) bool {
	none := c.alone || c.withheld && c.form == forms.KeyStage5
	switch condition {
	case "no other open plan":
		return !c.otherOpen
	case "no plan before":
		return !c.planBefore
	case "a plan before":
		return c.planBefore
	case "activated":
		return c.activated
	case "not activated":
		return !c.activated
	case "the contributor":
		return !c.stranger
	case "an establishment", "a current establishment":
		return !c.alone
	case "a setting":
		return !none
	case "no setting":
		return none
	case "subsequent":
		return c.kind == pep.Subsequent
	case "sections 1 and 2":
		return c.fill >= 1
	case "complete":
		return c.fill == 2
	case "not red":
		return c.grade != pep.Red
	case "not carried":
		return c.carried == 0
	case "never submitted":
		return !c.submitted
	case "submitted":
		return c.submitted
	case "the first revision":
		return !c.later
	case "retracted lately":
		return c.sealed && c.today.Before(c.sealedUntil)
	case "term over":
		return c.today.After(term.Lancashire().Last(c.of)) && c.today.After(c.due)
	}
	panic(condition)
}

// want returns what the table says about an action: the stage to which it leads, or the
// rule that refuses it.
func (c cell) want(action, role string) (to, refused string) {
	refused = refusedBy[action]
	if action == "finalise" && role == "social_worker" {
		return "", "FINAL-1"
	}
	from := c.stage.String()
rows:
	for _, row := range permitted {
		if row.from != from || row.action != action || !strings.Contains(row.roles, role) {
			continue
		}
		for condition := range strings.SplitSeq(row.when, "; ") {
			if condition != "" && !c.holds(condition) {
				refused = cmp.Or(conditionRules[condition], refused)
				continue rows
			}
		}
		return row.to, ""
	}
	return "", refused
}

// accepted returns the action with all the input that it needs.
func (c cell) accepted(v pep.Verb) pep.Action {
	why := text("Because")
	return map[pep.Verb]pep.Action{
		pep.VerbStartInitial:       pep.StartInitial{Meeting: c.today.AddDays(10)},
		pep.VerbStartSubsequent:    pep.StartSubsequent{Meeting: c.today.AddDays(10)},
		pep.VerbAnswer:             pep.Answer{Section: 1, Answers: filled(c.form, 1, "Yes")},
		pep.VerbRescheduleMeeting:  pep.RescheduleMeeting{Meeting: c.today.AddDays(10)},
		pep.VerbAttach:             pep.Attach{Name: why},
		pep.VerbDelegate:           pep.Delegate{All: true},
		pep.VerbSaveContribution:   pep.SaveContribution{Section: 1, Answers: filled(c.form, 1, "Yes")},
		pep.VerbSubmitContribution: pep.SubmitContribution{},
		pep.VerbChangeContributor:  pep.ChangeContributor{},
		pep.VerbRetract:            pep.Retract{ConfirmedWithSetting: true, Reason: why},
		pep.VerbActivate:           pep.Activate{},
		pep.VerbRedelegate:         pep.Redelegate{Comments: why},
		pep.VerbReassign:           pep.Reassign{Comment: comment(c.of)},
		pep.VerbSendForGrading:     pep.SendForGrading{Reason: why},
		pep.VerbAwardGrade:         pep.AwardGrade{Grade: pep.Green},
		pep.VerbReturnForAmendment: pep.ReturnForAmendment{Reason: why},
		pep.VerbFinalise:           pep.Finalise{Waiver: why},
		pep.VerbRevise:             pep.Revise{Reason: why},
		pep.VerbReopen:             pep.Reopen{Reason: why},
		pep.VerbRestoreSections:    pep.RestoreSections{Reason: why},
		pep.VerbDelete:             pep.Delete{Reason: why},
		pep.VerbCease:              pep.Cease{On: c.today},
		pep.VerbCarryForward:       pep.CarryForward{},
		pep.VerbRepin:              pep.Repin{},
	}[v]
}

// facts returns the facts of the cell.
func (c cell) facts(in surroundings) pep.Facts {
	f := in.facts[0]
	if c.alone {
		f.Establishment, f.Contributor = nil, nil
	}
	if c.withheld {
		f.Child.Consent = record.Withheld
	}
	if f.OtherOpen = c.otherOpen; c.planBefore {
		f.Previous = &pep.Previous{Plan: planID, Started: on("2025-09-10"), Next: on("2026-01-14")}
	}
	return f
}

func TestTheCodeAgreesWithTheTableOfTheProcess(t *testing.T) {
	t.Parallel()
	for _, in := range everywhere() {
		t.Run(in.name, func(t *testing.T) {
			t.Parallel()
			seen := map[state]bool{}
			for st, n := range search(t, in) {
				st.due, st.byDefault = false, false
				if seen[st] {
					continue
				}
				seen[st] = true
				for _, c := range cells(st, in.form, n.snapshot) {
					requireCells(t, in, n, c)
				}
			}
		})
	}
}

// cells returns the cells, with different facts, in which a state is tested.
func cells(st state, form forms.Type, s pep.Snapshot) (all []cell) {
	for bits := range 1 << 5 {
		c := cell{
			state: st, form: form, of: s.Term, revision: s.Revision, due: s.Due, sealedUntil: s.Retracted.Until, today: on("2026-04-20"),
			alone: bits&1 != 0, stranger: bits&2 != 0, otherOpen: bits&4 != 0, withheld: bits&16 != 0,
		}
		if bits&8 != 0 {
			c.today = on("2026-01-21")
		}
		if c.withheld && form != forms.KeyStage5 || c.otherOpen && st.stage != pep.None && st.stage < pep.Finalised {
			continue
		}
		all = append(all, c)
		if c.planBefore = true; st.stage == pep.None {
			all = append(all, c)
		}
	}
	return all
}

// requireCells compares, for every action by every role, what Option says, what Do does
// and what the table says.
func requireCells(t *testing.T, in surroundings, n *node, c cell) {
	t.Helper()
	start := n.plan(t)
	other := actionsOf(c)
	for role := range pep.AllRoles() {
		by := actOn(pep.Lancashire(), role, c.today, c.facts(in))
		if n.snapshot.Policy == 2 {
			by.Policy = revisions[2]
		}
		if c.stranger {
			by.Contributor = record.ContributorID{UUID: uid(99)}
		}
		for _, a := range other {
			fit := actFor(a, by)
			o, err := start.Option(fit, a.Verb())
			require.NoError(t, err)
			requireCell(t, *start, fit, o, a, c)
		}
	}
}

func actionsOf(c cell) (all []pep.Action) {
	for v := range pep.AllVerbs() {
		all = append(all, c.accepted(v))
	}
	return all
}

// TestTheCommentOfActionListsEveryAction keeps the list in the comment complete.
func TestTheCommentOfActionListsEveryAction(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("action.go")
	require.NoError(t, err)
	_, list, _ := strings.Cut(string(source), "in the order of their verbs:\n//\n")
	list, _, _ = strings.Cut(list, "//\n")
	var want []string
	for _, a := range actionsOf(cell{}) {
		want = append(want, strings.TrimPrefix(fmt.Sprintf("%T", a), "pep."))
	}
	require.Equal(t, want, strings.FieldsFunc(list, func(r rune) bool { return !unicode.IsLetter(r) }))
}

func requireCell(t *testing.T, p pep.PEP, by *pep.Act, o pep.Option, a pep.Action, c cell) {
	t.Helper()
	before := p.Snapshot()
	to, refused := c.want(a.Verb().String(), by.Role.String())
	err := p.Do(by, a)
	if refused == "" {
		if err != nil || p.Stage().String() != to || !o.Allowed() || o.To.String() != to {
			require.Failf(t, "allowed by the table", "%+v %s %s: %v, %s, %+v", c, by.Role, a.Verb(), err, p.Stage(), o)
		}
		return
	}
	var refusal *rule.Refusal
	if !errors.As(err, &refusal) || refusal.Rule().String() != refused || p.Snapshot() != before ||
		o.Allowed() || o.To != pep.None || !same(o.Reasons, refusal.Reasons()) {
		require.Failf(t, "refused by the table", "%+v %s %s must be %s, got %v, %+v", c, by.Role, a.Verb(), refused, err, o)
	}
}

func same(a, b []rule.Reason) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestWorkflowHasTheRowsOfTheProcess(t *testing.T) {
	t.Parallel()
	type arrow struct{ from, action, role, to string }
	want, got := map[arrow]bool{}, map[arrow]bool{}
	for _, row := range permitted {
		for _, role := range strings.Fields(row.roles) {
			want[arrow{row.from, row.action, role, row.to}] = true
		}
	}
	want[arrow{"grading", "grade", "virtual_school_consultant", "returned"}] = true // red
	for row := range pep.Workflow() {
		for role := range row.Roles.All() {
			got[arrow{row.From.String(), row.Verb.String(), role.String(), row.To.String()}] = true
		}
	}
	require.Equal(t, want, got)
}

func TestWorkflowIsInTheOrderOfTheVerbs(t *testing.T) {
	t.Parallel()
	last := pep.Verb(0)
	for row := range pep.Workflow() {
		require.GreaterOrEqual(t, row.Verb, last)
		last = row.Verb
	}
}
