package workflow_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// reads lists the calls that read facts. Every command also calls "Plan", "Once",
// "Save" and "Record".
var reads = []string{"Child", "Establishment", "Contributor", "Contributors", "Plans"}

// spied returns the world's service over a store that counts the calls made to it.
func (w *world) spied() (*workflow.Service, map[string]int) {
	counts := map[string]int{}
	return w.In(spy{w.store, func(name string) error { counts[name]++; return nil }}), counts
}

// said returns the counted calls as a text, such as "Child Plans+".
func said(counts map[string]int) string {
	var all []string
	for _, name := range reads {
		if counts[name] > 0 {
			all = append(all, name+strings.Repeat("+", counts[name]-1))
		}
	}
	return strings.Join(all, " ")
}

// TestEachActionReadsTheFactsThatItNeedsAndNoOther: in the wanted calls, each "+"
// means one more call of the same kind.
func TestEachActionReadsTheFactsThatItNeedsAndNoOther(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		verb pep.Verb
		by   workflow.Actor
		at   pep.Stage
		want string
	}{
		{pep.VerbStartInitial, worker, pep.None, "Child Establishment Plans"},
		{pep.VerbStartSubsequent, support, pep.Finalised, "Child Establishment Plans"},
		{pep.VerbAnswer, worker, pep.Draft, ""},
		{pep.VerbRescheduleMeeting, worker, pep.Draft, "Child"},
		{pep.VerbAttach, worker, pep.Draft, ""},
		{pep.VerbDelegate, worker, pep.Draft, "Child Establishment Contributor"},
		{pep.VerbSaveContribution, actor(pep.DesignatedTeacher), pep.Delegated, "Establishment Contributor"},
		{pep.VerbSubmitContribution, actor(pep.DesignatedTeacher), pep.Delegated, "Establishment Contributor"},
		{pep.VerbAttach, actor(pep.DesignatedTeacher), pep.Delegated, "Establishment Contributor"},
		{pep.VerbChangeContributor, worker, pep.Delegated, "Establishment Contributor"},
		{pep.VerbRetract, worker, pep.Delegated, ""},
		{pep.VerbActivate, worker, pep.Returned, ""},
		{pep.VerbRedelegate, worker, pep.Returned, "Establishment Contributor"},
		{pep.VerbReassign, worker, pep.Returned, "Child"},
		{pep.VerbSendForGrading, support, pep.Checking, "Plans+"},
		{pep.VerbAwardGrade, consultant, pep.Grading, ""},
		{pep.VerbReturnForAmendment, support, pep.Checking, ""},
		{pep.VerbFinalise, support, pep.Checking, "Plans+"},
		{pep.VerbRevise, support, pep.Finalised, "Plans"},
		{pep.VerbReopen, desk, pep.Finalised, "Plans"},
		{pep.VerbDelete, desk, pep.Draft, ""},
		{pep.VerbCease, worker, pep.Draft, ""},
		{pep.VerbCarryForward, support, pep.Draft, ""},
		{pep.VerbRepin, desk, pep.Draft, ""},
	} {
		t.Run(c.verb.String()+" at "+c.at.String(), func(t *testing.T) {
			t.Parallel()
			w, id := newWorld(t), pep.ID{}
			if c.at != pep.None {
				id = w.at(c.at)
			}
			switch c.verb {
			case pep.VerbStartSubsequent:
				id = pep.ID{}
			case pep.VerbRedelegate:
				w.must(worker, id, pep.Activate{})
			case pep.VerbCarryForward:
				w.clock.noon(on("2026-04-20"))
			case pep.VerbRepin:
				w.make(func(c *workflow.Config) { c.Policy = fixture.Second() })
			}
			s, counts := w.spied()
			_, err := s.Do(ctx, w.command(c.by, id, sample(c.verb)))
			require.NoError(t, err)
			require.Equal(t, c.want, said(counts))
			require.Equal(t, []int{1, 1, 1, 1}, []int{counts["Update"], counts["Once"], counts["Save"], counts["Record"]})
		})
	}
}

