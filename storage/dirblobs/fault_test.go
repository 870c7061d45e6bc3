package dirblobs

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

var ctx = context.Background()

var (
	one   = record.AttachmentID{UUID: uuid.UUID{0xab, 1}}
	other = record.AttachmentID{UUID: uuid.UUID{0xcd, 2}}
)

// opened returns a store in a new folder, and the folder's path.
func opened(t testing.TB) (*Store, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "files")
	s, err := New(dir)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s, dir
}

// names returns the files in a folder with their sizes.
func names(t testing.TB, dir string) map[string]int64 {
	t.Helper()
	all := map[string]int64{}
	require.NoError(t, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		name, _ = filepath.Rel(dir, name)
		all[filepath.ToSlash(name)] = info.Size()
		return err
	}))
	return all
}

func put(s *Store, id record.AttachmentID, content string) error {
	_, err := s.Put(ctx, id, strings.NewReader(content), int64(len(content)))
	return err
}

func content(t testing.TB, s *Store, id record.AttachmentID) string {
	t.Helper()
	r, err := s.Open(ctx, id)
	require.NoError(t, err)
	b, err := io.ReadAll(r)
	require.NoError(t, err)
	require.NoError(t, r.Close())
	return string(b)
}

// failing is a folder in which the nth operation fails. If killed is set, every later
// operation fails too, as if the program had been killed and could not clean up.
type failing struct {
	folder
	n, calls int
	killed   bool
	failed   string // the call that failed
	late     bool   // the call was carried out, but its answer was lost
}

func (f *failing) call(name string, do func() error) error {
	f.calls++
	if f.calls < f.n || f.calls > f.n && !f.killed {
		return do()
	}
	if f.calls == f.n {
		f.failed = name
		if f.late {
			_ = do()
		}
	}
	return &fs.PathError{Op: name, Path: "a path", Err: syscall.EIO}
}

func (f *failing) OpenFile(name string, flag int, mode fs.FileMode) (file *os.File, err error) {
	err = f.call("OpenFile "+filepath.Dir(name), func() error {
		file, err = f.folder.OpenFile(name, flag, mode)
		return err
	})
	if err != nil && file != nil {
		_ = file.Close()
	}
	return file, err
}

func (f *failing) Lstat(name string) (info fs.FileInfo, err error) {
	err = f.call("Lstat", func() error { info, err = f.folder.Lstat(name); return err })
	return info, err
}

func (f *failing) Link(from, to string) error {
	return f.call("Link", func() error { return f.folder.Link(from, to) })
}

func (f *failing) Remove(name string) error {
	return f.call("Remove", func() error { return f.folder.Remove(name) })
}

// TestAPutThatFailsAtAnyStepIsWholeOrNotThere makes each step fail in four ways: with
// a disk error or a kill, each before or after the step is carried out. Sweep removes
// whatever a kill leaves unfinished.
func TestAPutThatFailsAtAnyStepIsWholeOrNotThere(t *testing.T) {
	t.Parallel()
	for kind, is := range map[string]failing{"an error": {}, "a lost answer": {late: true}, "a kill": {killed: true}, "a kill just after": {killed: true, late: true}} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			steps := map[string]bool{}
			for n := 1; ; n++ {
				s, dir := opened(t)
				f := is
				f.folder, f.n = s.in, n
				err := put(&Store{&f}, one, "content")
				if f.failed == "" {
					require.NoError(t, err)
					break
				}
				steps[f.failed] = true
				if err == nil {
					require.Equal(t, "Remove", f.failed, "only tidying up may fail unseen")
				} else if f.failed != "Link" {
					require.ErrorIs(t, err, storage.ErrUnavailable)
					require.NotContains(t, err.Error(), "a path")
					require.Contains(t, err.Error(), syscall.EIO.Error())
				}
				if left := names(t, dir); !is.killed && !is.late && f.failed != "Remove" {
					require.LessOrEqual(t, len(left), 1, f.failed)
				}
				if r, opening := s.Open(ctx, one); opening == nil {
					require.NoError(t, r.Close())
					require.True(t, err == nil || is.killed || is.late, "%s: an error, and the file is there", f.failed)
					require.Equal(t, "content", content(t, s, one))
					require.ErrorIs(t, put(s, one, "other"), storage.ErrExists)
				} else {
					require.ErrorIs(t, opening, storage.ErrNotFound)
					require.Error(t, err)
					require.NoError(t, put(s, one, "content"), "it is put again")
				}
				require.NoError(t, s.Sweep(ctx, time.Now().Add(time.Hour)))
				require.Equal(t, map[string]int64{place(one): 7}, names(t, dir), f.failed)
			}
			require.Equal(t, map[string]bool{"Lstat": true, "OpenFile unfinished": true, "Link": true, "OpenFile .": true, "Remove": true}, steps)
		})
	}
}

