package sqlstore

import (
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/storage"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// The columns hold ids as UUIDs or their 16 bytes, days as numbers such as 20260615, terms
// as the year and the season, such as 20261, and instants as microseconds since 1970. All
// of these sort in the order of the ids, days, terms and instants themselves.

func day(d civil.Date) int64 {
	return int64(d.Year())*10000 + int64(d.Month())*100 + int64(d.Day())
}

// dayOf returns the day of a column's value, or the zero day if n is not a day.
func dayOf(n int64) civil.Date {
	d, _ := civil.New(int(n/10000), time.Month(n/100%100), int(n%100))
	return d
}

// The ends of a range that holds every day.
const (
	noDay   = 0
	lastDay = 9999_99_99
)

// upTo returns the value for the exclusive end of a range of days. If d is zero, the
// range has no end.
func upTo(d civil.Date) int64 {
	if d.IsZero() {
		return lastDay
	}
	return day(d)
}

func termNumber(t term.Term) int64 { return int64(t.Year())*10 + int64(t.Season()) }

// termOf returns the term of a column's value, or the zero term if n is not a term.
func termOf(n int64) term.Term { return term.New(term.Season(n%10), int(n/10)) }

const lastTerm = 99999

func instant(t time.Time) int64 { return t.UnixMicro() }

func instantOf(n int64) time.Time { return time.UnixMicro(n).UTC() }

// idOf returns the id that a column holds, as 16 bytes or as text, or the zero id if b
// is not an id.
func idOf(b []byte) (id uuid.UUID) {
	if len(b) == len(id) {
		copy(id[:], b)
		return id
	}
	id, _ = uuid.ParseBytes(b)
	return id
}

// idList returns ids as one value, in the form of a PostgreSQL array. Each id is in
// hexadecimal and in quotation marks, so that SQLite can read the list too.
func idList[T ~struct{ uuid.UUID }](ids []T) string {
	list := make([]byte, 1, 2+35*len(ids))
	list[0] = '{'
	for i := range ids {
		if i > 0 {
			list = append(list, ',')
		}
		id := struct{ uuid.UUID }(ids[i])
		list = append(hex.AppendEncode(append(list, '"'), id.UUID[:]), '"')
	}
	return string(append(list, '}'))
}

// The first and the last id.
var (
	noID   uuid.UUID
	lastID = uuid.UUID{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}
)

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// damaged returns the error for a row that is not what was written.
func damaged(op string) error {
	return &storage.Error{Op: op, Err: storage.ErrDamaged}
}
