package record

import "github.com/google/uuid"

// ChildID identifies one child. The zero ChildID is no child.
type ChildID struct{ uuid.UUID }

// IsZero reports whether id is no child.
func (id ChildID) IsZero() bool { return id == ChildID{} }

// EstablishmentID identifies one school or setting. The zero EstablishmentID
// is none: the child is in no establishment.
type EstablishmentID struct{ uuid.UUID }

// IsZero reports whether id is no establishment.
func (id EstablishmentID) IsZero() bool { return id == EstablishmentID{} }

// ContributorID identifies one contributor. The zero ContributorID is nobody.
type ContributorID struct{ uuid.UUID }

// IsZero reports whether id is nobody.
func (id ContributorID) IsZero() bool { return id == ContributorID{} }

// PersonID identifies somebody who acts, in whichever role. The zero PersonID
// is nobody.
type PersonID struct{ uuid.UUID }

// IsZero reports whether id is nobody.
func (id PersonID) IsZero() bool { return id == PersonID{} }

// NoteID identifies one note. The zero NoteID is none.
type NoteID struct{ uuid.UUID }

// IsZero reports whether id is none.
func (id NoteID) IsZero() bool { return id == NoteID{} }

// AttachmentID identifies one attachment. The zero AttachmentID is none.
type AttachmentID struct{ uuid.UUID }

// IsZero reports whether id is none.
func (id AttachmentID) IsZero() bool { return id == AttachmentID{} }

// RequestID identifies one request. The zero RequestID is none.
type RequestID struct{ uuid.UUID }

// IsZero reports whether id is none.
func (id RequestID) IsZero() bool { return id == RequestID{} }
