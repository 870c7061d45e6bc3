package sqlstore

import (
	"bytes"
	"context"
	"iter"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// Plans iterates over the plans that q selects.
func (r *reader) Plans(ctx context.Context, q storage.Query) iter.Seq2[*pep.PEP, error] {
	w, err := wayOf(&q, r.store.engine), q.Check()
	return func(yield func(*pep.PEP, error) bool) {
		if err != nil {
			yield(nil, err)
			return
		}
		l := newList(ctx, r.session, &q, w)
		for left := q.Limit; ; left-- {
			p, more, err := l.next(left)
			if p == nil && err == nil || !yield(p, err) || !more || left == 1 {
				return
			}
		}
	}
}

// way is how the plans of a query are found: by a statement that runs once for each group.
// If there is no group, the query selects nothing.
type way struct {
	by     statement.ID
	groups []any
	stages int64 // the selected stages, one bit each
}

// wayOf returns the way that reads the fewest rows, as far as can be told from the query
// alone.
func wayOf(q *storage.Query, e engine) way {
	w := way{stages: -1}
	stages, named := q.SelectedStages()
	if named {
		w.stages = mask(stages)
	}
	if children, ok := q.Scope.Children(); ok {
		return w.ofChildren(children, e)
	}
	place, placed := q.Scope.Establishment()
	switch {
	case placed:
		w.by, w.groups = statement.ListByEstablishment, []any{e.id(&place.UUID)}
	case !q.Contributor.IsZero():
		w.by, w.groups = statement.ListByContributor, []any{e.id(&q.Contributor.UUID)}
	case named && (q.Term.IsZero() || open(stages)):
		w.by = statement.ListByStage
		for _, s := range stages {
			w.groups = append(w.groups, int64(s))
		}
	case !q.Term.IsZero():
		w.by, w.groups = statement.ListByTerm, []any{termNumber(q.Term)}
	case !q.Due.From.IsZero() && !q.Due.To.IsZero():
		w.by, w.groups = statement.ListByDue, []any{nil}
	default:
		w.by, w.groups = statement.ListByMeeting, []any{nil}
	}
	return w
}

// ofChildren returns w, set to find the plans of some children. If there are several
// children, their ids are one parameter, a list.
func (w way) ofChildren(children []record.ChildID, e engine) way {
	switch len(children) {
	case 0:
	case 1:
		w.by, w.groups = statement.ListByChild, []any{e.id(&children[0].UUID)}
	default:
		w.by, w.groups = statement.ListByChildren, []any{idList(children)}
	}
	return w
}

func mask(stages []pep.Stage) (m int64) {
	for _, s := range stages {
		m |= 1 << s
	}
	return m
}

func open(stages []pep.Stage) bool {
	for _, s := range stages {
		if !s.Open() {
			return false
		}
	}
	return true
}

// list merges the groups of a way, so that the plans of all groups come in one order.
type list struct {
	ctx    context.Context
	c      *session
	by     statement.ID
	filter []any // the parameters between the place and the limit
	heads  []*head
}

// head is one group, read in pages.
type head struct {
	group   any
	meeting int64 // the place of the last row read
	id      uuid.UUID
	rows    []row
	page    int
	done    bool
}

// row is a row of pep_plan as a list reads it.
type row struct {
	meeting int64
	id      uuid.UUID
	body    []byte
	sum     int64
}

func newList(ctx context.Context, c *session, q *storage.Query, w way) *list {
	l := &list{ctx: ctx, c: c, by: w.by, filter: c.filter(q, w.stages)}
	meeting, id := day(q.After.Meeting), q.After.ID.UUID
	if from := day(q.Meeting.From); from > meeting {
		meeting, id = from-1, lastID // the place just before the first plan of the day
	}
	for _, g := range w.groups {
		l.heads = append(l.heads, &head{group: g, meeting: meeting, id: id, page: firstPage})
	}
	return l
}

// filter returns the parameters that say what a query selects. Every list statement has
// them.
func (c *session) filter(q *storage.Query, stages int64) []any {
	fromTerm, toTerm := int64(0), int64(lastTerm)
	if !q.Term.IsZero() {
		fromTerm, toTerm = termNumber(q.Term), termNumber(q.Term)
	}
	fromDue, toDue := int64(noDay), int64(lastDay)
	if !q.Due.From.IsZero() || !q.Due.To.IsZero() {
		fromDue, toDue = max(day(q.Due.From), 1), upTo(q.Due.To)
	}
	from, to := &noID, &lastID
	if !q.Contributor.IsZero() {
		from, to = &q.Contributor.UUID, &q.Contributor.UUID
	}
	return []any{upTo(q.Meeting.To), stages, fromTerm, toTerm, fromDue, toDue, c.id(from), c.id(to), flag(q.Graded)}
}

// next returns the next plan, or nil after the last. more is false after the last plan,
// and after an error that ends the list. left is the number of plans still wanted; if it
// is 0 or less, there is no limit.
func (l *list) next(left int) (p *pep.PEP, more bool, err error) {
	if err := l.c.usable(l.ctx); err != nil {
		return nil, false, err
	}
	var first *head
	for _, h := range l.heads {
		if err := l.fill(h, left); err != nil {
			return nil, false, err
		}
		if len(h.rows) > 0 && (first == nil || h.rows[0].before(first.rows[0])) {
			first = h
		}
	}
	if first == nil {
		return nil, false, nil
	}
	r := first.rows[0]
	first.rows = first.rows[1:]
	p, err = restore(pep.ID{UUID: r.id}, r.body, r.sum)
	if err == nil && day(p.Meeting()) != r.meeting {
		p, err = nil, &storage.Error{Op: "plans", Plan: pep.ID{UUID: r.id}, Err: storage.ErrDamaged}
	}
	return p, true, err
}

func (r row) before(other row) bool {
	return r.meeting < other.meeting || r.meeting == other.meeting && bytes.Compare(r.id[:], other.id[:]) < 0
}

// fill reads the next page of a group if its rows are used up.
func (l *list) fill(h *head, left int) error {
	if h.done || len(h.rows) > 0 {
		return nil
	}
	limit := h.page
	if left > 0 {
		limit = min(limit, left)
	}
	h.page = min(4*h.page, lastPage)
	args := make([]any, 0, 14)
	args = append(args, l.c.authority())
	if h.group != nil {
		args = append(args, h.group)
	}
	args = append(append(append(args, h.meeting, l.c.id(&h.id)), l.filter...), limit)
	err := l.c.rows(l.ctx, "plans", l.by, func(scan scanner) error {
		var r row
		var id []byte
		if err := scan(&r.meeting, &id, &r.body, &r.sum); err != nil {
			return err
		}
		r.id = idOf(id)
		h.rows = append(h.rows, r)
		return nil
	}, args...)
	if n := len(h.rows); n > 0 {
		h.meeting, h.id = h.rows[n-1].meeting, h.rows[n-1].id
	}
	h.done = len(h.rows) < limit
	return err
}
