package sqlstore

import (
	"bytes"
	"cmp"
	"context"
	"iter"
	"math"
	"slices"

	"github.com/google/uuid"

	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// place is a row's position in a ledger: its instant or term (when), and then its id
// (which).
type place struct {
	when  int64
	which uuid.UUID
}

func (p place) compare(other place) int {
	return cmp.Or(cmp.Compare(p.when, other.when), bytes.Compare(p.which[:], other.which[:]))
}

// first comes before every place.
var first = place{when: math.MinInt64}

// past returns the place of a moment.
func past(m storage.Moment) place {
	if m == (storage.Moment{}) {
		return first
	}
	return place{instant(m.At), m.ID}
}

// ways are the statements that find the rows of a ledger in each kind of scope.
type ways struct{ all, child, children, establishment, plan, person statement.ID }

// stretch is a part of a ledger: the rows that a statement finds after a place, up to an
// instant or a term.
type stretch struct {
	by      statement.ID
	group   any  // the value that selects the rows, such as a child's id; nil for every row
	nobody  bool // the stretch is empty, because it is for the zero id or for no child
	after   place
	through int64
}

// scoped returns a stretch that covers every row in a scope. A scope for the zero id has
// no rows.
func (c *session) scoped(s storage.Scope, by ways) stretch {
	children, caseload := s.Children()
	at, placed := s.Establishment()
	plan, ofPlan := s.Plan()
	who, ofPerson := s.Person()
	switch {
	case caseload:
		return c.ofChildren(children, by)
	case placed:
		return c.of(by.establishment, at.UUID)
	case ofPlan:
		return c.of(by.plan, plan.UUID)
	case ofPerson:
		return c.of(by.person, who.UUID)
	}
	return stretch{by: by.all, after: first, through: math.MaxInt64}
}

// ofChildren returns a stretch that covers the rows of some children. If there are
// several children, their ids are one parameter, a list.
func (c *session) ofChildren(children []record.ChildID, by ways) stretch {
	children = slices.DeleteFunc(children, record.ChildID.IsZero)
	if len(children) == 1 {
		return c.of(by.child, children[0].UUID)
	}
	return stretch{by: by.children, group: idList(children), nobody: len(children) == 0, after: first, through: math.MaxInt64}
}

func (c *session) of(by statement.ID, id uuid.UUID) stretch {
	return stretch{by: by, group: c.id(&id), nobody: id == noID, after: first, through: math.MaxInt64}
}

// from returns the part of s that comes after p.
func (s stretch) from(p place) stretch {
	if p.compare(s.after) > 0 {
		s.after = p
	}
	return s
}

// args returns the parameters of a page of a stretch.
func (c *session) args(of *stretch, limit int) []any {
	args := []any{c.authority()}
	if of.group != nil {
		args = append(args, of.group)
	}
	args = append(args, of.after.when, c.id(&of.after.which), of.through)
	if of.by == statement.EntriesOfPerson { // once for the entries in which the person acted, and once for those in which somebody acted for the person
		args = append(args, args...)
	}
	return append(args, limit)
}

// located reads the columns of a row other than its place, and returns the place.
type located func(into ...any) (place, error)

// next returns a function that reads the current row. Calling that function also moves
// s to the row.
func (s *stretch) next(scan scanner) located {
	return func(into ...any) (place, error) {
		var which []byte
		err := scan(append([]any{&s.after.when, &which}, into...)...)
		s.after.which = idOf(which)
		return s.after, err
	}
}

// listed iterates over a stretch, for a query. If the argument check is an error, listed
// yields only that error. Otherwise it yields at most the given number of rows, or all
// rows if the number is 0.
func listed[T any](ctx context.Context, c *session, op string, check error, of stretch, most int, read func(located) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		if check != nil {
			var none T
			yield(none, check)
			return
		}
		of, left := of, most
		page := func(limit int) (rows []found[T], err error) {
			if most > 0 {
				limit = min(limit, left)
			}
			if of.nobody || limit == 0 {
				return nil, c.usable(ctx)
			}
			rows, err = collect(ctx, c, op, of.by, func(scan scanner) (T, error) { return read(of.next(scan)) }, c.args(&of, limit)...)
			left -= len(rows)
			return rows, err
		}
		paged(ctx, c, page)(yield)
	}
}

// enter adds a row to a ledger. It returns storage.ErrExists if the key is taken.
func (t *tx) enter(ctx context.Context, op string, by statement.ID, at place, columns ...any) error {
	args := append([]any{t.authority(), at.when, t.id(&at.which)}, columns...)
	n, err := t.exec(ctx, op, by, args...)
	if err == nil && n == 0 {
		err = storage.ErrExists
	}
	return err
}