// TestADestroyThatFailsAtAnyStepCanBeRepeated makes each step of a Destroy fail, and
// calls Destroy again. No link to the destroyed file may then be left.
func TestADestroyThatFailsAtAnyStepCanBeRepeated(t *testing.T) {
	t.Parallel()
	for n := 1; ; n++ {
		s, dir := opened(t)
		require.NoError(t, put(s, one, "content"))
		require.NoError(t, put(s, other, "other"))
		require.NoError(t, s.in.Link(place(one), unfinished+"/"+one.String()+".A"), "as if a program was killed after the link")
		f := failing{folder: s.in, n: n, killed: true}
		err := (&Store{&f}).Destroy(ctx, one)
		if f.failed == "" {
			require.NoError(t, err)
			require.Greater(t, n, 5)
			require.Equal(t, map[string]int64{place(other): 5}, names(t, dir))
			return
		}
		if f.failed != "Lstat" {
			require.ErrorIs(t, err, storage.ErrUnavailable, f.failed)
		}
		require.NoError(t, s.Destroy(ctx, one))
		require.Equal(t, map[string]int64{place(other): 5}, names(t, dir), f.failed)
	}
}

// full is a folder on a full disk: files can be made but not written.
type full struct{ folder }

func (f full) OpenFile(name string, flag int, mode fs.FileMode) (*os.File, error) {
	if flag&os.O_CREATE == 0 {
		return f.folder.OpenFile(name, flag, mode)
	}
	made, err := f.folder.OpenFile(name, flag, mode)
	if err != nil {
		return nil, err
	}
	_ = made.Close()
	return os.OpenFile("/dev/full", os.O_WRONLY, 0)
}

func TestOnAFullDiskNothingStays(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("this system has no /dev/full")
	}
	s, dir := opened(t)
	err := put(&Store{full{s.in}}, one, "content")
	require.ErrorIs(t, err, storage.ErrUnavailable)
	require.Contains(t, err.Error(), "no space left on device")
	require.Empty(t, names(t, dir))
}

// TestASweepLeavesAPutThatIsStillWritten sweeps from another store while a file is
// being put. A Put that is too slow fails and leaves nothing.
func TestASweepLeavesAPutThatIsStillWritten(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before time.Duration
		want   error
	}{"younger": {-time.Hour, nil}, "older": {time.Hour, storage.ErrUnavailable}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, dir := opened(t)
			second, err := New(dir)
			require.NoError(t, err)
			defer second.Close()
			sweeping := atEnd(func() { require.NoError(t, second.Sweep(ctx, time.Now().Add(c.before))) })
			_, err = s.Put(ctx, one, io.MultiReader(strings.NewReader("content"), sweeping), 100)
			require.ErrorIs(t, err, c.want)
			require.Equal(t, c.want == nil, len(names(t, dir)) == 1)
		})
	}
}

// atEnd is an empty reader that calls a function when it is read.
type atEnd func()

func (f atEnd) Read([]byte) (int, error) { f(); return 0, io.EOF }

