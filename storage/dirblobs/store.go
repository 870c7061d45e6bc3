package dirblobs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"runtime"
	"strings"
	"syscall"
	"time"

	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
)

var (
	_ storage.Blobs   = (*Store)(nil)
	_ storage.Sweeper = (*Store)(nil)
)

// Store keeps files in a folder. It is a storage.Blobs and a storage.Sweeper, safe
// for concurrent use, by several programs too. The zero Store is not usable.
type Store struct{ in folder }

// folder is what a Store does in its folder. An *os.Root does it, and leaves the
// folder by no name and no symbolic link.
type folder interface {
	OpenFile(name string, flag int, mode fs.FileMode) (*os.File, error)
	Lstat(name string) (fs.FileInfo, error)
	Mkdir(name string, mode fs.FileMode) error
	Link(from, to string) error
	Remove(name string) error
	Close() error
}

// unfinished is the sub-folder of the files that are being put.
const unfinished = "unfinished"

// New returns the store that keeps files in a folder, which it makes where there is
// none. A folder that others than its owner may use is a *rule.Invalid of "dir",
// except on Windows, where who may use a folder is for the host to see to.
func New(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, failure("open", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, failure("open", err)
	}
	s := &Store{root}
	if err := errors.Join(private(root), s.furnish()); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// private returns a *rule.Invalid unless the folder is its owner's alone.
func private(root *os.Root) error {
	info, err := root.Stat(".")
	if err != nil {
		return failure("open", err)
	}
	return rule.Need(info.Mode().Perm()&0o077 == 0 || runtime.GOOS == "windows", "dir", "a folder that only its owner may use (mode 0700)")
}

// furnish makes the sub-folders that are not there.
func (s *Store) furnish() error {
	names := []string{unfinished}
	for n := range 256 {
		names = append(names, fmt.Sprintf("%02x", n))
	}
	for _, name := range names {
		if err := s.in.Mkdir(name, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			return failure("open", err)
		}
	}
	return failure("open", s.sync("."))
}

// Close closes the folder; what is used afterwards is storage.ErrClosed.
func (s *Store) Close() error { return failure("close", s.in.Close()) }

// place returns the name of the file with an id, within the folder.
func place(id record.AttachmentID) string {
	name := id.String()
	return path.Join(name[:2], name)
}

// Open opens a file. What it returns can also be sought in, as an *os.File can. A
// symbolic link, or anything else that is no file, is storage.ErrDamaged.
func (s *Store) Open(ctx context.Context, id record.AttachmentID) (io.ReadCloser, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	found, err := s.in.Lstat(place(id))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, storage.ErrNotFound
	case err != nil:
		return nil, failure("open", err)
	case !found.Mode().IsRegular():
		return nil, damaged()
	}
	f, err := s.in.OpenFile(place(id), os.O_RDONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, storage.ErrNotFound // destroyed a moment ago
	} else if err != nil {
		return nil, failure("open", err)
	}
	if opened, err := f.Stat(); err != nil || !os.SameFile(found, opened) {
		return nil, errors.Join(damaged(), failure("open", f.Close()))
	}
	return f, nil
}

func damaged() error { return &storage.Error{Op: "open", Err: storage.ErrDamaged} }

// Destroy removes files, and what a program that was killed has left of putting
// them.
func (s *Store) Destroy(ctx context.Context, ids ...record.AttachmentID) error {
	for _, id := range ids {
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := s.in.Lstat(place(id)); err == nil {
			if err := s.sweep(ctx, func(name string, _ time.Time) bool { return strings.HasPrefix(name, id.String()) }); err != nil {
				return err
			}
		}
		if err := s.remove(place(id)); err != nil {
			return failure("destroy", err)
		}
		if err := s.sync(path.Dir(place(id))); err != nil {
			return failure("destroy", err)
		}
	}
	return ctx.Err()
}

// Sweep removes what programs that were killed have left, as storage.Sweeper says.
// A day ago is a good instant for it.
func (s *Store) Sweep(ctx context.Context, before time.Time) error {
	return s.sweep(ctx, func(_ string, written time.Time) bool { return written.Before(before) })
}

// sweep removes the unfinished files that are chosen by their name and by when they
// were last written to.
func (s *Store) sweep(ctx context.Context, chosen func(string, time.Time) bool) error {
	dir, err := s.in.OpenFile(unfinished, os.O_RDONLY, 0)
	if err != nil {
		return failure("sweep", err)
	}
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	if err != nil {
		return failure("sweep", err)
	}
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		info, err := s.in.Lstat(path.Join(unfinished, name))
		if err == nil && chosen(name, info.ModTime()) {
			err = s.remove(path.Join(unfinished, name))
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // otherwise its Put has ended meanwhile
			return failure("sweep", err)
		}
	}
	return nil
}

// remove removes a file, which need not be there.
func (s *Store) remove(name string) error {
	if err := s.in.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// sync has the system write to the disk what a sub-folder lists. Windows does so by
// itself.
func (s *Store) sync(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := s.in.OpenFile(dir, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// failure returns an error of the file system as one of the store's. The system's
// message is kept without the names of files.
func failure(op string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return storage.ErrExists
	case errors.Is(err, fs.ErrClosed):
		return storage.ErrClosed
	}
	failed := &storage.Error{Op: op, Err: storage.ErrUnavailable}
	var number syscall.Errno
	if errors.As(err, &number) {
		failed.State = number.Error()
	}
	return failed
}
