package workflow

import (
	"context"
	"errors"
	"iter"
	"maps"
	"slices"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// DossierQuery says which dossiers to read, and how much of each.
type DossierQuery struct {
	Terms   []term.Term // one or more terms; Dossiers leaves out children born after the last of them, and the plans of children who are too old or too young for every term
	On      civil.Date  // the as-at day; defaults to today
	Courses bool        // whether to read the history of each plan too; package report needs it for measures
	Boxes   bool        // whether to read which boxes hold N/A too; if so, Courses must also be set; the dossier holds no answers

	past bool // whether On is before the day on which the iteration began
}

// Dossiers iterates over the children with their plans, as at the end of a day and in the
// order of the register. A social worker sees their own caseload; the authority's other
// staff see the whole register. For a past day, a dossier leaves out care and education
// that began later.
//
// The iteration holds one transaction open, and one page of children in memory. A child
// whose record or plan is damaged comes with an error, and the iteration continues. Any
// other error ends it. Package report makes reports from dossiers.
func (s *Service) Dossiers(ctx context.Context, by Actor, q DossierQuery) iter.Seq2[pep.Dossier, error] {
	return s.dossiers(ctx, errand{by: by, name: "dossiers", deed: access.ListMissing}, q)
}

func (s *Service) dossiers(ctx context.Context, e errand, q DossierQuery) iter.Seq2[pep.Dossier, error] {
	return func(yield func(pep.Dossier, error) bool) {
		err := s.run(ctx, e, func(v *visit, _ *pep.PEP) error {
			if v.Register == nil {
				return storage.ErrNoRegister
			}
			if err := q.complete(s.Today()); err != nil {
				return err
			}
			return v.dossiers(&q, func(d pep.Dossier, err error) bool { return yield(d, wrap(e.name, pep.ID{}, err)) })
		})
		if err != nil && !errors.Is(err, errLeft) {
			yield(pep.Dossier{}, err)
		}
	}
}

// dossierBatch is how many dossiers are read at a time.
const dossierBatch = 1000

// errLeft ends the transaction of a loop that the caller has left.
var errLeft = errors.New("workflow: the caller left the loop")

// complete sets the default day, and returns a *rule.Invalid for each fault of q.
func (q *DossierQuery) complete(today civil.Date) error {
	if q.On.IsZero() {
		q.On = today
	}
	q.past = q.On.Before(today)
	return errors.Join(
		rule.Need(len(q.Terms) > 0 && !slices.Contains(q.Terms, term.Term{}), "terms", "one term or more, such as SPRING 2026"),
		rule.Need(!q.On.After(today), "on", "a day that is not after today"),
		rule.Need(q.Courses || !q.Boxes, "boxes", "false if courses are not read"),
	)
}

// dossiers calls yield with each dossier, reading a page of children at a time.
func (v *visit) dossiers(q *DossierQuery, yield func(pep.Dossier, error) bool) error {
	for page, err := range pages(v.concerned(q), dossierBatch) {
		if KindOf(err) == Damaged {
			if !yield(pep.Dossier{}, err) {
				return errLeft
			}
			continue
		}
		if err == nil {
			err = v.page(page, q, yield)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// concerned iterates over the children whose standing the actor may see.
func (v *visit) concerned(q *DossierQuery) iter.Seq2[record.Child, error] {
	last := slices.MaxFunc(q.Terms, term.Term.Compare)
	born := record.Span{To: v.c.Policy.Calendar().First(last.Next())}
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

// page calls yield with the dossiers of some children, whose plans it reads together.
func (v *visit) page(children []record.Child, q *DossierQuery, yield func(pep.Dossier, error) bool) error {
	ids := make([]record.ChildID, 0, len(children))
	for i := range children { // the plans of children who are too young or too old for every term do not matter
		if v.ofAge(&children[i], q.Terms) {
			ids = append(ids, children[i].ID)
		}
	}
	all := make(map[record.ChildID]*pep.Dossier, len(ids))
	damaged, err := v.gather(all, ids, q)
	if err != nil {
		return err
	}
	if err := v.readPlaces(children, all); err != nil {
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
		d := pep.Dossier{Child: c, On: q.On}
		if q.past {
			d.Child = knownOn(c, q.On)
		}
		if read := all[c.ID]; read != nil {
			d.Plans, d.Courses = read.Plans, read.Courses
		}
		for id := range places(&d) {
			if e, ok := v.establishments[id]; ok && d.At(id) == nil {
				d.Places = append(d.Places, e)
			}
		}
		if !yield(d, damaged[c.ID]) {
			return errLeft
		}
	}
	return nil
}

// knownOn returns a child without the care and the education that began after a day.
func knownOn(c record.Child, day civil.Date) record.Child {
	c.Care.Episodes = slices.DeleteFunc(slices.Clone(c.Care.Episodes), func(e record.Episode) bool { return e.From.After(day) })
	c.Education = slices.DeleteFunc(slices.Clone(c.Education), func(e record.Education) bool { return e.From.After(day) })
	return c
}

// places iterates over the establishments of a child's education and plans.
func places(d *pep.Dossier) iter.Seq[record.EstablishmentID] {
	return func(yield func(record.EstablishmentID) bool) {
		for i := range d.Child.Education {
			if !yield(d.Child.Education[i].Establishment) {
				return
			}
		}
		for i := range d.Plans {
			if !yield(d.Plans[i].Establishment) {
				return
			}
		}
	}
}

// readPlaces reads the establishments of some children, unless it has read them
// already. It leaves out an establishment that is damaged or not in the register.
func (v *visit) readPlaces(children []record.Child, all map[record.ChildID]*pep.Dossier) error {
	seen := map[record.EstablishmentID]bool{{}: true}
	var ids []record.EstablishmentID
	for _, c := range children {
		d := pep.Dossier{Child: c}
		if read := all[c.ID]; read != nil {
			d.Plans = read.Plans
		}
		for id := range places(&d) {
			if _, known := v.establishments[id]; !known && !seen[id] {
				seen[id], ids = true, append(ids, id)
			}
		}
	}
	if batch, ok := v.Register.(storage.Batch); ok && len(ids) > 0 {
		err := gather(&v.establishments, batch.EstablishmentsOf(v.ctx, ids...), func(e record.Establishment) record.EstablishmentID { return e.ID })
		if KindOf(err) != Damaged {
			return err
		}
	}
	for _, id := range ids {
		if _, err := v.Establishment(v.ctx, id); err != nil && !ofOne(err) {
			return err
		}
	}
	return nil
}

// ofAge reports whether a child is of an age that can need a plan in one of the
// terms.
func (v *visit) ofAge(c *record.Child, terms []term.Term) bool {
	born := c.Born.Reveal(private.Deciding)
	for _, t := range terms {
		if ages := v.c.Policy.Cohort(t); ages.InWindow(born) || ages.IfInNursery(born) {
			return true
		}
	}
	return false
}

// gather adds the plans of some children to the dossiers. It returns one error for
// each child who has a damaged plan. It reads no more of the plans than it needs.
func (v *visit) gather(into map[record.ChildID]*pep.Dossier, of []record.ChildID, q *DossierQuery) (map[record.ChildID]error, error) {
	outlines, ok := v.r.(storage.Outlines)
	if !ok || q.Courses || q.past {
		return v.gatherPlans(into, of, q)
	}
	damaged := map[record.ChildID]error{}
	for o, err := range outlines.Outlines(v.ctx, of...) {
		if KindOf(err) == Damaged && !o.Child.IsZero() {
			damaged[o.Child] = err
		} else if err != nil {
			return nil, err
		}
		into[o.Child] = &pep.Dossier{Plans: o.Plans}
	}
	return damaged, nil
}

// gatherPlans does what gather does, plan by plan.
func (v *visit) gatherPlans(into map[record.ChildID]*pep.Dossier, of []record.ChildID, q *DossierQuery) (damaged map[record.ChildID]error, err error) {
	damaged = map[record.ChildID]error{}
	var found error
	for p, err := range sound(v.r.Plans(v.ctx, storage.Query{Scope: storage.Caseload(of...)}), func(_ pep.ID, err error) { found = err }) {
		if err != nil {
			return nil, err
		}
		child := p.Child()
		if into[child] == nil {
			into[child] = &pep.Dossier{}
		}
		if err := v.gatherPlan(into[child], p, q); KindOf(err) == Damaged {
			damaged[child] = err
		} else if err != nil {
			return nil, err
		}
	}
	if found == nil {
		return damaged, nil
	}
	if len(of) == 1 {
		return map[record.ChildID]error{of[0]: found}, nil
	}
	for _, child := range of { // child by child, to find out whose plan is damaged
		delete(into, child)
		its, err := v.gatherPlans(into, []record.ChildID{child}, q)
		if err != nil {
			return nil, err
		}
		maps.Copy(damaged, its)
	}
	return damaged, nil
}

// gatherPlan adds a plan to a dossier, as it stood at the end of the day.
func (v *visit) gatherPlan(d *pep.Dossier, p *pep.PEP, q *DossierQuery) error {
	if !q.Courses && !q.past {
		s := p.Snapshot()
		d.Plans = append(d.Plans, s.Outline())
		return nil
	}
	course, err := v.course(p.ID(), q)
	if err != nil || course.ID.IsZero() {
		return err
	}
	d.Plans = append(d.Plans, course.Outline())
	if q.Courses {
		d.Courses = append(d.Courses, course)
	}
	return nil
}

// course reads the state of a plan at the end of the day, and the steps that led to it.
func (v *visit) course(id pep.ID, q *DossierQuery) (c pep.Course, err error) {
	var history []pep.Event
	for e, err := range v.r.History(v.ctx, id) {
		if err != nil {
			return c, err
		}
		history = append(history, e)
	}
	if c, err = pep.CourseOf(history, q.On); err != nil {
		return c, &storage.Error{Op: "history", Plan: id, Err: storage.ErrDamaged}
	}
	if !q.Boxes || c.ID.IsZero() {
		return c, nil
	}
	for s := range forms.TemplateOf(c.Type).Sections() {
		answers, err := v.r.Answers(v.ctx, id, s.Number, c.Revision)
		if err != nil {
			return c, err
		}
		c.NotApplicable[s.Number-1] = s.NotApplicable(answers) & c.Filled[s.Number-1]
	}
	return c, nil
}
