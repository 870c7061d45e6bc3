package private

import (
	"database/sql/driver"
	"fmt"
	"io"
	"log/slog"

	"virtualschool.example/term/civil"
)

// Text is a private string, such as a name, an identifier or an answer. The zero Text
// holds "". A Text is immutable, and copies share what they hold.
type Text struct{ sealed[string] }

// NewText returns a Text that holds s.
func NewText(s string) Text { return Text{seal(s)} }

// Reveal returns the string. The purpose is there for the reader of the calling code.
func (t Text) Reveal(Purpose) string { return t.open() }

// Equal reports whether t and other hold the same string.
func (t Text) Equal(other Text) bool { return t.open() == other.open() }

// Date is a private day, such as a birth date. The zero Date holds the zero
// civil.Date. A Date is immutable, and copies share what they hold.
type Date struct{ sealed[civil.Date] }

// NewDate returns a Date that holds d.
func NewDate(d civil.Date) Date { return Date{seal(d)} }

// Reveal returns the day. The purpose is there for the reader of the calling code.
func (d Date) Reveal(Purpose) civil.Date { return d.open() }

// Equal reports whether d and other hold the same day.
func (d Date) Equal(other Date) bool { return d.open() == other.open() }

// Purpose says why personal data is read. It does not affect what Reveal returns. It
// is there so that people can read it in the source and search for it.
type Purpose string

// The purposes. A host may add its own.
const (
	Deciding  Purpose = "deciding"  // a rule needs the data to decide
	Storing   Purpose = "storing"   // the data is written to a store
	Showing   Purpose = "showing"   // the data is shown to a person who may see it
	Exporting Purpose = "exporting" // the data leaves the system in a document or a file
	Sending   Purpose = "sending"   // the data is an address that an e-mail is sent to
)

// ErrPrivate is returned for an attempt to marshal, unmarshal or scan a private
// value directly. It never holds the value.
const ErrPrivate = fault("private: personal data cannot be marshalled, unmarshalled or scanned; use Reveal, NewText or NewDate")

// fault is an error type that allows constants.
type fault string

func (f fault) Error() string { return string(f) }

// redacted is the placeholder that appears wherever a private value is printed or
// logged, even if the value is zero.
const redacted = "[private]"

// sealed holds a value and never shows it: printing gives the placeholder, and
// marshalling returns an error. If the value is zero, p is nil.
//
// The field p is a pointer to a pointer, because package fmt, before it complains
// about a verb, follows one pointer to a struct even if it cannot call a method.
type sealed[T comparable] struct{ p **T }

func seal[T comparable](v T) sealed[T] {
	var zero T
	if v == zero {
		return sealed[T]{}
	}
	box := &struct { // one allocation for both the value and the pointer to it
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

// IsZero reports whether the held value is the zero value.
func (s sealed[T]) IsZero() bool { return s.p == nil }

// Format prints the placeholder, whatever the verb and the flags.
func (sealed[T]) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// String returns the placeholder.
func (sealed[T]) String() string { return redacted }

// GoString returns the placeholder.
func (sealed[T]) GoString() string { return redacted }

// LogValue returns the placeholder.
func (sealed[T]) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalJSON returns ErrPrivate.
func (sealed[T]) MarshalJSON() ([]byte, error) { return nil, ErrPrivate }

// MarshalText returns ErrPrivate. It also keeps the value out of XML, YAML, TOML and
// map keys.
func (sealed[T]) MarshalText() ([]byte, error) { return nil, ErrPrivate }

// MarshalBinary returns ErrPrivate. It also keeps the value out of package gob.
func (sealed[T]) MarshalBinary() ([]byte, error) { return nil, ErrPrivate }

// Value returns ErrPrivate, so that no database stores the placeholder.
func (sealed[T]) Value() (driver.Value, error) { return nil, ErrPrivate }

// UnmarshalJSON returns ErrPrivate.
func (sealed[T]) UnmarshalJSON([]byte) error { return ErrPrivate }

// UnmarshalText returns ErrPrivate.
func (sealed[T]) UnmarshalText([]byte) error { return ErrPrivate }

// UnmarshalBinary returns ErrPrivate.
func (sealed[T]) UnmarshalBinary([]byte) error { return ErrPrivate }

// Scan returns ErrPrivate.
func (sealed[T]) Scan(any) error { return ErrPrivate }
