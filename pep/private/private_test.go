package private_test

import (
	"database/sql"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"reflect"
	"testing"

	"github.com/jackc/pgx/v5/pgtype"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/private/privatetest"
	"virtualschool.example/term/civil"
)

func TestNothingShowsAPrivateValue(t *testing.T) {
	t.Parallel()
	privatetest.Package(t, private.Text{}, private.Date{})
}

func TestRevealGivesWhatIsHeld(t *testing.T) {
	t.Parallel()
	day := civil.MustParse("2012-02-29")
	require.Equal(t, "Łukasz", private.NewText("Łukasz").Reveal(private.Showing))
	require.Equal(t, day, private.NewDate(day).Reveal(private.Deciding))
	require.Empty(t, private.Text{}.Reveal(private.Exporting))
	require.Zero(t, private.Date{}.Reveal(private.Storing))
}

func TestNothingHeldIsTheZeroValue(t *testing.T) {
	t.Parallel()
	require.True(t, private.NewText("") == private.Text{})
	require.True(t, private.NewDate(civil.Date{}) == private.Date{})
	require.True(t, private.Text{}.IsZero())
	require.False(t, private.NewText(" ").IsZero())
	require.False(t, private.NewDate(civil.MustParse("0001-01-01")).IsZero())
}

func TestEqualComparesWhatIsHeld(t *testing.T) {
	t.Parallel()
	a, b := private.NewText("a"), private.NewText("b")
	require.True(t, a.Equal(private.NewText("a")))
	require.False(t, a.Equal(b))
	require.False(t, a.Equal(private.Text{}))
	require.True(t, private.Text{}.Equal(private.Text{}))
	require.True(t, reflect.DeepEqual(a, private.NewText("a")), "so that records can be compared in tests")
	require.False(t, reflect.DeepEqual(a, b))

	day := civil.MustParse("2012-02-29")
	require.True(t, private.NewDate(day).Equal(private.NewDate(day)))
	require.False(t, private.NewDate(day).Equal(private.NewDate(day.AddDays(1))))
	require.False(t, private.NewDate(day).Equal(private.Date{}))
}

type named struct{ Name private.Text }

func TestEveryWayOfPrintingGivesThePlaceholder(t *testing.T) {
	t.Parallel()
	const want = "[private]"
	text, zero := private.NewText("Łukasz"), private.Date{}
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%8.3f"} {
		require.Equal(t, want, fmt.Sprintf(format, text), format)
		require.Equal(t, want, fmt.Sprintf(format, zero), format)
	}
	require.Equal(t, want, text.String())
	require.Equal(t, want, text.GoString())
	require.Equal(t, want, text.LogValue().String())
	require.Equal(t, want, zero.LogValue().String())
}

func TestMarshallingIsAnErrorWhetherSomethingIsHeldOrNot(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]any{
		"zero": private.Text{}, "text": private.NewText("a"), "date": private.NewDate(civil.MustParse("2012-02-29")),
		"field": named{private.NewText("a")},
	} {
		_, err := json.Marshal(v)
		require.ErrorIs(t, err, private.ErrPrivate, name)
		_, err = xml.Marshal(v)
		require.ErrorIs(t, err, private.ErrPrivate, name)
		err = gob.NewEncoder(io.Discard).Encode(v)
		require.ErrorIs(t, err, private.ErrPrivate, name)
	}
	_, err := json.Marshal(map[private.Text]int{{}: 1})
	require.ErrorContains(t, err, private.ErrPrivate.Error(), "a key of a map")
}

func TestUnmarshallingIsRefusedWithoutQuotingTheInput(t *testing.T) {
	t.Parallel()
	text, date := private.NewText("kept"), private.Date{}
	for name, read := range map[string]func([]byte) error{
		"text as JSON": text.UnmarshalJSON, "text": text.UnmarshalText, "text as bytes": text.UnmarshalBinary,
		"date as JSON": date.UnmarshalJSON, "date": date.UnmarshalText, "date as bytes": date.UnmarshalBinary,
	} {
		require.Equal(t, private.ErrPrivate, read([]byte(privatetest.Canary)), name)
	}
	var into struct{ Name private.Text }
	err := json.Unmarshal([]byte(`{"Name":"`+privatetest.Canary+`"}`), &into)
	require.ErrorIs(t, err, private.ErrPrivate)
	privatetest.Sweep(t, err)
	require.Equal(t, "kept", text.Reveal(private.Showing))
}

// A driver that stores what a fmt.Stringer returns would store the placeholder.
func TestNoDatabaseIsHandedThePlaceholder(t *testing.T) {
	t.Parallel()
	text := private.NewText("Łukasz")
	_, err := text.Value()
	require.Equal(t, private.ErrPrivate, err)
	stored, err := pgtype.NewMap().Encode(pgtype.TextOID, pgtype.TextFormatCode, text, nil)
	require.ErrorIs(t, err, private.ErrPrivate)
	require.Empty(t, stored)
	var scanner sql.Scanner = &text
	require.Equal(t, private.ErrPrivate, scanner.Scan("other"))
}
