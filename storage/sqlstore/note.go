package sqlstore

import (
	"context"
	"iter"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

func (r *reader) Notes(ctx context.Context, of record.ChildID, after storage.Moment) iter.Seq2[record.Note, error] {
	notes := r.of(statement.Notes, of.UUID).from(past(after))
	return listed(ctx, r.session, "notes", nil, notes, 0, note)
}

// note reads a row of pep_note.
func note(scan located) (record.Note, error) {
	var child, by []byte
	var text string
	at, err := scan(&child, &by, &text)
	return record.Note{
		ID: record.NoteID{UUID: at.which}, At: instantOf(at.when), Child: record.ChildID{UUID: idOf(child)},
		By: record.PersonID{UUID: idOf(by)}, Text: private.NewText(text),
	}, err
}

func (t *tx) AddNote(ctx context.Context, n record.Note) error {
	if err := t.putting(ctx, n.ID.IsZero(), n.Check); err != nil {
		return err
	}
	return t.enter(ctx, "add note", statement.AddNote, place{instant(n.At), n.ID.UUID},
		t.id(&n.Child.UUID), t.id(&n.By.UUID), t.text(n.Text.Reveal(private.Storing)))
}
