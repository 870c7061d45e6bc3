package report_test

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/goldentest"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/report"
)

func TestTheReportAsJSONLines(t *testing.T) {
	t.Parallel()
	s, line := inventedSummary(), inventedLine("Jane")
	written := file(t, func(w io.Writer) error {
		to := report.NewJSONLines(w)
		require.NoError(t, to.Line(&line))
		return to.Summary(&s)
	})
	goldentest.Require(t, "testdata/report.jsonl", written)
	require.NotContains(t, written, "Jane")
	for row := range strings.Lines(written) {
		require.Regexp(t, `^\{"row":"[a-z]+".*\}\n$`, row)
	}
}

func TestAPaymentRunAsJSONLines(t *testing.T) {
	t.Parallel()
	settlement, err := report.SettlementOf(inventedRun(), report.UndecidedPlan{Plan: pep.ID{UUID: fixture.ID(30)}, Why: "the record is damaged"})
	require.NoError(t, err)
	written := file(t, func(w io.Writer) error { return report.NewJSONLines(w).Settlement(&settlement) })
	goldentest.Require(t, "testdata/payments.jsonl", written)
	require.Equal(t, 1+3+2+2+1, strings.Count(written, "\n"))
	require.ErrorIs(t, report.NewJSONLines(&once{4}).Settlement(&settlement), io.ErrShortWrite)
}

// once is a disk on which one write fails.
type once struct{ before int }

func (o *once) Write(p []byte) (int, error) {
	if o.before--; o.before == -1 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func TestNothingIsWrittenAfterAFailedWrite(t *testing.T) {
	t.Parallel()
	s := inventedSummary()
	for before := range 10 {
		disk := &once{before}
		require.ErrorIs(t, report.NewJSONLines(disk).Summary(&s), io.ErrShortWrite)
		require.Equal(t, -1, disk.before)
	}
}

func ExampleJSONLines() {
	s := report.Summary{Council: "Lancashire", Policy: "lancashire", Revision: 1, On: fixture.On("2026-03-31")}
	if err := report.NewJSONLines(os.Stdout).Summary(&s); err != nil {
		fmt.Println(err)
	}
	// Output: {"row":"report","council":"Lancashire","policy":"lancashire","revision":1,"on":"2026-03-31","failed":0}
}