// TestAGradedPlanReadsNoHistory: an amber or green plan is finalised, and a red one
// is sent for grading, whatever else was graded.
func TestAGradedPlanReadsNoHistory(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.at(pep.Grading)
	w.must(consultant, id, pep.AwardGrade{Grade: pep.Red, Feedback: text("Because")})
	w.must(worker, id, sample(pep.VerbReassign))
	s, counts := w.spied()
	_, err := s.Do(ctx, w.command(support, id, pep.SendForGrading{}))
	require.NoError(t, err)
	w.must(consultant, id, pep.AwardGrade{Grade: pep.Amber})
	_, err = s.Do(ctx, w.command(support, id, pep.Finalise{}))
	require.NoError(t, err)
	require.Empty(t, said(counts))
}

// TestLookingReadsWhatTheStageNeeds: Look reads the facts that decide what can be
// done at the plan's stage.
func TestLookingReadsWhatTheStageNeeds(t *testing.T) {
	t.Parallel()
	for stage, want := range map[pep.Stage]string{
		pep.Draft:     "Child Establishment Contributors Plans+",
		pep.Delegated: "Child Establishment Contributors Plans+",
		pep.Returned:  "Child Establishment Contributors Plans+",
		pep.Checking:  "Child Establishment Plans+",
		pep.Grading:   "Child Establishment Plans+",
		pep.Finalised: "Child Establishment Plans",
		pep.Cancelled: "Child Establishment Plans",
		pep.Deleted:   "Child Establishment",
	} {
		w := newWorld(t)
		id := w.at(stage)
		s, counts := w.spied()
		_, err := s.Look(ctx, worker, id)
		require.NoError(t, err)
		require.Equal(t, want, said(counts), stage)
	}
}

// option returns what the service says about one action.
func (w *world) option(by workflow.Actor, id pep.ID, v pep.Verb) pep.Option {
	w.Helper()
	options, err := w.Options(ctx, by, id)
	require.NoError(w, err)
	at := slices.IndexFunc(options, func(o pep.Option) bool { return o.Verb == v })
	return options[at]
}

// TestADraftIsJudgedByAContributorWhoCanBeChosen: a draft has no contributor yet, so
// its options assume one who can be chosen.
func TestADraftIsJudgedByAContributorWhoCanBeChosen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.fill(w.start(ada, "2026-01-14"))
	require.True(t, w.option(worker, id, pep.VerbDelegate).Allowed())

	w.put(record.Contributor{ID: teacher, Establishment: school})
	require.True(t, w.option(worker, id, pep.VerbDelegate).Allowed(), "the deputy is active")
	w.put(record.Contributor{ID: deputy, Establishment: school, Active: true, Actioned: w.clock.now()})
	no := w.option(worker, id, pep.VerbDelegate)
	require.Equal(t, rule.PRE3, no.Reasons[0].Rule, "if neither can be chosen, the one who comes closer decides")
	w.clock.noon(on("2026-01-06"))
	require.True(t, w.option(worker, id, pep.VerbDelegate).Allowed(), "24 hours later (PRE-3)")
}

