package report_test

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/pep/report"
)

func TestAPercentageIsRoundedHalfUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n, several int
		want       string
	}{{0, 5, "0.0"}, {2, 3, "66.7"}, {1, 3, "33.3"}, {1, 2000, "0.1"}, {1, 2001, "0.0"}, {9995, 10_000, "100.0"}, {9994, 10_000, "99.9"}, {3, 2, "150.0"}, {0, 0, ""}, {5, 0, ""}} {
		require.Equal(t, c.want, report.Percent(c.n, c.several), "%d of %d", c.n, c.several)
	}
	rapid.Check(t, func(t *rapid.T) {
		n, several := rapid.IntRange(0, 5_000_000).Draw(t, "n"), rapid.IntRange(1, 5_000_000).Draw(t, "several")
		require.Equal(t, big.NewRat(int64(100*n), int64(several)).FloatString(1), report.Percent(n, several))
	})
}

func TestAFigureInWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		of   report.Figure
		want string
	}{
		{report.Figure{Measure: report.PlansInPlace, Numerator: 2, Denominator: 3}, "66.7 per cent"},
		{report.Figure{Measure: report.PlansInPlace}, "no children who need it and are not excused"},
		{report.Figure{Measure: report.DaysLate, Numerator: 9, Denominator: 2}, "4.5 days a plan"},
		{report.Figure{Measure: report.DaysLate}, "no plans that were late"},
	} {
		require.Equal(t, c.want, c.of.Words())
	}
	for m := range report.AllMeasures() {
		require.Equal(t, "no "+m.Of(), report.Figure{Measure: m}.Words())
	}
}

func TestAGroupInWords(t *testing.T) {
	t.Parallel()
	for want, g := range map[string]report.Group{
		"Year 7": {By: report.ByYearGroup, Key: "Y7"}, "early years": {By: report.ByFormType, Key: "early_years"}, "out of the council's area": {By: report.ByArea, Key: "out_of_area"},
		"no social worker on record": {By: report.ByWorker}, "no establishment": {By: report.ByEstablishment}, "no form": {By: report.ByFormType}, "abc": {By: report.ByWorker, Key: "abc"}, "": {},
	} {
		require.Equal(t, want, g.Words())
	}
}

func ExamplePercent() {
	fmt.Println(report.Percent(2, 3))
	// Output: 66.7
}