// TestTwoProgramsKeepOneFile puts one file through two stores that share only their
// folder.
func TestTwoProgramsKeepOneFile(t *testing.T) {
	t.Parallel()
	s, dir := opened(t)
	second, err := New(dir)
	require.NoError(t, err)
	defer second.Close()
	meanwhile := atEnd(func() { require.NoError(t, put(second, one, "second")) })
	_, err = s.Put(ctx, one, io.MultiReader(strings.NewReader("first"), meanwhile), 100)
	require.ErrorIs(t, err, storage.ErrExists)
	require.Equal(t, "second", content(t, s, one))
	require.Len(t, names(t, dir), 1)
}

// TestNothingIsOpenToOthers requires that only the owner can use the folders and
// files, and that a file's name shows only its id.
func TestNothingIsOpenToOthers(t *testing.T) {
	t.Parallel()
	s, dir := opened(t)
	require.NoError(t, put(s, one, "content"))
	require.Equal(t, map[string]int64{"ab/ab010000-0000-0000-0000-000000000000": 7}, names(t, dir))
	during := atEnd(func() {
		require.NoError(t, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			require.NoError(t, err)
			info, err := d.Info()
			require.NoError(t, err)
			require.Zero(t, info.Mode().Perm()&0o077, name)
			return nil
		}))
	})
	_, err := s.Put(ctx, other, during, 1)
	require.NoError(t, err)

	require.NoError(t, os.Chmod(dir, 0o750))
	_, err = New(dir)
	require.ErrorContains(t, err, "dir must be")
	_, err = New(filepath.Join(dir, place(one)))
	require.ErrorIs(t, err, storage.ErrUnavailable, "a file is no folder")
}

// TestNoSymbolicLinkIsFollowed tries links within the folder and links that lead out
// of it.
func TestNoSymbolicLinkIsFollowed(t *testing.T) {
	t.Parallel()
	s, dir := opened(t)
	require.NoError(t, put(s, other, "other"))
	secret := filepath.Join(filepath.Dir(dir), "secret")
	require.NoError(t, os.WriteFile(secret, []byte("secret"), 0o600))
	for name, target := range map[string]string{"to a file of another id": "../" + place(other), "out of the folder": secret, "to nothing": "nothing"} {
		require.NoError(t, os.Symlink(target, filepath.Join(dir, place(one))))
		_, err := s.Open(ctx, one)
		require.ErrorIs(t, err, storage.ErrDamaged, name)
		require.ErrorIs(t, put(s, one, "content"), storage.ErrExists, name)
		require.NoError(t, s.Destroy(ctx, one))
		_, err = s.Open(ctx, one)
		require.ErrorIs(t, err, storage.ErrNotFound, name)
	}
	require.NoError(t, os.Remove(filepath.Join(dir, "ab")))
	require.NoError(t, os.Symlink(filepath.Dir(dir), filepath.Join(dir, "ab")))
	require.ErrorIs(t, put(s, one, "content"), storage.ErrUnavailable, "a sub-folder that leads out")
	require.Equal(t, "other", content(t, s, other))
	b, err := os.ReadFile(secret)
	require.NoError(t, err)
	require.Equal(t, "secret", string(b))
}

func TestAClosedStoreRefusesEverything(t *testing.T) {
	t.Parallel()
	s, _ := opened(t)
	require.NoError(t, s.Close())
	_, open := s.Open(ctx, one)
	for name, err := range map[string]error{"Put": put(s, one, "a"), "Open": open, "Destroy": s.Destroy(ctx, one), "Sweep": s.Sweep(ctx, time.Now())} {
		require.ErrorIs(t, err, storage.ErrClosed, name)
	}
}

// TestAReaderThatPanicsLeavesNothing lets the reader panic during a Put, and requires
// that no file is left.
func TestAReaderThatPanicsLeavesNothing(t *testing.T) {
	t.Parallel()
	s, dir := opened(t)
	require.Panics(t, func() {
		_, _ = s.Put(ctx, one, io.MultiReader(bytes.NewReader([]byte("a")), atEnd(func() { panic("reader") })), 10)
	})
	require.Empty(t, names(t, dir))
}