// TestUntilDelegationTheEstablishmentIsTheOneOnTheMeetingsDay covers GRADE-6 and
// CHG-2.
func TestUntilDelegationTheEstablishmentIsTheOneOnTheMeetingsDay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	move := func(day string) func(*record.Child) {
		return func(c *record.Child) {
			c.Education = []record.Education{
				{Span: record.Span{From: on("2018-09-01"), To: on(day)}, Kind: record.School, Establishment: school},
				{Span: record.Span{From: on(day)}, Kind: record.School, Establishment: academy},
			}
		}
	}
	w.change(ada, move("2026-01-14"))
	id := w.fill(w.start(ada, "2026-01-13"))
	require.Equal(t, school, w.plan(id).Establishment, "the day before the move")
	w.must(worker, id, pep.RescheduleMeeting{Meeting: on("2026-01-14")})
	requireRefused(t, rule.DELEG2, w.try(worker, id, pep.Delegate{To: teacher, All: true}))
	w.must(worker, id, pep.Delegate{To: academic, All: true})
	require.Equal(t, academy, w.plan(id).Establishment, "the day of the move")

	w.change(ada, move("2026-02-01"))
	requireRefused(t, rule.DELEG2, w.try(worker, id, pep.ChangeContributor{To: teacher}))
	w.must(contributor(academic), id, pep.SubmitContribution{})
	w.must(worker, id, pep.Activate{})
	w.must(worker, id, pep.Redelegate{To: academic, Comments: text("Because")})
	require.Equal(t, academy, w.plan(id).Establishment, "a delegated plan stays where it is")

	w.must(worker, id, pep.Retract{ConfirmedWithSetting: true, Reason: text("Because")})
	w.fill(id)
	w.must(worker, id, pep.Delegate{To: teacher, All: true})
	require.Equal(t, school, w.plan(id).Establishment, "a retracted plan moves to where the child is")
}

// TestAChildInNoEstablishmentHasNobodyToDelegateTo covers DELEG-9 and GRADE-6.
func TestAChildInNoEstablishmentHasNobodyToDelegateTo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change(ada, func(c *record.Child) { c.Education = nil })
	id := w.fill(w.start(ada, "2026-01-14"))
	requireRefused(t, rule.DELEG9, w.try(worker, id, pep.Delegate{To: teacher, All: true}))
	require.False(t, w.option(worker, id, pep.VerbDelegate).Allowed())
	require.True(t, w.option(worker, id, pep.VerbReassign).Allowed())
	w.must(worker, id, sample(pep.VerbReassign))
	requireRefused(t, rule.GRADE1, w.try(support, id, pep.Finalise{}))
	w.must(support, id, pep.SendForGrading{})
}

// TestConsentCountsAtKeyStage5: the service reads the consent for a re-delegation
// too (DELEG-9).
func TestConsentCountsAtKeyStage5(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change(ada, func(c *record.Child) { c.Born = private.NewDate(on("2009-03-05")) })
	id := w.fill(w.start(ada, "2026-01-14"))
	require.Equal(t, forms.KeyStage5, w.plan(id).Type)
	w.must(worker, id, pep.Delegate{To: teacher, All: true})
	w.must(contributor(teacher), id, pep.SubmitContribution{})
	w.must(worker, id, pep.Activate{})
	w.change(ada, func(c *record.Child) { c.Consent = record.Withheld })
	requireRefused(t, rule.DELEG9, w.try(worker, id, pep.Redelegate{Comments: text("Because")}))
	w.change(ada, func(c *record.Child) { c.Consent = record.Given })
	w.must(worker, id, pep.Redelegate{To: teacher, Comments: text("Because")})
}

// required reports whether a plan at the checking stage must be graded.
func (w *world) required(id pep.ID) bool {
	w.Helper()
	_, err := w.In(never{w.store}).Do(ctx, w.command(support, id, pep.Finalise{}))
	if err != nil && !strings.Contains(err.Error(), errNever.Error()) {
		requireRefused(w, rule.GRADE1, err)
		return true
	}
	return false
}

// graded returns a child's plan that was given a grade, and was finalised if that
// grade allows it.
func (w *world) graded(child record.ChildID, grade pep.Grade) pep.ID {
	w.Helper()
	id := w.checking(child, "2026-01-14", "SPRING—06/05/2026")
	w.must(support, id, pep.SendForGrading{Reason: text("Because")})
	return w.must(consultant, id, pep.AwardGrade{Grade: grade, Feedback: text("Because")})
}

