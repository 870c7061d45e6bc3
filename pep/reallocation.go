package pep

import (
	"slices"
	"time"

	"virtualschool.example/pep/record"
)

// Reallocation is the passing of a child's case to another worker.
type Reallocation struct {
	Child    record.ChildID
	To       record.PersonID
	At       time.Time // the instant of the allocation
	Reviewed time.Time // up to when the worker has read the case notes; zero where not at all
}

// Unread returns the notes that the worker is to read before taking over, the
// oldest first, with the warning that there are some. NOTE-1: contact outside
// the workflow is a case note, and the notes are reviewed when a case is
// reallocated, before the new worker's involvement. It warns and stops nobody;
// what comes after the allocation, and the worker's own notes, need no review.
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
