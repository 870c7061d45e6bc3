package upload_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage/upload"
)

func TestANameMustBeVisibleAndOfAnAcceptedType(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a.pdf", "Łukasz, 2. Bericht (é).PDF", "報告.docx", "Screenshot at 3.04\u202fPM.png", "a.exe.txt", strings.Repeat("é", 251) + ".txt"} {
		require.NoError(t, unscanned.Name(name), "%q", name)
	}
	for name, refused := range map[string][]string{
		"a path":       {"../a.pdf", "/etc/a.pdf", `..\a.pdf`, `C:\a.pdf`, "a/../b.pdf", "c:a.pdf", ".a.pdf"},
		"a header":     {"a\r\nX: y.pdf", "a\".pdf", "a\x00.pdf"},
		"an extension": {"", "a", "a.", "a.pdf.", "a.pdf ", "a.exe", "a.docm", "a.svg", "a.html", "a.gif", "a.pdf.exe", "a.pdf\u200b", "a.pdf/"},
		"nothing":      {".pdf", " .pdf", "\u00a0.pdf"},
		"cannot be seen": {"a\u202efdp.exe.pdf", "a\u200bb.pdf", "a\u2066.pdf", "a\ufeff.pdf", "a\u2028.pdf", "a\u00ad.pdf", "a\u034f.pdf",
			"\u3164.pdf", "a\ue000.pdf", "a\ufe0f.pdf", "a\U000e0041.pdf", "a\t.pdf", "a\x7f.pdf"},
		"too long":  {strings.Repeat("é", 252) + ".txt"},
		"not UTF-8": {"a\xff.pdf"},
	} {
		for _, file := range refused {
			err := unscanned.Name(file)
			require.NotEmpty(t, rule.InvalidMembers(err), "%s: %q", name, file)
			for _, member := range rule.InvalidMembers(err) {
				require.Equal(t, "name", member)
			}
			_, err = unscanned.Open(ctx, file, strings.NewReader(""))
			require.Error(t, err)
		}
	}
}

func TestAFileMayNotExceedTheSizeLimit(t *testing.T) {
	t.Parallel()
	c := upload.Checks{Size: 5, Scan: upload.Unscanned}
	for _, read := range reading {
		require.NoError(t, passes(t, c, "a.txt", "12345", read))
		require.Equal(t, []string{"size"}, rule.InvalidMembers(passes(t, c, "a.txt", "123456", read)))
	}
	for size, want := range map[int64]int64{0: 100 << 20, -1: 100 << 20, record.MaxFileSize + 1: record.MaxFileSize, record.MaxFileSize: record.MaxFileSize, 7: 7} {
		require.Equal(t, want, upload.Checks{Size: size}.Largest())
	}
}

func TestAPlanMayNotExceedItsNumberOfFiles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ count, kept, most int }{{0, 49, 50}, {3, 2, 3}} {
		require.NoError(t, upload.Checks{Count: c.count}.Room(c.kept))
		err := upload.Checks{Count: c.count}.Room(c.kept + 1)
		require.EqualError(t, err, fmt.Sprintf("files must be at most %d on one plan", c.most))
	}
}

func TestAnErrorOfTheReaderIsReturnedUnchanged(t *testing.T) {
	t.Parallel()
	own := errors.New("cut off")
	for _, read := range reading {
		r, err := unscanned.Open(ctx, "a.txt", read(io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(own))))
		require.NoError(t, err)
		b, err := io.ReadAll(r)
		require.Equal(t, own, err)
		require.Equal(t, "abc", string(b))
		require.NoError(t, r.Close())
	}
}

// scanners holds scanners that do not pass a file of 100,000 bytes.
var scanners = map[string]struct {
	scan func(context.Context, io.Reader) error
	want error // the error that must be wrapped beside ErrNotPassed; nil if any error will do
}{
	"says no":                       {func(_ context.Context, r io.Reader) error { _, _ = io.Copy(io.Discard, r); return io.ErrNoProgress }, io.ErrNoProgress},
	"says no at once":               {func(context.Context, io.Reader) error { return io.ErrNoProgress }, io.ErrNoProgress},
	"says yes at once":              {func(context.Context, io.Reader) error { return nil }, nil},
	"says yes before the end":       {func(_ context.Context, r io.Reader) error { _, err := r.Read(make([]byte, 10)); return err }, nil},
	"panics":                        {func(context.Context, io.Reader) error { panic("a name") }, nil},
	"panics at the end":             {func(_ context.Context, r io.Reader) error { _, _ = io.Copy(io.Discard, r); panic("a name") }, nil},
	"ends its goroutine":            {func(context.Context, io.Reader) error { runtime.Goexit(); return nil }, nil},
	"hangs":                         {func(ctx context.Context, _ io.Reader) error { <-ctx.Done(); return nil }, context.DeadlineExceeded},
	"hangs at the end":              {func(ctx context.Context, r io.Reader) error { _, _ = io.Copy(io.Discard, r); <-ctx.Done(); return nil }, context.DeadlineExceeded},
	"hangs and ignores the context": {func(context.Context, io.Reader) error { time.Sleep(time.Hour); return nil }, context.DeadlineExceeded},
}