// TestOnePlanOfAnEstablishmentIsGradedInATerm covers GRADE-1. Plans of another
// establishment do not count.
func TestOnePlanOfAnEstablishmentIsGradedInATerm(t *testing.T) {
	t.Parallel()
	for _, grade := range []pep.Grade{pep.Red, pep.Amber, pep.Green} {
		w := newWorld(t)
		w.change(cem, func(c *record.Child) { c.Education[0].Establishment = academy })
		second := w.checking(ben, "2026-01-14", "SPRING—06/05/2026")
		third := w.fill(w.start(cem, "2026-01-14"))
		w.must(worker, third, pep.Delegate{To: academic, All: true})
		w.must(contributor(academic), third, pep.SubmitContribution{})
		w.must(worker, third, sample(pep.VerbReassign))
		require.True(t, w.required(second), "no plan has been graded")

		first := w.graded(ada, grade)
		require.False(t, w.required(second), "a plan of the school is graded %s (GRADE-5)", grade)
		require.True(t, w.required(third), "another school's does not count")

		next := w.checking(dot, "2026-04-15", "SUMMER—10/11/2026")
		require.True(t, w.required(next), "a new term starts again (GRADE-7)")

		w.must(desk, first, pep.Delete{Reason: text("Because")})
		require.True(t, w.required(second), "a deleted plan does not count")
	}
}

// TestAChildWhoseLatestGradeIsRedIsGradedAgain covers GRADE-5: the child's other
// plans of the term count.
func TestAChildWhoseLatestGradeIsRedIsGradedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	red := w.graded(ada, pep.Red)
	w.must(worker, red, pep.Cease{On: on("2026-01-05")})
	w.change(ada, func(c *record.Child) {
		c.Care.Episodes = append(c.Care.Episodes, record.Episode{Span: record.Span{From: on("2026-01-05")}})
	})
	require.True(t, w.required(w.checking(ada, "2026-01-20", "SPRING—06/05/2026")))
	require.False(t, w.required(w.checking(ben, "2026-01-20", "SPRING—06/05/2026")))
}

// TestAPlansOwnGradeDoesNotCount: the plan is sent for grading again without a
// reason, because no other plan of the term was graded (GRADE-1).
func TestAPlansOwnGradeDoesNotCount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.graded(ada, pep.Green)
	w.must(support, id, pep.SendForGrading{})
	w.must(consultant, id, pep.AwardGrade{Grade: pep.Green})
	other := w.checking(ben, "2026-01-14", "SPRING—06/05/2026")
	requireRefused(t, rule.GRADE1, w.try(support, other, pep.SendForGrading{}))
	w.must(support, other, pep.SendForGrading{Reason: text("Asked for")})
}

// TestEachChildIsSampledOverTheTerms covers GRADE-2, under a policy that samples
// each child.
func TestEachChildIsSampledOverTheTerms(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *workflow.Config) {
		c.Policy = fixture.Second(func(par *pep.Parameters) { par.Sampling = pep.PerChild })
	})
	require.True(t, w.required(w.checking(ben, "2026-01-20", "SPRING—06/05/2026")))
	id := w.graded(ada, pep.Green)
	w.must(support, id, pep.Finalise{})
	w.clock.noon(on("2026-09-01"))
	next := w.must(support, pep.ID{}, pep.StartSubsequent{Child: ada, Meeting: on("2027-01-04")})
	w.fill(next)
	w.must(worker, next, pep.Delegate{To: teacher, All: true})
	w.must(contributor(teacher), next, pep.SubmitContribution{})
	w.must(worker, next, pep.Reassign{Comment: text("SPRING—06/05/2027")})
	require.False(t, w.required(next), "within twelve months")
}

