package workflow_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

func TestACommandGivenTwiceIsDoneOnceAndAnsweredTheSame(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.fill(w.start(ada, "2026-01-14"))
	c := w.command(worker, id, pep.Delegate{To: teacher, All: true})
	first, err := w.Do(ctx, c)
	require.NoError(t, err)
	before := w.plan(id)

	w.clock.noon(on("2026-02-01"))
	w.must(worker, id, pep.Retract{ConfirmedWithSetting: true, Reason: text("Because")})
	again, err := w.Do(ctx, c)
	require.NoError(t, err)
	require.Equal(t, first, again, "even after the plan has changed")
	require.Equal(t, before.Version+1, w.plan(id).Version)
	require.Len(t, w.messages(), 2)
}

func TestAStartGivenTwiceStartsOnePlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.command(worker, pep.ID{}, pep.StartInitial{Child: ada, Meeting: on("2026-01-14")})
	first, err := w.Do(ctx, c)
	require.NoError(t, err)
	again, err := w.Do(ctx, c)
	require.NoError(t, err)
	require.Equal(t, first, again)
}

func TestTheSameKeyFromManyAtOnceIsDoneOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.start(ada, "2026-01-14")
	c := w.command(worker, id, pep.RescheduleMeeting{Meeting: on("2026-01-15")})
	outcomes := make([]storage.Outcome, 16)
	var all sync.WaitGroup
	for i := range outcomes {
		all.Go(func() {
			o, err := w.Do(ctx, c)
			if err == nil {
				outcomes[i] = o
			}
		})
	}
	all.Wait()
	require.Equal(t, int64(2), w.plan(id).Version)
	for _, o := range outcomes {
		require.Equal(t, outcomes[0], o)
		require.Equal(t, int64(2), o.Version)
	}
}

// TestOneOfManyCommandsOnOneVersionIsDone: of several people who saw the same
// version, one succeeds and the others must look again.
func TestOneOfManyCommandsOnOneVersionIsDone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.start(ada, "2026-01-14")
	errs := make([]error, 16)
	var all sync.WaitGroup
	c := w.command(worker, id, pep.RescheduleMeeting{Meeting: on("2026-01-15")})
	for i := range errs {
		mine := c
		mine.Key = w.key()
		all.Go(func() { _, errs[i] = w.Do(ctx, mine) })
	}
	all.Wait()
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
			continue
		}
		requireKind(t, workflow.Conflict, err)
		require.ErrorIs(t, err, storage.ErrConflict)
	}
	require.Equal(t, 1, done)
}

// TestTwoStartsForOneChildAtOnceAreOnePlan covers START-2.
func TestTwoStartsForOneChildAtOnceAreOnePlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	errs := make([]error, 8)
	var all sync.WaitGroup
	for i := range errs {
		c := w.command(worker, pep.ID{}, pep.StartInitial{Child: ada, Meeting: on("2026-01-14")})
		all.Go(func() { _, errs[i] = w.Do(ctx, c) })
	}
	all.Wait()
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
			continue
		}
		requireRefused(t, rule.START2, err)
	}
	require.Equal(t, 1, done)
}

func TestTheSameKeyForAnotherCommandIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.start(ada, "2026-01-14")
	other := w.start(ben, "2026-01-14")
	c := w.command(worker, id, pep.RescheduleMeeting{Meeting: on("2026-01-15")})
	_, err := w.Do(ctx, c)
	require.NoError(t, err)
	for _, change := range []func(*workflow.Command){
		func(c *workflow.Command) { c.By.ID = support.ID },
		func(c *workflow.Command) { c.By.For = support.ID },
		func(c *workflow.Command) { c.By.Role = pep.BusinessSupport },
		func(c *workflow.Command) { c.Plan = other },
		func(c *workflow.Command) { c.Seen = 2 },
		func(c *workflow.Command) { c.Do = pep.RescheduleMeeting{Meeting: on("2026-01-16")} },
		func(c *workflow.Command) { c.Do = pep.Activate{} },
	} {
		changed := c
		change(&changed)
		_, err := w.Do(ctx, changed)
		requireKind(t, workflow.Conflict, err)
		require.ErrorIs(t, err, storage.ErrKeyReused)
	}
	require.Equal(t, int64(2), w.plan(id).Version)
	require.Equal(t, int64(1), w.plan(other).Version)
}

