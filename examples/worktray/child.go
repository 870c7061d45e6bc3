package main

import (
	"slices"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term"
)

// termPage is a term with the terms before and after it. The field After is zero if that
// later term has not begun.
type termPage struct{ Term, Before, After term.Term }

// term returns the term in the address, or today's term.
func (c *call) term() (termPage, error) {
	now := pep.Lancashire().Calendar().Of(c.Today())
	t := now
	if s := c.r.URL.Query().Get("term"); s != "" {
		var err error
		if t, err = term.Parse(s); err != nil {
			return termPage{}, err
		}
	}
	p := termPage{t, t.Previous(), t.Next()}
	if p.After.After(now) {
		p.After = term.Term{}
	}
	return p, nil
}

// children lists the children of a term, and whether each has a plan. Children who are
// missing a plan come first.
func (c *call) children() error {
	t, err := c.term()
	if err != nil {
		return err
	}
	list := c.Missing(c.r.Context(), c.me.Actor, t.Term)
	var all []workflow.ChildStanding
	undecided := 0
	for one, err := range list.All() {
		switch {
		case err != nil && one.Child.ID.IsZero():
			return err
		case err != nil:
			undecided++
		default:
			all = append(all, one)
		}
	}
	slices.SortStableFunc(all, func(a, b workflow.ChildStanding) int { return int(b.Standing) - int(a.Standing) })
	return c.ok("children", "Children and plans for "+t.Term.String(), struct {
		termPage
		All                []workflow.ChildStanding
		Missing, Undecided int
	}{t, all, list.Count[pep.MissingPlan], undecided})
}

// childPage is a child with their plans and notes, and the plans that can be started.
type childPage struct {
	record.Child
	Starts  []starting
	Plans   []workflow.View
	Notes   []written
	Reads   bool // whether the person may read the notes
	Writes  bool
	Listing bool // whether the person may list the children of a term
}

// starting describes a first or subsequent plan, and says whether it can be started.
type starting struct {
	workflow.Start
	Mine bool // whether the person can start it
}

// written is a case note with its author.
type written struct {
	record.Note
	Who string
}

// child shows a child.
func (c *call) child() error {
	id, err := c.childID()
	if err != nil {
		return err
	}
	ctx, p := c.r.Context(), childPage{Reads: c.may(access.ReadNotes), Writes: c.may(access.AddNote), Listing: c.may(access.ListMissing)}
	if p.Child, err = c.Child(ctx, c.me.Actor, id); err != nil {
		return err
	}
	starts, err := c.Starts(ctx, c.me.Actor, id)
	if err != nil {
		return err
	}
	for _, s := range starts {
		p.Starts = append(p.Starts, starting{s, s.Allowed() && slices.Contains(s.By, c.me.Role)})
	}
	if p.Plans, err = c.plansOf(ctx, storage.Query{Scope: storage.Caseload(id)}); err != nil {
		return err
	}
	if p.Reads {
		notes, err := c.Notes(ctx, c.me.Actor, id)
		if err != nil {
			return err
		}
		for _, n := range slices.Backward(notes) {
			p.Notes = append(p.Notes, written{n, c.people.called(n.By, pep.SocialWorker)})
		}
	}
	return c.ok("child", name(p.Name), p)
}

// start starts a plan for the child that the address names.
func (c *call) start() (f form, do func(*input, uuid.UUID) (string, error), err error) {
	child, err := c.theirChild()
	verb, bad := pep.ParseVerb(c.r.PathValue("verb"))
	meeting := field{Name: "meeting", Label: "When is the meeting?", Kind: date}
	if verb == pep.VerbStartSubsequent {
		meeting.Hint = "Leave it blank to use the next meeting given in the last plan."
	} else if err == nil && (bad != nil || verb != pep.VerbStartInitial) {
		err = storage.ErrNotFound
	}
	f = form{Title: capital(verb.Words()), Button: "Start the plan", Back: "/child/" + child.String(), Fields: []field{meeting},
		Lead: []string{"The day of the meeting decides the term and the form."}}
	return f, func(in *input, key uuid.UUID) (string, error) {
		made := pep.Action(pep.StartInitial{Child: child, Meeting: in.date("meeting")})
		if verb == pep.VerbStartSubsequent {
			made = pep.StartSubsequent{Child: child, Meeting: in.date("meeting")}
		}
		return c.give(workflow.Command{Key: keyOf(key), By: c.me.Actor, Do: made}, in)
	}, err
}

// theirChild returns the child that the address names, if the person may see the case.
func (c *call) theirChild() (record.ChildID, error) {
	child, err := c.childID()
	if err == nil {
		_, err = c.Child(c.r.Context(), c.me.Actor, child)
	}
	return child, err
}

// note adds a case note about the child that the address names.
func (c *call) note() (f form, do func(*input, uuid.UUID) (string, error), err error) {
	child, err := c.theirChild()
	if err == nil && !c.may(access.AddNote) {
		err = storage.ErrNotFound
	}
	f = form{Title: "Add a case note", Button: "Add the note", Back: "/child/" + child.String(),
		Lead:   []string{"A note cannot be changed or removed afterwards."},
		Fields: []field{{Name: "text", Label: "What do you want to note?", Kind: area}}}
	return f, func(in *input, key uuid.UUID) (string, error) {
		if err := in.err(); err != nil {
			return "", err
		}
		_, err := c.AddNote(c.r.Context(), c.me.Actor, record.Note{ID: record.NoteID{UUID: key}, Child: child, Text: in.text("text")})
		return f.Back + "?done=noted", err
	}, err
}
