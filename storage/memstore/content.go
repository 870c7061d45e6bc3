package memstore

import (
	"context"
	"iter"
	"slices"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// standing returns the answers of a section as they stood at a revision.
func (p *plan) standing(section, revision int) forms.Answers {
	var found answers
	for _, a := range p.answers {
		if a.section == section && a.revision <= revision && a.revision >= found.revision {
			found = a
		}
	}
	return found.answers
}

// write replaces the answers of a section at a revision. It does not change the
// list that p had, because earlier versions share that list.
func (p *plan) write(a answers) {
	same := func(b answers) bool { return b.section == a.section && b.revision == a.revision }
	p.answers = append(slices.DeleteFunc(slices.Clone(p.answers), same), a)
}

// keep stores the content of one event.
func (s *state) keep(p *plan, event uuid.UUID, content []pep.Content) {
	for i := range content {
		c := &content[i]
		switch {
		case c.Event != event:
		case c.Section != 0:
			p.write(answers{c.Section, c.Revision, c.Answers})
		case !c.Text.IsZero():
			s.texts.set(s.owner, id(event), c.Text)
		}
	}
}

// seal moves the answers that a plan has at the event's revision into sealed
// copies. The sections are then blank at that revision.
func (s *state) seal(p *plan, e *pep.Event) {
	for section := 1; section <= forms.MaxSections; section++ {
		standing := p.standing(section, e.Revision)
		if standing.IsZero() {
			continue
		}
		p.write(answers{section, e.Revision, forms.Answers{}})
		k := copyKey{plan: id(e.Plan.UUID), version: e.Version, section: section}
		s.sealed.set(s.owner, k, &storage.Sealed{
			Plan: e.Plan, Version: e.Version, Section: section,
			Revision: e.Revision, Until: e.SealedUntil, Answers: standing,
		})
		k.until = e.SealedUntil
		s.expiries.set(s.owner, k, struct{}{})
	}
}

// unseal moves the sealed copies of a version back to their sections, if e restores
// that version.
func (s *state) unseal(p *plan, e *pep.Event) {
	for _, c := range slices.Collect(s.copies(id(e.Plan.UUID))) {
		if c.Version == e.Restores {
			p.write(answers{c.Section, c.Revision, c.Answers})
			s.drop(copyKey{until: c.Until, plan: id(c.Plan.UUID), version: c.Version, section: c.Section})
		}
	}
}

// restorable reports whether the pending events can restore the versions that they
// name. If an event restores a version that was already stored when the plan was
// read, that version must have a sealed copy.
func (s *state) restorable(p *pep.PEP) bool {
	for _, e := range p.Pending() {
		if e.Restores == 0 || e.Restores > p.Stored() {
			continue
		}
		found := false
		for c := range s.copies(id(e.Plan.UUID)) {
			found = found || c.Version == e.Restores
		}
		if !found {
			return false
		}
	}
	return true
}

// drop removes one sealed copy.
func (s *state) drop(k copyKey) {
	s.expiries.cut(s.owner, k)
	k.until = civil.Date{}
	s.sealed.cut(s.owner, k)
}

// copies iterates over the sealed copies of a plan.
func (s *state) copies(of id) iter.Seq[storage.Sealed] {
	return func(yield func(storage.Sealed) bool) {
		ofPlan := func(k copyKey) bool { return k.plan == of }
		for _, c := range s.sealed.from(copyKey{plan: of}, ofPlan) {
			if !yield(*c) {
				return
			}
		}
	}
}

func (t *tx) Destroy(ctx context.Context, on civil.Date, limit int) (gone []storage.Sealed, err error) {
	if err := t.usable(ctx); err != nil {
		return nil, err
	}
	due := func(k copyKey) bool { return len(gone) < limit && !k.until.After(on) }
	for k := range t.still().expiries.from(copyKey{}, due) {
		of := k
		of.until = civil.Date{}
		c, _ := t.state.sealed.get(of)
		gone = append(gone, storage.Sealed{Plan: c.Plan, Version: c.Version, Section: c.Section, Revision: c.Revision, Until: c.Until})
		t.state.drop(k)
	}
	return gone, nil
}