// TestARefusalStoresNothing: there is no key, no event and no message, so the
// corrected command can use the same key.
func TestARefusalStoresNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.start(ada, "2026-01-14")
	before := w.state(id)
	c := w.command(worker, id, pep.Delegate{To: teacher, All: true})
	_, err := w.Do(ctx, c)
	requireRefused(t, rule.SECT3, err)
	requireKind(t, workflow.Refused, err)
	require.NoError(t, w.store.View(ctx, func(r storage.Reader) error {
		_, err := r.Outcome(ctx, c.Key)
		require.ErrorIs(t, err, storage.ErrNotFound)
		return nil
	}))
	require.Equal(t, before, w.state(id))

	c.Do = pep.RescheduleMeeting{Meeting: on("2026-01-15")}
	_, err = w.Do(ctx, c)
	require.NoError(t, err)
}

func TestAStaleVersionIsAConflict(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.start(ada, "2026-01-14")
	c := w.command(worker, id, pep.RescheduleMeeting{Meeting: on("2026-01-15")})
	w.must(support, id, pep.RescheduleMeeting{Meeting: on("2026-01-16")})
	_, err := w.Do(ctx, c)
	requireKind(t, workflow.Conflict, err)
	require.ErrorIs(t, err, storage.ErrConflict)
	c.Seen = 3
	_, err = w.Do(ctx, c)
	require.ErrorIs(t, err, storage.ErrConflict, "a version that does not exist yet")
	require.Equal(t, on("2026-01-16"), w.plan(id).Meeting)
}

func TestAnInvalidCommandNamesEachFaultyMember(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.start(ada, "2026-01-14")
	move := workflow.Command{Key: "k", By: worker, Plan: id, Seen: 1, Do: pep.RescheduleMeeting{Meeting: on("2026-01-15")}}
	start := workflow.Command{Key: "k", By: worker, Do: pep.StartInitial{Child: ben, Meeting: on("2026-01-14")}}
	for _, c := range []struct {
		name   string
		of     workflow.Command
		change func(*workflow.Command)
		want   []string
	}{
		{"no key", move, func(c *workflow.Command) { c.Key = "" }, []string{"key"}},
		{"a key too long", move, func(c *workflow.Command) { c.Key = storage.Key(strings.Repeat("k", 201)) }, []string{"key"}},
		{"nobody", move, func(c *workflow.Command) { c.By.ID = record.PersonID{} }, []string{"by"}},
		{"no role", move, func(c *workflow.Command) { c.By.Role = 0 }, []string{"role"}},
		{"an unknown role", move, func(c *workflow.Command) { c.By.Role = pep.System + 1 }, []string{"role"}},
		{"no plan", move, func(c *workflow.Command) { c.Plan = pep.ID{} }, []string{"plan"}},
		{"no version", move, func(c *workflow.Command) { c.Seen = 0 }, []string{"seen"}},
		{"a version below zero", move, func(c *workflow.Command) { c.Seen = -1 }, []string{"seen"}},
		{"no action", move, func(c *workflow.Command) { c.Do = nil }, []string{"do"}},
		{"no child", start, func(c *workflow.Command) { c.Do = pep.StartInitial{Meeting: on("2026-01-14")} }, []string{"child"}},
		{"no child for a subsequent plan", start, func(c *workflow.Command) { c.Do = pep.StartSubsequent{} }, []string{"child"}},
		{"a version for a start", start, func(c *workflow.Command) { c.Seen = 1 }, []string{"seen"}},
		{"nothing at all", workflow.Command{}, func(*workflow.Command) {}, []string{"key", "do", "by", "role"}},
		{"nothing but an action", workflow.Command{}, func(c *workflow.Command) { c.Do = pep.Activate{} }, []string{"key", "by", "role", "plan", "seen"}},
		{"a file of a size below zero", move, func(c *workflow.Command) { c.Do = pep.Attach{Name: text("a"), Size: -1} }, []string{"size"}},
		{"an unknown grade", move, func(c *workflow.Command) { c.Do = pep.AwardGrade{Grade: 9} }, []string{"grade"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.change(&c.of)
			_, err := w.Do(ctx, c.of)
			requireKind(t, workflow.Invalid, err)
			require.Equal(t, c.want, rule.InvalidMembers(err))
		})
	}
	require.Equal(t, int64(1), w.plan(id).Version)
}

