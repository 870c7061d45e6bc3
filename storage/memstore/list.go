package memstore

import (
	"iter"
	"slices"
	"time"

	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// way is one way to find the plans that a query selects: the spans of one index that
// contain all of them.
type way struct {
	index index
	spans []span
}

// span is a range of the entries of an index, with both ends included.
type span struct{ from, to entry }

// merged is the largest number of spans that are read side by side. If a way has
// more spans, their entries are collected and sorted.
const merged = 8

// list iterates over the plans that q selects, in the order of plans.
func (s *state) list(q storage.Query) iter.Seq[*plan] {
	return func(yield func(*plan) bool) {
		left := q.Limit
		for e, c := range s.walk(s.best(&q)) {
			p := c.at(s.epoch.seq)
			if after(e, q.After) && q.Selects(&p.state) {
				if !yield(p) {
					return
				}
				if left--; left == 0 {
					return
				}
			}
		}
	}
}

// after reports whether an entry comes after a place in the order of plans.
func after(e entry, p storage.Place) bool {
	return e.day.After(p.Meeting) || e.day == p.Meeting && e.plan.compare(id(p.ID.UUID)) > 0
}

// best returns the way with the fewest entries. For a caseload of a few children it
// is always the way through the children's plans.
func (s *state) best(q *storage.Query) way {
	if children, ok := q.Scope.Children(); ok && len(children) <= merged {
		return ofChildren(q, children)
	}
	ways := ways(q)
	return slices.MinFunc(ways, func(a, b way) int { return s.size(a) - s.size(b) })
}

// size estimates the number of entries of a way.
func (s *state) size(w way) (n int) {
	t := &s.indexes[w.index]
	for _, sp := range w.spans {
		n += t.rank(sp.to) - t.rank(sp.from)
	}
	return n
}

// ways returns every way to find the plans that q selects.
func ways(q *storage.Query) []way {
	all := []way{grouped(q, byMeeting, id{})}
	if children, ok := q.Scope.Children(); ok {
		all = append(all, ofChildren(q, children))
	}
	if at, ok := q.Scope.Establishment(); ok {
		all = append(all, grouped(q, byEstablishment, id(at.UUID)))
	}
	if !q.Contributor.IsZero() {
		all = append(all, grouped(q, byContributor, id(q.Contributor.UUID)))
	}
	if stages, named := q.SelectedStages(); named {
		groups := make([]id, len(stages))
		for i, s := range stages {
			groups[i] = stageGroup(s)
		}
		all = append(all, grouped(q, byStage, groups...))
	}
	if !q.Term.IsZero() {
		all = append(all, grouped(q, byTerm, termGroup(q.Term)))
	}
	if !q.Due.To.IsZero() || !q.Due.From.IsZero() {
		all = append(all, dueWay(q))
	}
	return all
}

// ofChildren returns the way through the plans of some children.
func ofChildren(q *storage.Query, children []record.ChildID) way {
	return grouped(q, byChild, distinct(children)...)
}

// grouped returns the way through some groups of an index. The index must hold each
// group in the order of plans. The way begins at q.After and keeps to the days of
// q.Meeting.
func grouped(q *storage.Query, i index, groups ...id) way {
	slices.SortFunc(groups, id.compare)
	w := way{index: i}
	for _, g := range slices.Compact(groups) {
		from := entry{g, q.After.Meeting, id(q.After.ID.UUID)}
		if q.Meeting.From.After(from.day) {
			from.day, from.plan = q.Meeting.From, id{}
		}
		w.spans = append(w.spans, span{from, entry{g, lastDay(q.Meeting), lastID}})
	}
	return w
}

// dueWay returns the way through the due dates of q.Due. Its entries are not in the
// order of plans.
func dueWay(q *storage.Query) way {
	from := entry{group: dayGroup(q.Due.From)}
	to := entry{dayGroup(lastDay(q.Due)), lastDay(record.Span{}), lastID}
	return way{byDue, []span{{from, to}}}
}

// lastID comes after all other ids.
var lastID = id{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}

// lastDay returns the last day that s covers, or the last possible day if s has no
// end.
func lastDay(s record.Span) civil.Date {
	if s.To.IsZero() {
		end, _ := civil.New(9999, time.December, 31)
		return end
	}
	return s.To.AddDays(-1)
}

// walk iterates over the entries of a way in the order of plans.
func (s *state) walk(w way) iter.Seq2[entry, *cell] {
	if w.index == byDue || len(w.spans) > merged {
		return s.sorted(w)
	}
	return s.merged(w)
}

// sorted collects the entries of a way and iterates over them in the order of plans.
func (s *state) sorted(w way) iter.Seq2[entry, *cell] {
	var all []found
	for _, sp := range w.spans {
		in := func(e entry) bool { return e.compare(sp.to) <= 0 }
		for e, c := range s.indexes[w.index].from(sp.from, in) {
			all = append(all, found{e, c})
		}
	}
	slices.SortFunc(all, func(a, b found) int { return a.entry.order(&b.entry) })
	return func(yield func(entry, *cell) bool) {
		for _, f := range all {
			if !yield(f.entry, f.cell) {
				return
			}
		}
	}
}

// found is an entry of an index with the cell of its plan.
type found struct {
	entry entry
	cell  *cell
}

// merged iterates over the spans of a way side by side, in the order of plans.
func (s *state) merged(w way) iter.Seq2[entry, *cell] {
	return func(yield func(entry, *cell) bool) {
		heads := make([]head, 0, len(w.spans))
		for _, sp := range w.spans {
			h := head{to: sp.to, cursor: s.indexes[w.index].seek(sp.from)}
			if h.advance() {
				heads = append(heads, h)
			}
		}
		for len(heads) > 0 {
			i := least(heads)
			if !yield(heads[i].at, heads[i].cell) {
				return
			}
			if !heads[i].advance() {
				heads = slices.Delete(heads, i, i+1)
			}
		}
	}
}

// head is a span that is being read, with its next entry.
type head struct {
	at, to entry
	cell   *cell
	cursor cursor[entry, *cell]
}

// advance moves to the next entry. It returns false after the last.
func (h *head) advance() bool {
	e, c, ok := h.cursor.next()
	h.at, h.cell = e, c
	return ok && e.compare(h.to) <= 0
}

// least returns the index of the head that comes first in the order of plans.
func least(heads []head) int {
	first := 0
	for i := 1; i < len(heads); i++ {
		if heads[i].at.order(&heads[first].at) < 0 {
			first = i
		}
	}
	return first
}
