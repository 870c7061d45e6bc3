package storage

import (
	"time"

	"github.com/google/uuid"
)

// Moment is a place in a list by instant and then by id: after a page's last
// the next page begins. The zero Moment is before all. At is taken as Instant
// cuts it.
type Moment struct {
	At time.Time `json:"at,omitzero"`
	ID uuid.UUID `json:"id,omitzero"`
}
