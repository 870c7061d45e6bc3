package browser

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

var large = flag.Bool("large", false, "upload a file of 10 GB too, which takes a minute")

// The browser sends all of the file before it shows an answer.
func TestAnUploadOfTenGigabytesIsAnsweredWithAPage(t *testing.T) {
	if !*large {
		t.Skip("-large is not given")
	}
	path := filepath.Join(t.TempDir(), "film.pdf")
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	require.NoError(t, os.Truncate(path, 10<<30)) // a file of zeros, which takes no disk space
	d := &day{t, openBrowser(t), newCouncil(t).morning(t, "2026-02-12"), &tally{}}
	gus := d.as(teacher, desk)
	gus.follow("Merle Specimen", "See the documents")
	gus.do(chromedp.SetUploadFiles(labelled("Choose a file"), []string{path}))
	gus.patience = 10 * time.Minute
	gus.press("Attach the document")
	gus.sees("This is too large", "Nothing was saved")
}
