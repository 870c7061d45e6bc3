package workflow

import (
	"context"
	"errors"
	"iter"
	"maps"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/term"
)

// Missing is how the children of the register stand for one term (MISS-1, MISS-2).
type Missing struct {
	Count [pep.MissingPlan + 1]int // how many children have each standing so far, by pep.Standing
	all   iter.Seq2[ChildStanding, error]
}

// ChildStanding is how one child stands for a term.
type ChildStanding struct {
	Child record.Child `json:"-"`
	pep.MissingDecision
}

// All iterates over the children in the order of the register and counts them in
// Count as it goes. It holds a transaction until the loop ends, and a page of
// children at a time. A child whose record cannot be decided comes with an error and
// the zero Standing, and the iteration goes on. Any other error ends it.
func (m *Missing) All() iter.Seq2[ChildStanding, error] { return m.all }

// Missing returns how the children stand for a term: of the whole register for
// somebody who works for the authority, and of their own caseload for a social
// worker. A child born after the term is left out.
func (s *Service) Missing(ctx context.Context, by Actor, t term.Term) *Missing {
	m := &Missing{}
	m.all = func(yield func(ChildStanding, error) bool) {
		m.Count = [pep.MissingPlan + 1]int{}
		err := s.run(ctx, errand{by: by, deed: access.ListMissing}, func(v *visit, _ *pep.PEP) error {
			return v.missing(t, func(one ChildStanding, err error) bool {
				m.Count[one.Standing]++
				return yield(one, err)
			})
		})
		if err != nil && !errors.Is(err, errLeft) {
			yield(ChildStanding{}, err)
		}
	}
	return m
}

// errLeft ends the transaction of a loop that the caller has left.
var errLeft = errors.New("workflow: the caller left the loop")

// missing calls yield with each child's standing, a page of children at a time.
func (v *visit) missing(t term.Term, yield func(ChildStanding, error) bool) error {
	if v.Register == nil {
		return storage.ErrNoRegister
	}
	if err := rule.Need(!t.IsZero(), "term", "a term, such as SPRING 2026"); err != nil {
		return err
	}
	for page, err := range pages(v.concerned(t), batch) {
		if KindOf(err) == Damaged {
			if !yield(ChildStanding{}, wrap("missing", pep.ID{}, err)) {
				return errLeft
			}
			continue
		}
		if err == nil {
			err = v.stand(page, t, yield)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// concerned iterates over the children whose standing the actor may see.
func (v *visit) concerned(t term.Term) iter.Seq2[record.Child, error] {
	terms := v.c.Policy.Calendar()
	born := record.Span{To: terms.First(t.Next())}
	if v.by.Role != pep.SocialWorker {
		return v.Register.Children(v.ctx, born, record.ChildID{})
	}
	return func(yield func(record.Child, error) bool) {
		for c, err := range v.Register.Caseload(v.ctx, v.by.ID) {
			if err == nil && (c.Worker != v.by.ID || !born.Covers(c.Born.Reveal(private.Deciding))) {
				continue
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

// stand calls yield with the standing of some children, whose plans it reads
// together.
func (v *visit) stand(children []record.Child, t term.Term, yield func(ChildStanding, error) bool) error {
	ages, ids := v.c.Policy.Cohort(t), make([]record.ChildID, 0, len(children))
	for i := range children { // whoever is of another age needs no plan, whatever plans they have
		if born := children[i].Born.Reveal(private.Deciding); ages.InWindow(born) || ages.IfInNursery(born) {
			ids = append(ids, children[i].ID)
		}
	}
	plans, damaged, err := v.outlines(ids)
	if err != nil {
		return err
	}
	v.children = nil // one page at a time
	for _, c := range children {
		keep(&v.children, c.ID, c)
		if may, err := v.permission(c.ID, nil); err != nil {
			return err
		} else if !may.may(access.ListMissing) {
			continue
		}
		if err := damaged[c.ID]; err != nil {
			if !yield(ChildStanding{Child: c}, wrap("missing", pep.ID{}, err)) {
				return errLeft
			}
			continue
		}
		a, err := v.c.Policy.Missing(c.Born.Reveal(private.Deciding), pep.MissingQuestion{
			Term: t, Today: v.Today(), Care: c.Care, Education: c.Education, Plans: plans[c.ID],
		})
		if err != nil {
			err = wrap("missing", pep.ID{}, err)
		}
		if !yield(ChildStanding{c, a}, err) {
			return errLeft
		}
	}
	return nil
}

// outlines returns the plans of some children, and the children of whom one is
// damaged with why.
func (v *visit) outlines(of []record.ChildID) (plans map[record.ChildID][]pep.Outline, damaged map[record.ChildID]error, err error) {
	plans, damaged = make(map[record.ChildID][]pep.Outline, len(of)), map[record.ChildID]error{}
	var found error
	for p, err := range sound(v.r.Plans(v.ctx, storage.Query{Scope: storage.Caseload(of...)}), func(_ pep.ID, err error) { found = err }) {
		if err != nil {
			return nil, nil, err
		}
		s := p.Snapshot()
		plans[s.Child] = append(plans[s.Child], s.Outline())
	}
	if found == nil {
		return plans, damaged, nil
	}
	if len(of) == 1 {
		return plans, map[record.ChildID]error{of[0]: found}, nil
	}
	for _, child := range of { // whose the damaged one is
		_, its, err := v.outlines([]record.ChildID{child})
		if err != nil {
			return nil, nil, err
		}
		maps.Copy(damaged, its)
	}
	return plans, damaged, nil
}
