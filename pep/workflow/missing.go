package workflow

import (
	"context"
	"iter"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/term"
)

// Missing holds the standing of each child in the register for one term (MISS-1, MISS-2).
type Missing struct {
	Count [pep.MissingPlan + 1]int // the number of children counted so far, by their pep.Standing
	all   iter.Seq2[ChildStanding, error]
}

// ChildStanding is the standing of one child for a term.
type ChildStanding struct {
	Child record.Child `json:"-"`
	pep.MissingDecision
}

// All iterates over the children in the order of the register, and counts them in
// Count as it goes. It holds one transaction open until the loop ends, and one page
// of children in memory. If the rules cannot decide about a child's record, the
// child comes with an error and the zero Standing, and the iteration continues. Any
// other error ends it.
func (m *Missing) All() iter.Seq2[ChildStanding, error] { return m.all }

// Missing returns the standing of each child for a term. Somebody who works for the
// authority gets the whole register; a social worker gets their own caseload.
// Children born after the term are left out.
func (s *Service) Missing(ctx context.Context, by Actor, t term.Term) *Missing {
	m := &Missing{}
	m.all = func(yield func(ChildStanding, error) bool) {
		m.Count = [pep.MissingPlan + 1]int{}
		for d, err := range s.dossiers(ctx, errand{by: by, deed: access.ListMissing}, DossierQuery{Terms: []term.Term{t}}) {
			one := ChildStanding{Child: d.Child}
			if err == nil {
				one.MissingDecision, err = s.standing(&d, t)
			}
			m.Count[one.Standing]++
			if !yield(one, err) {
				return
			}
		}
	}
	return m
}

// standing decides the standing of a child for a term, as of the dossier's day.
func (s *Service) standing(d *pep.Dossier, t term.Term) (pep.MissingDecision, error) {
	a, err := s.c.Policy.Missing(d.Child.Born.Reveal(private.Deciding), pep.MissingQuestion{
		Term: t, Today: d.On, Care: d.Child.Care, Education: d.Child.Education, Plans: d.Plans,
	})
	return a, wrap("missing", pep.ID{}, err)
}