func TestAKeyMayHaveTwoHundredBytes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.command(worker, pep.ID{}, pep.StartInitial{Child: ada, Meeting: on("2026-01-14")})
	c.Key = storage.Key(strings.Repeat("k", 200))
	_, err := w.Do(ctx, c)
	require.NoError(t, err)
}

// TestTheErrorSaysWhatIsNotFound: a plan, a child, an establishment or a
// contributor can be missing.
func TestTheErrorSaysWhatIsNotFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.fill(w.start(ada, "2026-01-14"))
	unknown := record.EstablishmentID{UUID: uid(66)}
	w.change(ben, func(c *record.Child) { c.Education[0].Establishment = unknown })
	for _, c := range []struct {
		what string
		of   workflow.Command
	}{
		{"delegate on", workflow.Command{Key: "k", By: worker, Plan: pep.ID{UUID: uid(66)}, Seen: 1, Do: sample(pep.VerbDelegate)}},
		{"child", w.command(worker, pep.ID{}, pep.StartInitial{Child: record.ChildID{UUID: uid(66)}, Meeting: on("2026-01-14")})},
		{"establishment", w.command(worker, pep.ID{}, pep.StartInitial{Child: ben, Meeting: on("2026-01-14")})},
		{"contributor", w.command(worker, id, pep.Delegate{To: record.ContributorID{UUID: uid(66)}, All: true})},
	} {
		_, err := w.Do(ctx, c.of)
		requireKind(t, workflow.NotFound, err)
		require.ErrorContains(t, err, c.what)
	}
	_, err := w.Plan(ctx, worker, pep.ID{UUID: uid(66)})
	requireKind(t, workflow.NotFound, err)
	_, err = w.Options(ctx, worker, pep.ID{UUID: uid(66)})
	requireKind(t, workflow.NotFound, err)
}

// TestWithoutPermissionNothingExistsAndNothingIsWritten: whatever their role,
// somebody without permission gets storage.ErrNotFound, even for a start or a look.
func TestWithoutPermissionNothingExistsAndNothingIsWritten(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.start(ada, "2026-01-14")
	asked := map[record.ChildID]pep.Stage{}
	w.make(relate(func(_ context.Context, c workflow.Case) (access.Relations, error) {
		asked[c.Child] = pep.None
		if c.Plan != nil {
			asked[c.Child] = c.Plan.Stage()
		}
		if c.By == support && c.Child == ada {
			return everything, nil
		}
		return everything, errors.New("Quetzal7Wren is not on your caseload")
	}))
	before := w.state(id)
	for role := range pep.AllRoles() {
		if role == pep.BusinessSupport {
			continue
		}
		err := w.try(actor(role), id, pep.RescheduleMeeting{Meeting: on("2026-01-15")})
		requireKind(t, workflow.NotFound, err)
		require.ErrorIs(t, err, storage.ErrNotFound)
		require.NotContains(t, err.Error(), "Quetzal7Wren")
	}
	requireKind(t, workflow.NotFound, w.try(worker, pep.ID{}, pep.StartInitial{Child: ben, Meeting: on("2026-01-14")}))
	_, err := w.Options(ctx, worker, id)
	requireKind(t, workflow.NotFound, err)
	require.Equal(t, before, w.state(id))
	require.Equal(t, map[record.ChildID]pep.Stage{ada: pep.Draft, ben: pep.None}, asked)

	w.must(support, id, pep.RescheduleMeeting{Meeting: on("2026-01-15")})
	_, err = w.Options(ctx, support, id)
	require.NoError(t, err)
}

