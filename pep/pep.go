package pep

import (
	"slices"

	"github.com/google/uuid"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// PEP is one child's Personal Education Plan for one term. Do takes an action on
// it, and Options lists what can be done. A PEP holds no answers and no other text.
// It is not safe for concurrent use.
type PEP struct {
	s       Snapshot
	stored  int64 // the version that the store has
	pending []Event
	content []Content
	first   [1]Event // room for one pending event, because most plans have only one between two saves
}

// Content is text that belongs to an event and is kept apart from it: either the
// answers of a section, or a reason, comment, feedback or file name.
type Content struct {
	Event    uuid.UUID // the event to which the content belongs
	Section  int       // the section that was answered; zero if Text is set
	Revision int       // the plan's revision
	Answers  forms.Answers
	Text     private.Text
}

// ID identifies one plan. The zero ID identifies no plan.
type ID struct{ uuid.UUID }

// IsZero reports whether id is the zero ID.
func (id ID) IsZero() bool { return id == ID{} }

// New returns a plan that has not been started: its stage is None. The actions
// StartInitial and StartSubsequent start it.
func New(id ID) *PEP { return &PEP{s: Snapshot{ID: id}} }

// Restore returns the plan that a stored snapshot describes, in today's format. It
// returns a *rule.Invalid if no sequence of actions leads to that state.
func Restore(s Snapshot) (*PEP, error) {
	s = s.upgrade()
	if err := s.invariant(); err != nil {
		return nil, err
	}
	return &PEP{s: s, stored: s.Version}, nil
}

// Fold returns the plan that a history leads to. The history holds all of a
// plan's events in order or, to rebuild the plan as it was at an instant, the
// events up to that instant. Fold returns a *rule.Invalid if the history has a
// gap or mixes plans.
func Fold(history []Event) (*PEP, error) {
	return foldEach(history, func(*Event, *Snapshot) {})
}

// foldEach folds a history as Fold does. For every event it calls the given
// function with the event and the state after that event.
func foldEach(history []Event, each func(*Event, *Snapshot)) (*PEP, error) {
	var s Snapshot
	for i := range history {
		e := &history[i]
		if e.Version != int64(i+1) || e.Revision != s.revisionAfter(e.Verb) || e.Plan != history[0].Plan ||
			e.From != s.Stage || !e.possible(s.sections()) {
			return nil, &rule.Invalid{Member: "history", Want: "all events of one plan, in order from its start"}
		}
		s.fold(e)
		each(e, &s)
	}
	return Restore(s)
}

// Snapshot returns the plan's state, including the pending events. It shares no
// memory with the plan.
func (p *PEP) Snapshot() Snapshot { return p.s }

// Stored returns the version that the plan had when it was read from a store.
// Before it saves, the store compares this version with its own. The version
// is zero for a plan that was never saved.
func (p *PEP) Stored() int64 { return p.stored }

// Pending returns the events recorded since the plan was read.
func (p *PEP) Pending() []Event { return slices.Clone(p.pending) }

// Content returns the text and answers that belong to the pending events.
func (p *PEP) Content() []Content { return slices.Clone(p.content) }

// ID returns the plan's id.
func (p *PEP) ID() ID { return p.s.ID }

// Child returns the id of the child whose plan it is.
func (p *PEP) Child() record.ChildID { return p.s.Child }

// Stage returns how far the plan has come.
func (p *PEP) Stage() Stage { return p.s.Stage }

// Version returns the number of the plan's events, including the pending ones.
func (p *PEP) Version() int64 { return p.s.Version }

// Term returns the one term for which the plan counts (OOT-3): the term of its
// meeting, or a later term to which it was carried forward (TERM-2, OOT-2).
func (p *PEP) Term() term.Term { return p.s.Term }

// Meeting returns the date of the meeting.
func (p *PEP) Meeting() civil.Date { return p.s.Meeting }

// Due returns the day by which the establishment must return the plan. It is zero
// before the first delegation and after a retract.
func (p *PEP) Due() civil.Date { return p.s.Due }

// Type returns the type of the form, which was fixed when the plan was started
// (FORM-9).
func (p *PEP) Type() forms.Type { return p.s.Type }

// Tray returns the tray in which the plan lies, or zero if it lies in no tray.
func (p *PEP) Tray() Tray { return p.s.Stage.Tray() }

// Activated reports whether the sections of a returned plan are unlocked.
func (p *PEP) Activated() bool {
	return p.s.Stage == Returned && p.s.Sections[0] == delegation.Activated
}

// CompletedSections returns how many sections have no blank box.
func (p *PEP) CompletedSections() int {
	n := p.s.sections()
	for range p.template().Incomplete(p.s.Filled[:]) {
		n--
	}
	return n
}

// template returns the sections and questions of the plan's form.
func (p *PEP) template() *forms.Template { return forms.TemplateOf(p.s.Type) }

// Do takes an action, such as Finalise{}. It either records an Event and returns
// nil, or leaves the plan as it was and returns an error: a *rule.Refusal with every
// reason, or a *rule.Invalid if the action or the act is malformed.
func (p *PEP) Do(by *Act, a Action) error {
	if a == nil {
		return &rule.Invalid{Member: "do", Want: "an action, such as Finalise"}
	}
	return a.do(p, by)
}

// event returns the event of an allowed action, with the fields that every event
// has.
func (p *PEP) event(by *Act, t Transition) Event {
	return Event{
		Format: Format, Plan: p.s.ID, Version: p.s.Version + 1, Revision: p.s.revisionAfter(t.Verb), Verb: t.Verb,
		At: by.At, On: by.On, By: by.By, For: by.For, Role: by.Role,
		From: p.s.Stage, To: t.To, Policy: by.Policy.par.Revision,
	}
}

// record adds the notices to an event, appends it to the pending events and changes
// the state.
func (p *PEP) record(e *Event) {
	if p.pending == nil {
		p.pending = p.first[:0]
	}
	p.tell(e)
	p.pending = append(p.pending, *e)
	p.s.fold(&p.pending[len(p.pending)-1])
}

// recordText records an event and keeps the text that belongs to it. If
// record.CheckText refuses the text, recordText records nothing and returns the
// *rule.Invalid, which names the given member of the action.
func (p *PEP) recordText(e *Event, member string, t private.Text) error {
	if err := record.CheckText(member, t, record.MaxText); err != nil {
		return err
	}
	e.Digest = DigestOf(t)
	p.record(e)
	if !t.IsZero() {
		p.content = append(p.content, Content{Event: e.ID(), Revision: p.s.Revision, Text: t})
	}
	return nil
}