// TestAPlanAfterCeaseGoesByTheRegister covers START-1 with the recorded episodes,
// CHG-4 if the child is in care throughout, and START-3 if the child comes back.
func TestAPlanAfterCeaseGoesByTheRegister(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.finalised(ada, "2026-01-14", "SPRING—06/05/2026")
	next := w.must(support, pep.ID{}, pep.StartSubsequent{Child: ada})
	w.clock.noon(on("2026-01-20"))
	w.must(worker, next, pep.Cease{On: on("2026-01-20")})
	subsequent := pep.StartSubsequent{Child: ada, Meeting: on("2026-05-06")}
	w.change(ada, func(c *record.Child) { c.Care = record.Care{Throughout: true} })
	requireRefused(t, rule.CHG4, w.try(support, pep.ID{}, subsequent))
	w.change(ada, func(c *record.Child) {
		c.Care = record.Care{Episodes: []record.Episode{{Span: record.Span{From: on("2015-01-01")}}}}
	})
	again := w.must(support, pep.ID{}, subsequent)
	requireRefused(t, rule.START2, w.try(desk, next, pep.Reopen{Reason: text("Because")}))
	w.must(desk, again, pep.Delete{Reason: text("Because")})
	w.change(ada, func(c *record.Child) { c.Care.Episodes[0].To = on("2026-01-20") })
	requireRefused(t, rule.ELIG1, w.try(support, pep.ID{}, subsequent))
	requireRefused(t, rule.ELIG1, w.try(desk, next, pep.Reopen{Reason: text("Because")}))

	w.change(ada, func(c *record.Child) {
		c.Care.Episodes = append(c.Care.Episodes, record.Episode{Span: record.Span{From: on("2026-03-01")}})
	})
	w.clock.noon(on("2026-03-02"))
	requireRefused(t, rule.START1, w.try(support, pep.ID{}, subsequent))
	id := w.must(worker, pep.ID{}, pep.StartInitial{Child: ada, Meeting: on("2026-03-20")})
	require.Equal(t, pep.Initial, w.plan(id).Kind)
}

// TestACeasedPlanIsReopenedBesideOthers: a ceased plan does not prevent its own
// reopening (CHG-4). If the child is recorded as in care throughout, another ceased
// plan prevents it.
func TestACeasedPlanIsReopenedBesideOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.must(worker, w.start(ada, "2026-01-14"), sample(pep.VerbCease))
	second := w.must(worker, w.start(ada, "2026-01-21"), sample(pep.VerbCease))
	w.change(ada, func(c *record.Child) { c.Care = record.Care{Throughout: true} })
	requireRefused(t, rule.CHG4, w.try(desk, first, sample(pep.VerbReopen)))
	w.change(ada, func(c *record.Child) {
		c.Care = record.Care{Episodes: []record.Episode{{Span: record.Span{From: on("2015-01-01")}}}}
	})
	w.must(desk, first, sample(pep.VerbReopen))
	w.must(desk, first, pep.Delete{Reason: text("Because")})
	w.change(ada, func(c *record.Child) { c.Care = record.Care{Throughout: true} })
	w.must(desk, second, sample(pep.VerbReopen))
	require.Equal(t, pep.Draft, w.plan(second).Stage)
}

// TestAFinalisedRevisionLeadsToTheNextPlan covers START-1, for a plan whose later
// revision is ceased.
func TestAFinalisedRevisionLeadsToTheNextPlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.finalised(ada, "2026-01-14", "SPRING—06/05/2026")
	w.must(support, id, pep.Revise{Reason: text("Because")})
	requireRefused(t, rule.START2, w.try(support, pep.ID{}, pep.StartSubsequent{Child: ada}))
	w.must(worker, id, sample(pep.VerbCease))
	next := w.must(support, pep.ID{}, pep.StartSubsequent{Child: ada})
	require.Equal(t, on("2026-05-06"), w.plan(next).Meeting)
}