// TestAFailureOfTheStoreIsNoDenial: if Relation fails because the store fails,
// nobody is denied anything.
func TestAFailureOfTheStoreIsNoDenial(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		want workflow.Kind
	}{
		{storage.ErrContention, workflow.Contention},
		{context.DeadlineExceeded, workflow.Contention},
		{&storage.Error{Op: "child", Err: storage.ErrUnavailable}, workflow.Internal},
		{&storage.Error{Op: "child", Err: storage.ErrDamaged}, workflow.NotFound},
		{storage.ErrNotFound, workflow.NotFound},
		{errors.New("anything else"), workflow.NotFound},
	} {
		w := newWorld(t, relate(func(context.Context, workflow.Case) (access.Relations, error) { return everything, c.err }))
		requireKind(t, c.want, w.try(worker, pep.ID{}, pep.StartInitial{Child: ada, Meeting: on("2026-01-14")}))
	}
}

// TestTheWrongRoleIsForbidden: the error is Forbidden if only this person may not
// take the action, and Refused if nobody can take it now.
func TestTheWrongRoleIsForbidden(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.delegated(ada, "2026-01-14")
	requireKind(t, workflow.Forbidden, w.try(support, id, pep.Activate{}))
	requireKind(t, workflow.Forbidden, w.try(worker, id, pep.Finalise{}))
	requireKind(t, workflow.Forbidden, w.try(contributor(deputy), id, pep.SubmitContribution{}))
	requireKind(t, workflow.Refused, w.try(worker, id, pep.Activate{}))
}

// TestACommandWithACancelledContextDoesNothing: the command can be given again.
func TestACommandWithACancelledContextDoesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	over, cancel := context.WithCancel(ctx)
	cancel()
	c := w.command(worker, pep.ID{}, pep.StartInitial{Child: ada, Meeting: on("2026-01-14")})
	_, err := w.Do(over, c)
	requireKind(t, workflow.Contention, err)
	_, err = w.Do(ctx, c)
	require.NoError(t, err)
}

// TestAnUnknownRevisionClosesItsPlanAlone: a plan of an unknown revision can be
// re-pinned.
func TestAnUnknownRevisionClosesItsPlanAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old := w.start(ada, "2026-01-14")
	w.make(func(c *workflow.Config) { c.Policy = fixture.Second() })
	young := w.start(ben, "2026-01-14")

	move := pep.RescheduleMeeting{Meeting: on("2026-01-15")}
	err := w.try(worker, old, move)
	requireKind(t, workflow.Damaged, err)
	require.ErrorIs(t, err, workflow.ErrNoPolicy)
	_, err = w.Options(ctx, worker, old)
	require.ErrorIs(t, err, workflow.ErrNoPolicy)
	_, err = w.Plan(ctx, worker, old)
	require.NoError(t, err)
	w.must(worker, young, move)

	w.must(desk, old, pep.Repin{})
	require.Equal(t, 2, w.plan(old).Policy)
	w.must(worker, old, move)
	requireRefused(t, rule.REPIN1, w.try(desk, old, pep.Repin{}))
}

