package workflow

import (
	"context"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

// AddNote adds a case note about a child and returns its id (NOTE-1). The service
// fills in who writes the note and when, and generates an id if the note has none.
// If the same person has already added a note with that id, nothing is added, so a
// host can safely repeat the call. AddNote returns a *rule.Invalid for a blank
// text.
func (s *Service) AddNote(ctx context.Context, by Actor, n record.Note) (id record.NoteID, err error) {
	if n.ID.IsZero() {
		n.ID = record.NoteID{UUID: s.c.NewID()}
	}
	n.By, n.At = by.ID, storage.Instant(s.c.Now())
	if err := n.Check(); err != nil {
		return record.NoteID{}, wrap("add_note", pep.ID{}, err)
	}
	err = s.run(ctx, errand{by: by, about: aChild, deed: access.AddNote, child: n.Child, acts: true}, func(v *visit, _ *pep.PEP) error {
		book, err := writing(v, storage.BookkeeperOf)
		if err != nil {
			return err
		}
		notes, err := v.notes(n.Child)
		if err != nil || slices.ContainsFunc(notes, func(had record.Note) bool { return had.ID == n.ID && had.By == n.By }) {
			return err
		}
		return book.AddNote(ctx, n)
	})
	if err != nil {
		return record.NoteID{}, err
	}
	return n.ID, nil
}

// Notes returns the case notes of a child, the oldest first.
func (s *Service) Notes(ctx context.Context, by Actor, child record.ChildID) (notes []record.Note, err error) {
	err = s.run(ctx, errand{by: by, about: aChild, deed: access.ReadNotes, child: child}, func(v *visit, _ *pep.PEP) (err error) {
		notes, err = v.notes(child)
		return err
	})
	return notes, err
}

// Unread returns the case notes that a worker must read before they take over a
// child's case, the oldest first. If there are any, it also returns the warning
// pep.NotesUnread (NOTE-1).
func (s *Service) Unread(ctx context.Context, by Actor, to pep.Reallocation) (unread []record.NoteID, warning pep.Warning, err error) {
	err = s.run(ctx, errand{by: by, about: aChild, name: "unread", deed: access.ReadNotes, child: to.Child}, func(v *visit, _ *pep.PEP) error {
		notes, err := v.notes(to.Child)
		if err == nil {
			unread, warning = to.Unread(notes)
		}
		return err
	})
	return unread, warning, err
}

// notes returns the case notes of a child.
func (v *visit) notes(child record.ChildID) (notes []record.Note, err error) {
	book, err := storage.BookOf(v.r)
	if err != nil {
		return nil, err
	}
	for n, err := range book.Notes(v.ctx, child, storage.Moment{}) {
		if err != nil {
			return nil, err
		}
		notes = append(notes, n)
	}
	return notes, nil
}