// TestTheKindOfPlanFollowsFromEarlierPlans covers START-1 and START-2.
func TestTheKindOfPlanFollowsFromEarlierPlans(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	initial := pep.StartInitial{Child: ada, Meeting: on("2026-01-14")}
	requireRefused(t, rule.START1, w.try(support, pep.ID{}, pep.StartSubsequent{Child: ada, Meeting: on("2026-01-14")}))
	id := w.start(ada, "2026-01-14")
	requireRefused(t, rule.START2, w.try(worker, pep.ID{}, initial))
	w.must(desk, id, pep.Delete{Reason: text("Because")})

	first := w.finalised(ada, "2026-01-14", "SPRING—06/05/2026")
	requireRefused(t, rule.START1, w.try(worker, pep.ID{}, initial))
	next := w.must(support, pep.ID{}, pep.StartSubsequent{Child: ada})
	require.Equal(t, on("2026-05-06"), w.plan(next).Meeting)
	require.Equal(t, school, w.plan(next).Establishment, "where the child is on the default day")
	requireRefused(t, rule.START2, w.try(support, first, pep.Revise{Reason: text("Because")}))
	requireRefused(t, rule.START2, w.try(desk, first, pep.Reopen{Reason: text("Because")}))
	require.False(t, w.option(support, first, pep.VerbRevise).Allowed())
}

// TestTheNextPlanFollowsTheLatestOfSeveralFinalisedPlans: the latest of these plans
// gives the next plan its default meeting.
func TestTheNextPlanFollowsTheLatestOfSeveralFinalisedPlans(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.finalised(ada, "2026-01-14", "SPRING—06/05/2026")
	second := w.must(support, pep.ID{}, pep.StartSubsequent{Child: ada})
	w.fill(second)
	w.must(worker, second, pep.Delegate{To: teacher, All: true})
	w.must(contributor(teacher), second, pep.SubmitContribution{})
	w.must(worker, second, pep.Reassign{Comment: text("SUMMER—10/11/2026")})
	w.must(support, second, pep.Finalise{Waiver: text("Because")})
	third := w.must(support, pep.ID{}, pep.StartSubsequent{Child: ada})
	require.Equal(t, on("2026-11-10"), w.plan(third).Meeting)
}

// TestAHostCanPassItsOwnRegister: a host that passes one can use a store that keeps
// no register.
func TestAHostCanPassItsOwnRegister(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.make(func(c *workflow.Config) { c.Plans = bare{w.store} })
	start := pep.StartInitial{Child: ada, Meeting: on("2026-01-14")}
	err := w.try(worker, pep.ID{}, start)
	requireKind(t, workflow.Internal, err)
	require.ErrorIs(t, err, storage.ErrNoRegister)

	host := &directory{child: record.Child{ID: ada, Born: private.NewDate(born), Care: record.Care{Throughout: true}}}
	w.make(func(c *workflow.Config) {
		c.Register = func(storage.Reader) storage.Register { return host }
	})
	id := w.must(worker, pep.ID{}, start)
	require.True(t, w.plan(id).Establishment.IsZero())
}

// bare is a store that keeps no register.
type bare struct{ storage.Plans }

func (s bare) View(ctx context.Context, fn func(storage.Reader) error) error {
	return s.Plans.View(ctx, func(r storage.Reader) error { return fn(struct{ storage.Reader }{r}) })
}

func (s bare) Update(ctx context.Context, fn func(storage.Tx) error) error {
	return s.Plans.Update(ctx, func(tx storage.Tx) error { return fn(struct{ storage.Tx }{tx}) })
}

// directory is a host's own register, with one child.
type directory struct {
	storage.Register
	child record.Child
}

func (d *directory) Child(_ context.Context, id record.ChildID) (record.Child, error) {
	if id != d.child.ID {
		return record.Child{}, storage.ErrNotFound
	}
	return d.child, nil
}

// onlyBen returns a register that knows only Ben.
func onlyBen(w *world) func(storage.Reader) storage.Register {
	c := pupils()[1].(record.Child)
	require.Equal(w, ben, c.ID)
	return func(storage.Reader) storage.Register { return &directory{child: c} }
}
