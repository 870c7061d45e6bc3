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

// termPage is a term with the terms before and after it.
type termPage struct{ Term, Before, After term.Term }

// term returns the term that was asked for, by default that of today.
func (c *call) term() (termPage, error) {
	t := pep.Lancashire().Calendar().Of(c.Today())
	if s := c.r.URL.Query().Get("term"); s != "" {
		var err error
		if t, err = term.Parse(s); err != nil {
			return termPage{}, err
		}
	}
	return termPage{t, t.Previous(), t.Next()}, nil
}

// children lists how the children stand for a term, those who are missing a plan first.
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
	return c.ok("children", "Children and plans of "+t.Term.String(), struct {
		termPage
		All                []workflow.ChildStanding
		Missing, Undecided int
	}{t, all, list.Count[pep.MissingPlan], undecided})
}

// childPage is a child with the plans, the notes, and what can be started.
type childPage struct {
	record.Child
	Starts  []start
	Plans   []workflow.View
	Notes   []note
	Reads   bool // the notes
	Writes  bool
	Listing bool // the children of a term
}

// start is a kind of plan that can be started or not.
type start struct {
	workflow.Start
	Mine bool // whether the person starts it
}

// note is a case note with who wrote it.
type note struct {
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
		p.Starts = append(p.Starts, start{s, s.Allowed() && slices.Contains(s.By, c.me.Role)})
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
			p.Notes = append(p.Notes, note{n, c.people.called(n.By, pep.SocialWorker)})
		}
	}
	return c.ok("child", name(p.Name), p)
}

// startForm returns the form that starts a plan of the child of the address.
func (c *call) startForm() (f form, child record.ChildID, verb pep.Verb, err error) {
	if child, err = c.childID(); err != nil {
		return f, child, 0, err
	}
	verb, err = pep.ParseVerb(c.r.PathValue("verb"))
	if err != nil || verb != pep.VerbStartInitial && verb != pep.VerbStartSubsequent {
		return f, child, verb, storage.ErrNotFound
	}
	if _, err = c.Child(c.r.Context(), c.me.Actor, child); err != nil {
		return f, child, verb, err
	}
	meeting := field{Name: "meeting", Label: "When is the meeting?", Kind: date}
	if verb == pep.VerbStartSubsequent {
		meeting.Hint = "Leave it blank for the next meeting that the last plan names."
	}
	return form{Title: capital(verb.Words()), Button: "Start the plan", Back: "/child/" + child.String(), Fields: []field{meeting},
		Lead: []string{"The term and the form follow from the day of the meeting."}}, child, verb, nil
}

func (c *call) startPage() error {
	f, _, _, err := c.startForm()
	if err != nil {
		return err
	}
	return c.ask(f)
}

// start starts a plan.
func (c *call) start() error {
	f, child, verb, err := c.startForm()
	if err != nil {
		return err
	}
	return c.submit(f, func(in *input, key uuid.UUID) (string, error) {
		do := pep.Action(pep.StartInitial{Child: child, Meeting: in.date("meeting")})
		if verb == pep.VerbStartSubsequent {
			do = pep.StartSubsequent{Child: child, Meeting: in.date("meeting")}
		}
		return c.give(workflow.Command{Key: keyOf(key), By: c.me.Actor, Do: do}, in)
	})
}

// noteForm returns the form of a case note about the child of the address.
func (c *call) noteForm() (form, record.ChildID, error) {
	child, err := c.childID()
	if err == nil {
		_, err = c.Child(c.r.Context(), c.me.Actor, child)
	}
	if err == nil && !c.may(access.AddNote) {
		err = storage.ErrNotFound
	}
	return form{Title: "Add a case note", Button: "Add the note", Back: "/child/" + child.String(),
		Lead:   []string{"A note is not changed or removed afterwards."},
		Fields: []field{{Name: "text", Label: "What is to be noted?", Kind: area}}}, child, err
}

func (c *call) notePage() error {
	f, _, err := c.noteForm()
	if err != nil {
		return err
	}
	return c.ask(f)
}

// note adds a case note.
func (c *call) note() error {
	f, child, err := c.noteForm()
	if err != nil {
		return err
	}
	return c.submit(f, func(in *input, key uuid.UUID) (string, error) {
		if err := in.err(); err != nil {
			return "", err
		}
		_, err := c.AddNote(c.r.Context(), c.me.Actor, record.Note{ID: record.NoteID{UUID: key}, Child: child, Text: in.text("text")})
		return f.Back + "?done=noted", err
	})
}
