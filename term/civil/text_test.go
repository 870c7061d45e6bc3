package civil_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/term/civil"
)

func TestEveryDayReadsBackFromItsText(t *testing.T) {
	t.Parallel()
	for d := day("0001-01-01"); !d.IsZero(); d = d.AddDays(1) {
		text := d.String()
		if got, err := civil.Parse(text); err != nil || got != d {
			t.Fatalf("%q reads as %v, %v", text, got, err)
		}
	}
	require.Equal(t, "2026-03-01", day("2026-03-01").String())
}

func TestParseRefusesAnyOtherForm(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", "2026-02-30", "2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "0000-01-01", "2026-1-01", "26-01-01",
		"2026/01/01", "2026-01/01", "20260101", "2026-01-01T00:00:00Z", " 2026-01-01", "2026-01-01 ", "+026-01-01", "-026-01-01",
		"12026-01-01", "2026-01-0a", "2O26-01-01", "2026-0:-01", "２０２６-01-01", "01/01/2026", "2026-01-\x001",
	} {
		d, err := civil.Parse(s)
		require.Equal(t, civil.ErrDate, err, s)
		require.True(t, d.IsZero(), s)
	}
	require.Panics(t, func() { civil.MustParse("never") })
}

func TestErrorsDoNotHoldTheText(t *testing.T) {
	t.Parallel()
	_, err := civil.Parse("2011-07-32")
	require.NotContains(t, err.Error(), "2011")
}

func TestDateInJSON(t *testing.T) {
	t.Parallel()
	type form struct{ Meeting, Due civil.Date }
	text, err := json.Marshal(form{Meeting: day("2026-03-25")})
	require.NoError(t, err)
	require.JSONEq(t, `{"Meeting":"2026-03-25","Due":""}`, string(text))
	read := form{Due: day("2026-04-08")}
	require.NoError(t, json.Unmarshal(text, &read))
	require.Equal(t, form{Meeting: day("2026-03-25")}, read)

	kept := day("2026-04-08")
	require.ErrorIs(t, kept.UnmarshalText([]byte("8 April")), civil.ErrDate)
	require.Equal(t, day("2026-04-08"), kept)
	appended, err := kept.AppendText([]byte("due "))
	require.NoError(t, err)
	require.Equal(t, "due 2026-04-08", string(appended))
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2026-03-31", "2024-02-29", "2026-02-29", "0001-01-01", "9999-12-31", "", "2026-3-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := civil.Parse(s)
		if err != nil {
			require.True(t, d.IsZero())
			return
		}
		require.Equal(t, s, d.String())
		again, err := civil.New(d.Year(), d.Month(), d.Day())
		require.NoError(t, err)
		require.Equal(t, d, again)
	})
}