// TestAnEarlierPolicyDecidesItsPlans: a plan's revision chooses the policy.
func TestAnEarlierPolicyDecidesItsPlans(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old := w.fill(w.start(ada, "2026-01-14"))
	w.make(func(c *workflow.Config) {
		c.Policy = fixture.Second(func(par *pep.Parameters) { par.Delegation.Return.Days = 7 })
		c.Earlier = []*pep.Policy{pep.Lancashire()}
	})
	young := w.fill(w.start(ben, "2026-01-14"))
	for _, id := range []pep.ID{old, young} {
		w.must(worker, id, pep.Delegate{To: teacher, All: true})
	}
	require.Equal(t, on("2026-01-28"), w.plan(old).Due)
	require.Equal(t, on("2026-01-21"), w.plan(young).Due)
}

// TestARepeatedTransactionGivesTheSame: a store that runs every transaction twice
// ends with the same plans, messages and outcomes as one that does not.
func TestARepeatedTransactionGivesTheSame(t *testing.T) {
	t.Parallel()
	once, again := newWorld(t), newWorld(t)
	again.make(func(c *workflow.Config) { c.Plans = twice{again.store} })
	walk := func(w *world) []any {
		id := w.finalised(ada, "2026-01-14", "SPRING—06/05/2026")
		other := w.delegated(ben, "2026-01-14")
		c := w.command(worker, other, pep.RescheduleMeeting{Meeting: on("2026-01-15")})
		first, err := w.Do(ctx, c)
		require.NoError(t, err)
		second, err := w.Do(ctx, c)
		require.NoError(t, err)
		all := []any{first, second, w.try(support, id, pep.Activate{}).Error()}
		for _, day := range []string{"2026-01-15", "2026-04-20", "2026-09-02", "2027-01-02"} {
			all = append(all, w.day(day))
		}
		return append(all, w.state(id, other)...)
	}
	require.Equal(t, walk(once), walk(again))
}

// TestAnUnknownOutcomeIsFoundByItsKey: the store committed but could not say so.
// The same command, given again, returns the outcome and does nothing.
func TestAnUnknownOutcomeIsFoundByItsKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.start(ada, "2026-01-14")
	c := w.command(worker, id, pep.RescheduleMeeting{Meeting: on("2026-01-15")})
	_, err := w.In(doubtful{w.store}).Do(ctx, c)
	requireKind(t, workflow.Unknown, err)
	o, err := w.Do(ctx, c)
	require.NoError(t, err)
	require.Equal(t, int64(2), o.Version)
	require.Equal(t, int64(2), w.plan(id).Version)
}

// doubtful is a store that commits and then reports that the outcome is unknown.
type doubtful struct{ storage.Plans }

func (s doubtful) Update(ctx context.Context, fn func(storage.Tx) error) error {
	if err := s.Plans.Update(ctx, fn); err != nil {
		return err
	}
	return storage.ErrOutcomeUnknown
}

// TestACommandThatFailsAtAnyCallLeavesNothing: whichever call to the store fails,
// nothing is stored, and the same command succeeds afterwards.
func TestACommandThatFailsAtAnyCallLeavesNothing(t *testing.T) {
	t.Parallel()
	lost := &storage.Error{Op: "call", Err: storage.ErrUnavailable}
	for n := 1; ; n++ {
		w := newWorld(t)
		id := w.fill(w.start(ada, "2026-01-14"))
		before := w.state(id)
		calls := 0
		s := w.In(spy{w.store, func(string) error {
			if calls++; calls == n {
				return lost
			}
			return nil
		}})
		c := w.command(worker, id, pep.Delegate{To: teacher, All: true})
		_, err := s.Do(ctx, c)
		if err == nil {
			require.Equal(t, 9, n-1, "the calls of a delegation, including the commit")
			return
		}
		require.ErrorIs(t, err, storage.ErrUnavailable)
		requireKind(t, workflow.Internal, err)
		require.Equal(t, before, w.state(id))
		_, err = w.Do(ctx, c)
		require.NoError(t, err)
	}
}
