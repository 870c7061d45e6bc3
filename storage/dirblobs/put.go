package dirblobs

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"

	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
)

// Put stores everything that it reads from r under an id that has no file yet, as
// storage.Blobs says. The file is on the disk when Put returns; until then it cannot
// be opened.
func (s *Store) Put(ctx context.Context, id record.AttachmentID, r io.Reader, limit int64) (int64, error) {
	if err := rule.Need(!id.IsZero(), "id", "the id of an attachment"); err != nil {
		return 0, err
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if _, err := s.in.Lstat(place(id)); err == nil {
		return 0, storage.ErrExists
	} else if !errors.Is(err, fs.ErrNotExist) {
		return 0, failure("put", err)
	}
	aside := path.Join(unfinished, id.String()+"."+rand.Text())
	f, err := s.in.OpenFile(aside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, failure("put", err)
	}
	defer s.in.Remove(aside) // once the file is linked into its place, this removes only its temporary name
	defer f.Close()
	from := &source{ctx: ctx, r: r, left: limit}
	n, err := io.Copy(f, from)
	if from.err != nil {
		return 0, from.err
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return 0, failure("put", err)
	}
	if err := s.show(aside, place(id)); err != nil {
		return 0, err
	}
	return n, nil
}

// show links a complete file into its place.
func (s *Store) show(aside, place string) error {
	if err := s.in.Link(aside, place); err != nil {
		return failure("put", err)
	}
	if err := s.sync(path.Dir(place)); err != nil {
		return failure("put", errors.Join(err, s.in.Remove(place)))
	}
	return nil
}

// source reads from r. It fails if r holds more bytes than the limit, or once the
// context has ended, and keeps its error, so that Put can tell that error from a
// write error.
type source struct {
	ctx  context.Context
	r    io.Reader
	left int64
	err  error
}

func (s *source) Read(p []byte) (int, error) {
	if s.err = s.ctx.Err(); s.err != nil {
		return 0, s.err
	}
	n, err := s.r.Read(p)
	if s.left -= int64(n); s.left < 0 {
		err = &rule.Invalid{Member: "size", Want: "within the limit"}
	}
	if err != io.EOF {
		s.err = err
	}
	return n, err
}
