package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// ran runs the program and returns what it printed, with the times left out.
func ran(t *testing.T, want int, args ...string) string {
	t.Helper()
	var stdout, stderr strings.Builder
	require.Equal(t, want, run(t.Context(), args, &stdout, &stderr), stderr.String())
	return regexp.MustCompile(` +[0-9.]+ s\n`).ReplaceAllString(stdout.String(), "\n") + stderr.String()
}

// TestTheReportIsWrittenAndASecondRunPaysNothing also requires that the same seed gives
// the same counts, and that another seed gives different ones.
func TestTheReportIsWrittenAndASecondRunPaysNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first := ran(t, done, "-children", "120", "-out", dir)
	require.NotContains(t, first, "\r", "there must be no progress bar without a terminal")
	runs := regexp.MustCompile(`pays (\d+) lines.*paid so far: (.*)\n`).FindAllStringSubmatch(first, -1)
	require.Len(t, runs, 2)
	require.NotEqual(t, "0", runs[0][1])
	require.Equal(t, "0", runs[1][1])
	require.Equal(t, runs[0][2], runs[1][2])
	for _, name := range []string{"report.html", "missing.csv", "figures.csv", "payment_totals.csv"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		require.NotEmpty(t, text)
		require.Contains(t, first, "wrote "+filepath.Join(dir, name))
	}
	again := ran(t, done, "-children", "120", "-out", dir)
	require.Contains(t, again, "pays 0 lines")
	require.NotContains(t, again, "inventing")
	counts := regexp.MustCompile(`(?m)^[A-Z]+ 202[56]: .*$`)
	require.Len(t, counts.FindAllString(first, -1), 3)
	require.Equal(t, counts.FindAllString(first, -1), counts.FindAllString(again, -1))
	other := t.TempDir()
	require.Equal(t, counts.FindAllString(first, -1), counts.FindAllString(ran(t, done, "-children", "120", "-out", other), -1))
	require.NotEqual(t, counts.FindAllString(first, -1), counts.FindAllString(ran(t, done, "-children", "120", "-seed", "2", "-out", t.TempDir()), -1))
}

func TestInvalidFlagsAreRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, args := range [][]string{{"-children", "0"}, {"-children", "1000001"}, {"-children", "many"}, {"-nothing"}} {
		require.NotEmpty(t, ran(t, unusable, append(args, "-out", dir)...))
	}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, entries)
	require.Contains(t, ran(t, done, "-help"), "-children")
	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	require.NotEmpty(t, ran(t, failed, "-out", filepath.Join(file, "below")))
}
