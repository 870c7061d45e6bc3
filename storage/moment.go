package storage

import (
	"time"

	"github.com/google/uuid"
)

// Moment is a place in a list that is ordered by instant and then by id. The next
// page begins after the Moment of the last item on a page. The zero Moment is
// before every item. A store cuts At to the microsecond, as Instant
// does.
type Moment struct {
	At time.Time `json:"at,omitzero"`
	ID uuid.UUID `json:"id,omitzero"`
}
