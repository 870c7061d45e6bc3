package pep

import (
	"slices"
	"time"

	"virtualschool.example/pep/record"
)

// Reallocation says that a child's case passes to another worker.
type Reallocation struct {
	Child    record.ChildID
	To       record.PersonID
	At       time.Time // the instant of the allocation
	Reviewed time.Time // the instant up to which the worker has read the case notes; zero if never
}

// Unread returns the notes that the worker should read before taking over, the
// oldest first, and the warning NotesUnread if there are any. NOTE-1: contact
// outside the workflow is a case note, and a new worker reads the notes before
// acting on the case. The warning blocks no action. Notes made after the allocation,
// and the worker's own notes, need not be read.
func (r Reallocation) Unread(notes []record.Note) (unread []record.NoteID, warning Warning) {
	notes = slices.Clone(notes)
	slices.SortStableFunc(notes, func(a, b record.Note) int { return a.At.Compare(b.At) })
	for _, n := range notes {
		if n.Child == r.Child && n.By != r.To && !n.At.After(r.At) && n.At.After(r.Reviewed) {
			unread, warning = append(unread, n.ID), NotesUnread
		}
	}
	return unread, warning
}
