package report_test

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/goldentest"
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
