package forms_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// TestARecordedYearGroupMovesWithTheAcademicYear tests YEAR-2 and YEAR-3. According to
// the birth date, the child is in Y7 in 2025/26.
func TestARecordedYearGroupMovesWithTheAcademicYear(t *testing.T) {
	t.Parallel()
	born := civil.MustParse("2014-08-31")
	for _, test := range []struct {
		name       string
		recorded   forms.YearGroup
		recordedOn string
		on         string
		want       forms.YearGroup
	}{
		{"nothing is recorded", 0, "", "2025-11-05", forms.Y7},
		{"nothing is recorded on a day", 0, "2020-11-05", "2025-11-05", forms.Y7},
		{"held back, without a day", forms.Y6, "", "2025-11-05", forms.Y6},
		{"accelerated, without a day", forms.Y8, "", "2025-11-05", forms.Y8},
		{"on the same day", forms.Y6, "2025-11-05", "2025-11-05", forms.Y6},
		{"on the first day of the same academic year", forms.Y6, "2025-09-01", "2026-08-31", forms.Y6},
		{"on the last day of the academic year before", forms.Y6, "2025-08-31", "2025-09-01", forms.Y7},
		{"three academic years before", forms.Y6, "2022-09-01", "2025-11-05", forms.Y9},
		{"on a later day of the same academic year", forms.Y6, "2026-08-31", "2025-11-05", forms.Y6},
		{"in the next academic year", forms.Y6, "2026-09-01", "2025-11-05", forms.Y5},
		{"N2 moves to R", forms.N2, "2024-11-05", "2025-11-05", forms.R},
		{"R moves to Y1", forms.R, "2024-11-05", "2025-11-05", forms.Y1},
		{"R moves back to N2", forms.R, "2026-11-05", "2025-11-05", forms.N2},
		{"N2 moves back to N1", forms.N2, "2026-11-05", "2025-11-05", forms.N1},
		{"below N1 the birth date decides", forms.N1, "2026-11-05", "2025-11-05", forms.Y7},
		{"Y12 moves to Y13", forms.Y12, "2024-11-05", "2025-11-05", forms.Y13},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := forms.Recorded{Year: test.recorded}
			require.NoError(t, r.On.UnmarshalText([]byte(test.recordedOn)))
			got, err := forms.YearGroupAt(born, civil.MustParse(test.on), r)
			require.NoError(t, err)
			require.Equal(t, test.want, got)
		})
	}
}

// TestARecordedYearGroupBeyondYear13IsRefused tests YEAR-4.
func TestARecordedYearGroupBeyondYear13IsRefused(t *testing.T) {
	t.Parallel()
	r := forms.Recorded{Year: forms.Y13, On: civil.MustParse("2025-08-31")}
	year, err := forms.YearGroupAt(civil.MustParse("2008-03-05"), civil.MustParse("2025-08-31"), r)
	require.NoError(t, err)
	require.Equal(t, forms.Y13, year)
	_, err = forms.YearGroupAt(civil.MustParse("2008-03-05"), civil.MustParse("2025-09-01"), r)
	require.ErrorIs(t, err, rule.YEAR4)
}

// TestFarFromAgeMeansTwoYearsOrMore tests YEAR-2. According to the birth
// date, the child is in Y7, or beyond Y13.
func TestFarFromAgeMeansTwoYearsOrMore(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, born string
		recorded   forms.YearGroup
		recordedOn string
		want       bool
	}{
		{"nothing is recorded", "2014-08-31", 0, "2025-11-05", false},
		{"the same as by birth date", "2014-08-31", forms.Y7, "2025-11-05", false},
		{"one above", "2014-08-31", forms.Y8, "2025-11-05", false},
		{"two above", "2014-08-31", forms.Y9, "2025-11-05", true},
		{"one below", "2014-08-31", forms.Y6, "2025-11-05", false},
		{"two below", "2014-08-31", forms.Y5, "2025-11-05", true},
		{"two below, asked about a year before", "2014-08-31", forms.Y5, "2024-11-05", false},
		{"one below, asked about a year ahead", "2014-08-31", forms.Y6, "2026-11-05", true},
		{"Y14 by birth date", "2007-08-31", forms.Y13, "2025-11-05", false},
		{"Y15 by birth date", "2006-08-31", forms.Y13, "2025-11-05", true},
		{"the birth date decides", "2014-08-31", forms.N1, "2027-11-05", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := forms.Recorded{Year: test.recorded, On: civil.MustParse(test.recordedOn)}
			require.Equal(t, test.want, forms.FarFromAge(civil.MustParse(test.born), civil.MustParse("2025-11-05"), r))
		})
	}
}
