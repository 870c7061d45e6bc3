package lockstep

import (
	"context"
	"reflect"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// walk holds the sides of a walk, and what was done to all of them.
type walk struct {
	*rapid.T
	ctx      context.Context
	tally    *Tally
	sides    []*side
	at       time.Time
	policies []*pep.Policy
	plans    []pep.ID // the plans that were started
	given    []workflow.Command
	keys     map[storage.Key]bool
	messages []uuid.UUID        // the messages that were claimed
	requests []record.RequestID // the requests that were made
	asked    uint64             // the number of questions that the sides were asked
	days     []civil.Date       // the dates of meetings and returns
	ends     []civil.Date       // the dates from which sealed copies can be destroyed
	instants []time.Time        // the instants of the things that were entered in ledgers
	changed  bool               // true if something has changed since the outbox was last compared
}

// Walk takes a walk over an empty store of each kind, with as many steps on average
// as the flag -rapid.steps says. It counts in tally what it does, and fails t if
// anything differs between the stores.
func Walk(t *rapid.T, tally *Tally, entrants ...Entrant) {
	w := &walk{
		T: t, ctx: context.Background(), tally: tally, keys: map[storage.Key]bool{}, policies: []*pep.Policy{pep.Lancashire()},
		at: time.Date(2026, time.January, 5, 9, 30, 0, 123_456_789, time.FixedZone("", 3600)),
	}
	for _, e := range entrants {
		w.sides = append(w.sides, &side{name: e.Name, store: e.New()})
	}
	w.found()
	w.put(people(w.at)...)
	t.Repeat(map[string]func(*rapid.T){
		"":             w.compare,
		"offered":      w.offered,
		"on and on":    w.offered,
		"not offered":  w.notOffered,
		"not offered ": w.notOffered,
		"stale":        w.stale,
		"key again":    w.again,
		"no command":   w.unusable,
		"rolled back":  w.rolledBack,
		"day":          w.day,
		"time":         w.pass,
		"outbox":       w.outbox,
		"register":     w.register,
		"policy":       w.revise,
		"ledgers":      w.enter,
		"prune":        w.prune,
	})
	w.everything()
}

// found gives every side a new service, which decides under the latest policy.
func (w *walk) found() {
	for _, s := range w.sides {
		require.NoError(w, s.found(func() time.Time { return w.at }, w.policies...))
	}
}

// each asks every side, and requires that all give the first side's answer.
func each[Answer any](w *walk, what string, ask func(*side) Answer) Answer {
	w.Helper()
	w.asked++
	for _, s := range w.sides {
		s.ids = w.asked << 8
	}
	first := w.sides[0]
	want := ask(first)
	for _, s := range w.sides[1:] {
		if got := ask(s); !reflect.DeepEqual(want, got) {
			w.tally.differ(what)
			require.Equal(w, want, got, "%s: %s gave the expected value, %s the actual one", what, first.name, s.name)
		}
	}
	return want
}

// sound fails the walk for an error that no sound store returns, and for an error
// that shows content.
func (w *walk) sound(s *side, what string, err error) {
	if fails(err) {
		w.tally.differ(what)
		require.Fail(w, what+": a store failed, or its error shows content", "%s: %v", s.name, err)
	}
}

// put puts the same entries into the register of every side.
func (w *walk) put(all ...any) {
	each(w, "register", func(s *side) verdict {
		err := s.put(w.ctx, all...)
		w.sound(s, "register", err)
		return judge(err)
	})
}

// pass lets time go by, seldom beyond the end of a term. Sometimes it stops on a
// day on which a plan is due for something, and does that day's work.
func (w *walk) pass(t *rapid.T) {
	w.tally.Steps++
	today := w.sides[0].service.Today()
	days := rapid.SampledFrom([]int{0, 1, 1, 3, 14, 40}).Draw(w.T, "days")
	passed := func(d civil.Date) bool { return !d.After(today) || d.DaysSince(today) > 100 }
	w.ends = slices.DeleteFunc(w.ends, passed)
	to := slices.DeleteFunc(slices.Clone(w.days), passed)
	if len(w.ends) > 0 && rapid.Bool().Draw(w.T, "a seal's end") {
		to = w.ends
	}
	matters := len(to) > 0 && rapid.Bool().Draw(w.T, "matters")
	if matters {
		days = rapid.SampledFrom(to).Draw(w.T, "day").DaysSince(today)
	}
	w.at = w.at.AddDate(0, 0, days).Add(rapid.SampledFrom([]time.Duration{
		0, time.Nanosecond, 500 * time.Nanosecond, time.Microsecond, 25 * time.Minute, 5 * time.Hour,
	}).Draw(w.T, "moments"))
	if matters {
		w.day(t)
	}
}

// day asks every side to do the work of today, of an earlier day or of tomorrow.
func (w *walk) day(*rapid.T) {
	w.tally.Steps++
	on := w.sides[0].service.Today().AddDays(rapid.SampledFrom([]int{0, 0, 0, 0, -1, -7, 1}).Draw(w.T, "of"))
	type done struct {
		Did      workflow.DayReport
		Failed   []verdict
		How      verdict
		Observed []workflow.Observation
	}
	d := each(w, "day's work", func(s *side) done {
		did, err := s.service.RunDay(w.ctx, on)
		w.sound(s, "day's work", err)
		d := done{Did: did, How: judge(err), Observed: s.observed()}
		for _, e := range did.Failed {
			d.Failed = append(d.Failed, judge(e))
		}
		d.Did.Failed = nil
		return d
	})
	w.changed = true
	for _, p := range d.Did.Carried {
		w.tally.done(pep.VerbCarryForward)
		w.content(p, lately)
	}
}

// revise brings in a new revision of the policy, at most twice.
func (w *walk) revise(t *rapid.T) {
	if len(w.policies) == 3 || rapid.IntRange(0, 3).Draw(w.T, "in force") > 0 {
		t.Skip("no new policy")
	}
	w.tally.Steps++
	par := w.policies[len(w.policies)-1].Parameters(civil.Date{})
	par.Revision++
	next, err := pep.NewPolicy(par)
	require.NoError(w, err)
	w.policies = append(w.policies, next)
	w.found()
}

// register changes the entry of a child, an establishment or a contributor.
func (w *walk) register(*rapid.T) {
	w.tally.Steps++
	id := rapid.SampledFrom(often[:]).Draw(w.T, "child")
	c, today := w.child(id), w.sides[0].service.Today()
	span := record.Span{From: today}
	var change any
	switch rapid.IntRange(1, 6).Draw(w.T, "change") {
	case 1:
		w.backInCare(id)
		return
	case 2:
		c.Education = []record.Education{{Span: span, Kind: record.School, Establishment: rapid.SampledFrom([]record.EstablishmentID{school, centre, nowhere}).Draw(w.T, "moves to")}}
		change = c
	case 3:
		c.Consent = rapid.SampledFrom([]record.Consent{0, record.Given, record.Withheld, 9}).Draw(w.T, "consent")
		change = c
	case 4:
		c.ID = record.ChildID{}
		change = c
	case 5:
		change = record.Contributor{ID: deputy, Establishment: school, Active: rapid.Bool().Draw(w.T, "active"), Actioned: w.at}
	case 6:
		change = record.Establishment{ID: centre, Status: record.Current, Special: rapid.Bool().Draw(w.T, "special")}
	}
	w.put(change)
	w.child(id)
}

// backInCare makes a child looked after again, from today on.
func (w *walk) backInCare(id record.ChildID) {
	c := w.child(id)
	c.Care.Episodes = append(c.Care.Episodes, record.Episode{Span: record.Span{From: w.sides[0].service.Today()}})
	w.put(c)
	w.child(id)
}

// child returns a child's entry in the register, which must be equal on all sides.
func (w *walk) child(id record.ChildID) record.Child {
	return each(w, "register", func(s *side) (c record.Child) {
		require.NoError(w, s.store.View(w.ctx, func(r storage.Reader) error {
			known, err := storage.RegisterOf(r)
			if err == nil {
				c, err = known.Child(w.ctx, id)
			}
			return err
		}), s.name)
		c.Care.Episodes = slices.Clone(c.Care.Episodes)
		return c
	})
}
