package lockstep

import (
	"slices"

	"pgregory.net/rapid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// listed is the result of reading a list of plans.
type listed struct {
	Plans []pep.Snapshot
	How   verdict
}

// list compares the plans that a query selects.
func (w *walk) list(q storage.Query) []pep.Snapshot {
	w.Helper()
	return w.lists(q)[0].Plans
}

// lists compares the plans that queries select.
func (w *walk) lists(all ...storage.Query) []listed {
	w.Helper()
	return each(w, "list", func(s *side) (came []listed) {
		w.view(s, func(r storage.Reader) {
			came = nil
			for _, q := range all {
				came = append(came, w.of(s, r, q))
			}
		})
		return came
	})
}

// view reads from one side, and fails the walk if its store fails.
func (w *walk) view(s *side, read func(storage.Reader)) {
	w.sound(s, "list", s.store.View(w.ctx, func(r storage.Reader) error {
		read(r)
		return nil
	}))
}

// of returns the plans that a query selects from one side.
func (w *walk) of(s *side, r storage.Reader, q storage.Query) (l listed) {
	for p, err := range r.Plans(w.ctx, q) {
		if err != nil {
			w.sound(s, "list", err)
			l.How = judge(err)
			return l
		}
		l.Plans = append(l.Plans, p.Snapshot())
	}
	return l
}

// paged compares the plans that a query selects page by page, and requires that
// the pages add up to the whole list.
func (w *walk) paged(q storage.Query) {
	size := rapid.IntRange(1, 3).Draw(w.T, "a page")
	each(w, "list", func(s *side) (whole []pep.Snapshot) {
		w.view(s, func(r storage.Reader) {
			q.Limit = 0
			whole = w.of(s, r, q).Plans
			q.Limit = size
			if !slices.Equal(whole, w.pages(s, r, q, len(whole))) {
				w.tally.differ("pages")
				w.Fatalf("the pages of %s do not add up to its list", s.name)
			}
		})
		return whole
	})
}

// pages returns the plans that a query selects from one side, page by page. It
// stops early if the number of plans exceeds the argument most.
func (w *walk) pages(s *side, r storage.Reader, q storage.Query, most int) (all []pep.Snapshot) {
	for {
		page := w.of(s, r, q).Plans
		all = append(all, page...)
		if len(page) < q.Limit || len(all) > most {
			return all
		}
		last := page[len(page)-1]
		q.After = storage.Place{Meeting: last.Meeting, ID: last.ID}
	}
}

// query draws a query; some are invalid.
func (w *walk) query() storage.Query {
	q := storage.Query{Scope: w.scope()}
	draw := func(what string) bool { return rapid.IntRange(0, 3).Draw(w.T, what) == 0 }
	if draw("of a term") {
		first := term.Lancashire().Of(civil.Of(w.at, w.at.Location()))
		q.Term = first.Add(rapid.IntRange(-2, 2).Draw(w.T, "term"))
	}
	if draw("at stages") {
		q.Stages = rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 12), func(n int) pep.Stage { return pep.Stage(n) }), 1, 4).Draw(w.T, "stages")
	}
	if draw("by meeting") {
		q.Meeting = w.span()
	}
	if draw("by due date") {
		q.Due = w.span()
	}
	q.Graded = draw("graded")
	if draw("after") {
		q.After = w.place()
	}
	if draw("limited") {
		q.Limit = rapid.IntRange(-1, 4).Draw(w.T, "limit")
	}
	return q
}

// scope draws the scope of a list; some are invalid for plans.
func (w *walk) scope() storage.Scope {
	switch rapid.IntRange(0, 12).Draw(w.T, "scope") {
	case 0:
		return rapid.SampledFrom([]storage.Scope{{}, storage.OnePlan(pep.ID{}), storage.Person(outsider)}).Draw(w.T, "no scope")
	case 1, 2, 3:
		return storage.Tray(pep.Tray(rapid.IntRange(0, 8).Draw(w.T, "tray")))
	case 4, 5, 6:
		ids := rapid.SampledFrom([]record.ChildID{year7, year4, year12, nursery, unplaced, special, nobody, {}})
		return storage.Caseload(rapid.SliceOfN(ids, 0, 10).Draw(w.T, "caseload")...)
	case 7, 8, 9:
		return storage.Establishment(rapid.SampledFrom([]record.EstablishmentID{school, college, centre, nowhere, {}}).Draw(w.T, "establishment"))
	}
	return storage.Everything()
}

// span draws a span of days around now, which may be open at either end.
func (w *walk) span() (s record.Span) {
	from := civil.Of(w.at, w.at.Location()).AddDays(rapid.IntRange(-60, 40).Draw(w.T, "from"))
	if len(w.days) > 0 && rapid.Bool().Draw(w.T, "matters") {
		from = rapid.SampledFrom(w.days).Draw(w.T, "day").AddDays(rapid.SampledFrom([]int{0, 0, -1}).Draw(w.T, "beside"))
	}
	if rapid.Bool().Draw(w.T, "begins") {
		s.From = from
	}
	if rapid.Bool().Draw(w.T, "ends") {
		s.To = from.AddDays(rapid.SampledFrom([]int{0, 0, 1, -1, 30}).Draw(w.T, "days"))
	}
	return s
}

// place draws a place in the order of plans: the place of a plan, or one near it.
func (w *walk) place() storage.Place {
	id := rapid.SampledFrom(append([]pep.ID{{}}, w.plans...)).Draw(w.T, "after")
	p := storage.Place{ID: id, Meeting: civil.Of(w.at, w.at.Location())}
	if !id.IsZero() {
		p.Meeting = w.plan(id).Meeting.AddDays(rapid.SampledFrom([]int{0, 0, 0, -1, 1}).Draw(w.T, "beside"))
	}
	return p
}