// TestAFileThatTheScannerDoesNotPassIsNotReadToItsEnd tries every way in which a
// scanner can fail, under the clock of synctest.
func TestAFileThatTheScannerDoesNotPassIsNotReadToItsEnd(t *testing.T) {
	t.Parallel()
	for name, s := range scanners {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				err := passes(t, upload.Checks{Scan: s.scan}, "a.txt", strings.Repeat("a", 100_000), whole)
				require.ErrorIs(t, err, upload.ErrNotPassed)
				require.NotContains(t, err.Error(), "a name")
				if s.want != nil {
					require.ErrorIs(t, err, s.want)
				}
				time.Sleep(2 * time.Hour) // wait until the scanner that hangs has returned
			})
		})
	}
	_, err := upload.Checks{}.Open(ctx, "a.txt", strings.NewReader(""))
	require.Equal(t, []string{"scan"}, rule.InvalidMembers(err), "no scanner is no consent")
}

func TestTheScannerSeesTheWholeFile(t *testing.T) {
	t.Parallel()
	for _, s := range taken(t) {
		for _, read := range reading {
			var seen strings.Builder
			c := upload.Checks{Scan: func(_ context.Context, r io.Reader) error { _, err := io.Copy(&seen, r); return err }}
			require.NoError(t, passes(t, c, s.file, s.content, read))
			require.Equal(t, s.content, seen.String(), s.name)
		}
	}
}

// TestAScannerThatHasSeenEverythingNeedNotWaitForTheEnd lets a scanner return after
// the last byte, before it has seen io.EOF.
func TestAScannerThatHasSeenEverythingNeedNotWaitForTheEnd(t *testing.T) {
	t.Parallel()
	c := upload.Checks{Scan: func(_ context.Context, r io.Reader) error { _, err := io.ReadFull(r, make([]byte, 3)); return err }}
	require.NoError(t, passes(t, c, "a.txt", "abc", whole))
}

// TestASlowSenderIsNotTheScannersFault requires that Patience counts only while we
// wait for the scanner, and not while the file is on its way.
func TestASlowSenderIsNotTheScannersFault(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		slow := io.MultiReader(strings.NewReader("a"), pausing{}, strings.NewReader("b"), pausing{})
		r, err := unscanned.Open(ctx, "a.txt", slow)
		require.NoError(t, err)
		b, err := io.ReadAll(r)
		require.NoError(t, err)
		require.Equal(t, "ab", string(b))
		require.NoError(t, r.Close())
	})
}

// pausing is an empty reader that takes an hour.
type pausing struct{}

func (pausing) Read([]byte) (int, error) { time.Sleep(time.Hour); return 0, io.EOF }

// TestTheScanEndsWithTheFile closes the reader early, or ends its context.
func TestTheScanEndsWithTheFile(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(context.CancelFunc, io.Closer){
		"closed":    func(_ context.CancelFunc, r io.Closer) { _ = r.Close() },
		"cancelled": func(cancel context.CancelFunc, _ io.Closer) { cancel() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ending, cancel := context.WithCancel(ctx)
			defer cancel()
			done := make(chan error, 1)
			c := upload.Checks{Scan: func(_ context.Context, r io.Reader) error { _, err := io.Copy(io.Discard, r); done <- err; return err }}
			r, err := c.Open(ending, "a.txt", strings.NewReader("abc"))
			require.NoError(t, err)
			_, err = r.Read(make([]byte, 1))
			require.NoError(t, err)
			end(cancel, r)
			require.ErrorIs(t, <-done, context.Canceled)
			_, err = io.ReadAll(r)
			require.ErrorIs(t, err, context.Canceled)
		})
	}
}
