package record

import "github.com/google/uuid"

// ChildID identifies one child. The zero ChildID identifies nobody.
type ChildID struct{ uuid.UUID }

// IsZero reports whether id is the zero ChildID.
func (id ChildID) IsZero() bool { return id == ChildID{} }

// EstablishmentID identifies one school or setting. The zero EstablishmentID
// identifies no establishment.
type EstablishmentID struct{ uuid.UUID }

// IsZero reports whether id is the zero EstablishmentID.
func (id EstablishmentID) IsZero() bool { return id == EstablishmentID{} }

// ContributorID identifies one contributor. The zero ContributorID identifies
// nobody.
type ContributorID struct{ uuid.UUID }

// IsZero reports whether id is the zero ContributorID.
func (id ContributorID) IsZero() bool { return id == ContributorID{} }

// PersonID identifies a person who acts, in whatever role. The zero PersonID
// identifies nobody.
type PersonID struct{ uuid.UUID }

// IsZero reports whether id is the zero PersonID.
func (id PersonID) IsZero() bool { return id == PersonID{} }

// NoteID identifies one note. The zero NoteID identifies no note.
type NoteID struct{ uuid.UUID }

// IsZero reports whether id is the zero NoteID.
func (id NoteID) IsZero() bool { return id == NoteID{} }

// AttachmentID identifies one attachment. The zero AttachmentID identifies no
// attachment.
type AttachmentID struct{ uuid.UUID }

// IsZero reports whether id is the zero AttachmentID.
func (id AttachmentID) IsZero() bool { return id == AttachmentID{} }

// RequestID identifies one request. The zero RequestID identifies no request.
type RequestID struct{ uuid.UUID }

// IsZero reports whether id is the zero RequestID.
func (id RequestID) IsZero() bool { return id == RequestID{} }
