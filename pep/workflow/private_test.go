package workflow_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/private/privatetest"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// TestNoTypeOfThePackageShowsWhatIsPrivate checks every exported type, and a command
// with each action.
func TestNoTypeOfThePackageShowsWhatIsPrivate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	all := []any{w.Service, *w.Service, w.config, workflow.Actor{}, workflow.DayReport{}, workflow.Next{}, workflow.Task{}, workflow.Repinning{}, workflow.Observation{}, workflow.Missing{}, workflow.ChildStanding{}, workflow.DossierQuery{}, workflow.Case{}, workflow.Reading{}, workflow.Preflight{}, workflow.Start{}, workflow.TrayQuery{}, workflow.Page{}, workflow.Position{}, workflow.View{Plan: pep.New(pep.ID{})}, workflow.Entries{}, workflow.PaymentRun{}, workflow.ExportOrder{}, workflow.Exported{Answers: map[int]forms.Answers{1: {}}}, &workflow.Error{Err: errors.New("e")}}
	for v := range pep.AllVerbs() {
		all = append(all, workflow.Command{Do: sample(v)})
	}
	privatetest.Package(t, all...)
}

// failing is a command or a day's work that fails. Every text in it is a canary.
type failing struct {
	name string
	do   func(w *world) error
}

// canary returns a text that must not appear anywhere.
func canary() private.Text { return text(privatetest.Canary) }

// wrong returns invalid answers: to a question that does not exist, with a text that
// is too long, and with a text that is not UTF-8.
func wrong() forms.Answers {
	page, _ := forms.TemplateOf(forms.SecondaryMainstream).Section(1)
	return forms.NewAnswers(map[string]string{
		privatetest.Canary:   privatetest.Canary,
		page.Questions[0].ID: strings.Repeat(privatetest.Canary, forms.MaxAnswer),
		page.Questions[1].ID: privatetest.Canary + "\xff",
	})
}

// allFailing returns failures of every kind, with each action that has a text.
func allFailing() (all []failing) {
	bad := func(name string, stage pep.Stage, role pep.Role, do pep.Action) {
		all = append(all, failing{name, func(w *world) error { return w.try(actor(role), w.at(stage), do) }})
	}
	bad("invalid answers", pep.Draft, pep.SocialWorker, pep.Answer{Section: 1, Answers: wrong()})
	bad("answers by the wrong role", pep.Draft, pep.BusinessSupport, pep.Answer{Section: 1, Answers: filled(forms.SecondaryMainstream, 1)})
	bad("an invalid contribution", pep.Delegated, pep.DesignatedTeacher, pep.SaveContribution{Section: 1, Answers: wrong()})
	bad("an invalid comment", pep.Returned, pep.SocialWorker, pep.Reassign{Comment: canary()})
	bad("a comment with an invalid day", pep.Returned, pep.SocialWorker, pep.Reassign{Comment: text("SPRING—" + privatetest.Canary)})
	bad("a retract not confirmed", pep.Delegated, pep.SocialWorker, pep.Retract{Reason: canary()})
	bad("a file with a size below zero", pep.Draft, pep.SocialWorker, pep.Attach{Name: canary(), Size: -1})
	for v := range pep.AllVerbs() {
		if v != pep.VerbStartInitial && v != pep.VerbStartSubsequent {
			bad(v.String()+" after the end", pep.Deleted, pep.System, sample(v))
		}
	}
	start := pep.StartInitial{Child: ada, Meeting: on("2026-01-14")}
	change := func(name string, change func(*record.Child)) {
		all = append(all, failing{name, func(w *world) error {
			w.change(ada, change)
			return w.try(worker, pep.ID{}, start)
		}})
	}
	change("born too long ago", func(c *record.Child) { c.Born = private.NewDate(privatetest.Day()) })
	change("born after the term", func(c *record.Child) { c.Born = private.NewDate(on("2026-05-06")) })
	change("too young", func(c *record.Child) { c.Born = private.NewDate(on("2025-01-01")) })
	change("past the last term", func(c *record.Child) { c.Born = private.NewDate(on("2007-01-01")) })
	change("not looked after", func(c *record.Child) { c.Care = record.Care{} })
	all = append(all,
		failing{"an unusable command", func(w *world) error {
			_, err := w.Do(ctx, workflow.Command{Do: &pep.Delete{Reason: canary()}})
			return err
		}},
		failing{"a key used again", func(w *world) error {
			c := w.command(worker, pep.ID{}, start)
			_, err := w.Do(ctx, c)
			require.NoError(w, err)
			c.Do = pep.StartInitial{Child: ben, Meeting: on("2026-01-14")}
			_, err = w.Do(ctx, c)
			return err
		}},
		failing{"a denial", func(w *world) error {
			w.make(relate(func(ctx context.Context, c workflow.Case) (access.Relations, error) {
				child, _ := c.Record(ctx)
				return everything, errors.New("not the worker of " + child.Name.Reveal(private.Showing))
			}))
			return w.try(worker, pep.ID{}, start)
		}},
		failing{"an unknown policy", func(w *world) error {
			id := w.start(ada, "2026-01-14")
			w.make(func(c *workflow.Config) { c.Policy = fixture.Second() })
			return w.try(worker, id, sample(pep.VerbAnswer))
		}},
		failing{"a plan of the day's work that failed", func(w *world) error {
			id := w.delegated(ada, "2026-01-14")
			w.clock.noon(on("2026-04-20"))
			d, err := w.In(stubborn{w.store, id, storage.ErrConflict}).RunDay(ctx, w.Today())
			require.NoError(w, err)
			return d.Failed[0]
		}},
		failing{"the day's work and a child with an invalid record", func(w *world) error {
			w.finalised(ada, "2026-01-14", "SPRING—06/05/2026")
			w.change(ada, func(c *record.Child) { c.Born = private.NewDate(privatetest.Day()) })
			return w.day("2026-01-05").Failed[0]
		}},
		failing{"a child new to care with an invalid record", func(w *world) error {
			w.put(child(5, "2026-01-02"))
			s := w.In(miscast{w.store})
			d, err := s.RunDay(ctx, w.Today())
			require.NoError(w, err)
			return d.Failed[0]
		}},
	)
	return all
}

