package pep

import "github.com/google/uuid"

// ID identifies one plan. The zero ID is no plan.
type ID struct{ uuid.UUID }

// IsZero reports whether id is no plan.
func (id ID) IsZero() bool { return id == ID{} }
