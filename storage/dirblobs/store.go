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

// Store keeps files in a folder. It is a storage.Blobs and a storage.Sweeper, and is
// safe for concurrent use, even by several programs. The zero Store cannot be used.
type Store struct{ in folder }

// folder holds the operations that a Store needs. An *os.Root implements it, and
// neither a name nor a symbolic link leads out of its folder.
type folder interface {
	OpenFile(name string, flag int, mode fs.FileMode) (*os.File, error)
	Lstat(name string) (fs.FileInfo, error)
	Mkdir(name string, mode fs.FileMode) error
	Link(from, to string) error
	Remove(name string) error
	Close() error
}

// unfinished is the sub-folder for files that are being put.
const unfinished = "unfinished"

// New makes the folder dir if it does not exist, and returns a store that keeps
// files there. If anyone but its owner may use the folder, New returns a
// *rule.Invalid for "dir", except on Windows, where the host must protect the
// folder.
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

// private returns a *rule.Invalid if anyone but the folder's owner may use the folder.
func private(root *os.Root) error {
	info, err := root.Stat(".")
	if err != nil {
		return failure("open", err)
	}
	return rule.Need(info.Mode().Perm()&0o077 == 0 || runtime.GOOS == "windows", "dir", "a folder that only its owner may use (mode 0700)")
}

// furnish makes the missing sub-folders.
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

// Close closes the folder. The methods return storage.ErrClosed afterwards.
func (s *Store) Close() error { return failure("close", s.in.Close()) }

// place returns the name, within the folder, of the file with the given id.
func place(id record.AttachmentID) string {
	name := id.String()
	return path.Join(name[:2], name)
}

// Open opens a file. The reader that it returns is also an io.Seeker. Open returns
// storage.ErrNotFound if there is no file with that id, and storage.ErrDamaged if
// there is a symbolic link or anything else that is not a file.
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
		return nil, storage.ErrNotFound // another call has just destroyed it
	} else if err != nil {
		return nil, failure("open", err)
	}
	if opened, err := f.Stat(); err != nil || !os.SameFile(found, opened) {
		return nil, errors.Join(damaged(), failure("open", f.Close()))
	}
	return f, nil
}

func damaged() error { return &storage.Error{Op: "open", Err: storage.ErrDamaged} }

// Destroy removes files, and any other links to them that a killed program left in
// "unfinished". An unknown id is passed over.
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

// Sweep removes the files left behind by programs that were killed, as storage.Sweeper says. Pass
// an instant about one day in the past.
func (s *Store) Sweep(ctx context.Context, before time.Time) error {
	return s.sweep(ctx, func(_ string, written time.Time) bool { return written.Before(before) })
}

// sweep passes the name of each unfinished file, and the instant of its last write,
// to chosen, and removes the file if chosen returns true.
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
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // if the file does not exist, its Put has just ended
			return failure("sweep", err)
		}
	}
	return nil
}

// remove removes a file, which need not exist.
func (s *Store) remove(name string) error {
	if err := s.in.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// sync makes the system write a sub-folder's list of files to the disk. Windows does
// so by itself.
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

// failure turns an error of the file system into one of the store's. It keeps the
// system's message, but not the names of files.
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