// TestNoErrorShowsANameABirthDateOrAnAnswer: no error shows private data when it is
// printed or logged, or in its Observation.
func TestNoErrorShowsANameABirthDateOrAnAnswer(t *testing.T) {
	t.Parallel()
	kinds := map[workflow.Kind]int{}
	for _, f := range allFailing() {
		var seen []workflow.Observation
		w := newWorld(t, func(c *workflow.Config) {
			c.Observe = func(_ context.Context, o workflow.Observation) { seen = append(seen, o) }
		})
		err := f.do(w)
		require.Error(t, err, f.name)
		kinds[workflow.KindOf(err)]++
		requireNothingShows(t, f.name, err, seen)
	}
	for _, k := range []workflow.Kind{workflow.Conflict, workflow.Refused, workflow.Forbidden, workflow.Invalid, workflow.Damaged} {
		require.NotZero(t, kinds[k], k)
	}
}

// requireNothingShows requires that neither an error, nor its lines in a log, nor
// its observations hold a canary or a birth date.
func requireNothingShows(t *testing.T, name string, err error, seen []workflow.Observation) {
	t.Helper()
	var out bytes.Buffer
	for _, log := range []*slog.Logger{slog.New(slog.NewTextHandler(&out, nil)), slog.New(slog.NewJSONHandler(&out, nil))} {
		log.Error("failed", "err", err, "seen", seen)
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		fmt.Fprintf(&out, "%v %+v %#v %q %s\n", e, e, e, e, e)
	}
	fmt.Fprintf(&out, "%v %+v %#v\n", seen, seen, seen)
	for _, hidden := range []string{privatetest.Canary, born.String(), "1913-", "2025-01-01", "2007-01-01", born.Anniversary(18, 1).String()} {
		require.NotContains(t, strings.ToLower(out.String()), strings.ToLower(hidden), name)
	}
	privatetest.Sweep(t, err)
}

// TestAnObservationTellsActionOutcomeAndDuration covers commands and the steps of
// the day's work.
func TestAnObservationTellsActionOutcomeAndDuration(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var seen []workflow.Observation
	w := newWorld(t)
	w.make(func(c *workflow.Config) {
		c.Observe = func(_ context.Context, o workflow.Observation) {
			mu.Lock()
			defer mu.Unlock()
			seen = append(seen, o)
		}
		c.Now = func() time.Time { // each look at the clock takes a second
			defer w.clock.set(w.clock.now().Add(time.Second))
			return w.clock.now()
		}
	})
	started := w.clock.now()
	id := w.start(ada, "2026-01-14")
	_ = w.try(worker, id, pep.Finalise{})
	_ = w.try(support, id, pep.Activate{})
	_ = w.try(worker, id, pep.Delegate{To: teacher, All: true})
	_, _ = w.Do(ctx, workflow.Command{})
	_, err := w.RunDay(ctx, w.Today())
	require.NoError(t, err)

	type outcome struct {
		action string
		role   pep.Role
		kind   workflow.Kind
		rule   rule.ID
	}
	var got []outcome
	for _, o := range seen {
		got = append(got, outcome{o.Action, o.Role, o.Kind, o.Rule})
		require.False(t, o.Started.Before(started))
		require.GreaterOrEqual(t, o.Took, time.Second)
		require.Less(t, o.Took, time.Minute)
	}
	require.Equal(t, []outcome{
		{"start_initial", pep.SocialWorker, 0, 0},
		{"finalise", pep.SocialWorker, workflow.Forbidden, rule.FINAL1},
		{"activate", pep.BusinessSupport, workflow.Forbidden, rule.DELEG5},
		{"delegate", pep.SocialWorker, workflow.Refused, rule.SECT3},
		{"", 0, workflow.Invalid, 0},
		{"list_care_ended", pep.System, 0, 0},
		{"make_up", pep.System, 0, 0},
		{"remind", pep.System, 0, 0},
		{"carry_forward", pep.System, 0, 0},
		{"destroy", pep.System, 0, 0},
		{"erase", pep.System, 0, 0},
		{"list_not_started", pep.System, 0, 0},
		{"list_new_to_care", pep.System, 0, 0},
		{"list_open", pep.System, 0, 0},
		{"end_day", pep.System, 0, 0},
	}, got)
}
