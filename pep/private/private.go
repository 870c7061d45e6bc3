package private

import (
	"database/sql/driver"
	"fmt"
	"io"
	"log/slog"

	"virtualschool.example/term/civil"
)

// Text is a private string: a name, an identifier, an answer. The zero Text
// holds "". A Text is immutable; copies share what they hold.
type Text struct{ sealed[string] }

// NewText returns a Text that holds s.
func NewText(s string) Text { return Text{seal(s)} }

// Reveal returns the string. The purpose is for the reader of the calling code.
func (t Text) Reveal(Purpose) string { return t.open() }

// Equal reports whether t and other hold the same string.
func (t Text) Equal(other Text) bool { return t.open() == other.open() }

// Date is a private day, such as a date of birth. The zero Date holds no day.
// A Date is immutable; copies share what they hold.
type Date struct{ sealed[civil.Date] }

// NewDate returns a Date that holds d.
func NewDate(d civil.Date) Date { return Date{seal(d)} }

// Reveal returns the day. The purpose is for the reader of the calling code.
func (d Date) Reveal(Purpose) civil.Date { return d.open() }

// Equal reports whether d and other hold the same day.
func (d Date) Equal(other Date) bool { return d.open() == other.open() }

// Purpose says what personal data is read for. It changes no answer: it is
// there to be read and searched for in the source.
type Purpose string

// The purposes. A host may name others of its own.
const (
	Deciding  Purpose = "deciding"  // a rule needs it to answer
	Storing   Purpose = "storing"   // it is written where it is kept
	Showing   Purpose = "showing"   // it is shown to a person who may see it
	Exporting Purpose = "exporting" // it leaves in a document or a file
	Sending   Purpose = "sending"   // an e-mail goes to it
)

// ErrPrivate says that something tried to marshal, unmarshal or scan a
// private value as it stands. It never tells what the value is.
const ErrPrivate = fault("private: personal data cannot be marshalled, unmarshalled or scanned; use Reveal, NewText or NewDate")

// fault is an error that is a constant.
type fault string

func (f fault) Error() string { return string(f) }

// redacted is the placeholder: it stands wherever a private value is printed or logged, whether it
// holds something or not.
const redacted = "[private]"

// sealed holds a value of which nothing shows, nil for the zero value. The
// methods that it exports are there to keep it so.
//
// It is a pointer to a pointer because package fmt, on its way to complain of
// a verb, follows one pointer to a struct even where it can call no method.
type sealed[T comparable] struct{ p **T }

func seal[T comparable](v T) sealed[T] {
	var zero T
	if v == zero {
		return sealed[T]{}
	}
	box := &struct { // one allocation for the value and the pointer to it
		v T
		p *T
	}{v: v}
	box.p = &box.v
	return sealed[T]{&box.p}
}

func (s sealed[T]) open() (v T) {
	if s.p != nil {
		v = **s.p
	}
	return v
}

// IsZero reports whether nothing is held.
func (s sealed[T]) IsZero() bool { return s.p == nil }

// Format prints the placeholder, whatever the verb and its flags.
func (sealed[T]) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// String returns the placeholder.
func (sealed[T]) String() string { return redacted }

// GoString returns the placeholder.
func (sealed[T]) GoString() string { return redacted }

// LogValue returns the placeholder.
func (sealed[T]) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalJSON returns ErrPrivate.
func (sealed[T]) MarshalJSON() ([]byte, error) { return nil, ErrPrivate }

// MarshalText returns ErrPrivate. It also stops XML, YAML, TOML and the keys of maps.
func (sealed[T]) MarshalText() ([]byte, error) { return nil, ErrPrivate }

// MarshalBinary returns ErrPrivate. It also stops package gob.
func (sealed[T]) MarshalBinary() ([]byte, error) { return nil, ErrPrivate }

// Value returns ErrPrivate, so that no database is handed the placeholder.
func (sealed[T]) Value() (driver.Value, error) { return nil, ErrPrivate }

// UnmarshalJSON returns ErrPrivate.
func (sealed[T]) UnmarshalJSON([]byte) error { return ErrPrivate }

// UnmarshalText returns ErrPrivate.
func (sealed[T]) UnmarshalText([]byte) error { return ErrPrivate }

// UnmarshalBinary returns ErrPrivate.
func (sealed[T]) UnmarshalBinary([]byte) error { return ErrPrivate }

// Scan returns ErrPrivate.
func (sealed[T]) Scan(any) error { return ErrPrivate }
