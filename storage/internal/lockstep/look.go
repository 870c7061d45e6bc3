package lockstep

import (
	"errors"
	"math"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

// compare compares what a step may have changed: the state of every plan, some
// lists and, if a step changed anything, the outbox.
func (w *walk) compare(*rapid.T) {
	w.lists(storage.Query{Scope: storage.Everything()}, w.query(), w.query())
	w.paged(w.query())
	if w.changed {
		w.queue()
		w.changed = false
	}
}

// everything compares everything that the stores hold.
func (w *walk) everything() {
	for _, p := range w.plans {
		w.content(p, ever)
	}
	w.content(pep.ID{UUID: uuid.UUID{15: 77}}, ever)
	for _, c := range w.given {
		w.outcome(c.Key)
	}
	w.queue()
	w.setAsides(1_000_000)
	late := w.at.AddDate(1, 0, 0)
	w.claim(1_000_000, late, late)
	w.registered()
	w.allLedgers()
}

// content is everything that a store holds about one plan.
type content struct {
	How     verdict
	Plan    pep.Snapshot
	Stored  int64
	History []pep.Event
	Answers map[box]map[string]string
	Texts   map[uuid.UUID]string
	NoText  map[uuid.UUID]verdict
	Sealed  []sealed
}

// box names a section at a revision.
type box struct{ section, revision int }

// sealed is a sealed copy with its answers revealed.
type sealed struct {
	storage.Sealed
	texts map[string]string
}

// Callers of content pass one of these as its argument revisions: lately means the
// latest revision alone, which an action may have changed; ever means all revisions.
const (
	lately = 1
	ever   = math.MaxInt
)

// content compares everything that the stores hold about a plan. Of the answers,
// it compares only the latest revisions; the argument revisions says how many. It
// notes the days on which the plan is due for something.
func (w *walk) content(id pep.ID, revisions int) {
	w.Helper()
	known := each(w, "plan", func(s *side) (c content) {
		err := s.store.View(w.ctx, func(r storage.Reader) error { return w.read(r, id, revisions, &c) })
		w.sound(s, "plan", err)
		c.How = judge(err)
		return c
	})
	w.attached(id)
	w.days = append(w.days, known.Plan.Meeting, known.Plan.Due)
	w.days = w.days[max(0, len(w.days)-24):]
	for _, kept := range known.Sealed {
		w.ends = append(w.ends, kept.Until)
	}
}

// read reads everything that a store holds about a plan.
func (w *walk) read(r storage.Reader, id pep.ID, revisions int, c *content) error {
	*c = content{Answers: map[box]map[string]string{}, Texts: map[uuid.UUID]string{}, NoText: map[uuid.UUID]verdict{}}
	p, missing := r.Plan(w.ctx, id)
	if missing == nil {
		c.Plan, c.Stored = p.Snapshot(), p.Stored()
	}
	return errors.Join(missing, w.readEvents(r, id, c), w.readAnswers(r, id, revisions, c), w.readSealed(r, id, c))
}

func (w *walk) readEvents(r storage.Reader, id pep.ID, c *content) error {
	for e, err := range r.History(w.ctx, id) {
		if err != nil {
			return err
		}
		c.History = append(c.History, e)
		text, err := r.Text(w.ctx, e.ID()) // a Reader may be used inside the loop
		if err != nil {
			c.NoText[e.ID()] = judge(err)
			continue
		}
		c.Texts[e.ID()] = text.Reveal(private.Showing)
	}
	return nil
}

// readAnswers reads every section at the latest revisions, and the sections and
// revisions just outside the plan.
func (w *walk) readAnswers(r storage.Reader, id pep.ID, revisions int, c *content) error {
	sections := 0
	if !c.Plan.ID.IsZero() {
		sections = forms.TemplateOf(c.Plan.Type).Len()
	}
	for section := range sections + 2 {
		for revision := max(0, c.Plan.Revision+1-revisions); revision < c.Plan.Revision+2; revision++ {
			a, err := r.Answers(w.ctx, id, section, revision)
			if err != nil {
				return err
			}
			if a.Len() > 0 {
				c.Answers[box{section, revision}] = a.Reveal(private.Showing)
			}
		}
	}
	return nil
}

func (w *walk) readSealed(r storage.Reader, id pep.ID, c *content) error {
	for kept, err := range r.Sealed(w.ctx, id) {
		if err != nil {
			return err
		}
		texts := kept.Answers.Reveal(private.Showing)
		kept.Answers = forms.Answers{}
		c.Sealed = append(c.Sealed, sealed{kept, texts})
	}
	return nil
}

// outcome compares the recorded outcomes of a command.
func (w *walk) outcome(key storage.Key) {
	type known struct {
		What storage.Outcome
		How  verdict
	}
	each(w, "outcome", func(s *side) known {
		o, err := s.service.Outcome(w.ctx, system, key)
		w.sound(s, "outcome", err)
		return known{o, judge(err)}
	})
}

// plan returns a plan as the first side has it.
func (w *walk) plan(id pep.ID) (p pep.Snapshot) {
	s := w.sides[0]
	found, err := s.service.Plan(w.ctx, system, id)
	require.NoError(w, err, s.name)
	return found.Snapshot()
}

// registered compares the lists of the register.
func (w *walk) registered() {
	type known struct {
		Children     []record.Child
		Contributors []record.Contributor
		Named        []record.Establishment
		Of           map[record.ChildID]record.Child
		How          verdict
	}
	each(w, "register", func(s *side) (k known) {
		err := s.store.View(w.ctx, func(r storage.Reader) (err error) {
			k = known{}
			all, err := storage.RegisterOf(r)
			if err != nil {
				return err
			}
			for c, err := range all.Children(w.ctx, record.Span{}, unplaced) {
				if err != nil {
					return err
				}
				k.Children = append(k.Children, c)
			}
			for c, err := range all.Contributors(w.ctx, school) {
				if err != nil {
					return err
				}
				k.Contributors = append(k.Contributors, c)
			}
			for c, err := range all.Caseload(w.ctx, outsider) {
				if err != nil {
					return err
				}
				k.Children = append(k.Children, c)
			}
			for e, err := range all.(storage.Directory).Named(w.ctx, "Moor End") {
				if err != nil {
					return err
				}
				k.Named = append(k.Named, e)
			}
			k.Of = map[record.ChildID]record.Child{}
			for c, err := range all.(storage.Batch).ChildrenOf(w.ctx, often[:]...) {
				if err != nil {
					return err
				}
				k.Of[c.ID] = c
			}
			return nil
		})
		k.How = judge(err)
		return k
	})
}
