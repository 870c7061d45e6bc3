package workflow

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
)

// errNoBlobs says that the host has given the service no Blobs.
var errNoBlobs error = &storage.Error{Op: "blobs", Err: storage.ErrNoRole}

// Upload attaches a file with its content, which r gives. The command's action is a
// pep.Attach with the file's name; its Size is how many bytes the file has, or zero
// where that is not known yet.
//
// Nothing is read of r where the command would be refused as things are: its giver is
// not permitted, a rule says no, the plan has changed since it was seen, the name is
// not one that Config.Uploads takes, or the plan has too many files. Then Config.Blobs
// writes the file where nobody can open it, while Config.Uploads checks it. When all
// of it has passed, and before the Blobs are told that it has ended, the command is
// carried out as Do carries it out. Then the Blobs give the file its place, under the
// id of the event. It follows that
//
//   - a file that is refused, or is cut off, or whose command is refused, leaves
//     nothing, because the Blobs drop what did not end;
//   - no file has a place without its attachment, wherever the program is killed, and
//     RunDay sweeps what a killed program was writing;
//   - an attachment is without its file only where the program is killed, or the disk
//     fails, between the last two steps. Whoever uploads then has had no answer, or
//     storage.ErrOutcomeUnknown, and gives the same command with the same file again.
//
// The same again returns the first outcome, and puts the file where it is missing.
// The same key with another file is storage.ErrKeyReused. Of two uploads to one
// version of a plan, one is storage.ErrConflict. A service that has joined a
// transaction of the host's (In) must not upload: the host could take the attachment
// back, and the file would stay. Other errors are those of Do, of upload.Checks, of
// the Blobs and of r.
func (s *Service) Upload(ctx context.Context, c Command, r io.Reader) (o storage.Outcome, err error) {
	started := s.c.Now()
	defer func() { s.observe(ctx, "upload", c.By.Role, started, err) }()
	a, err := s.admitUpload(ctx, c)
	if err != nil {
		return o, wrap("upload", c.Plan, err)
	}
	content, err := s.c.Uploads.Open(ctx, a.Name.Reveal(private.Deciding), r)
	if err != nil {
		return o, wrap("upload", c.Plan, err)
	}
	defer content.Close()
	putting, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := context.AfterFunc(ctx, cancel)
	defer stop()
	f := &arriving{from: content, digest: sha256.New(), attach: func(size int64, digest []byte) (err error) {
		stop() // from here on the caller's cancelling does not reach the file
		o, err = s.attach(ctx, c, a, size, digest)
		return err
	}}
	if err := s.keep(putting, c, f); err != nil {
		return storage.Outcome{}, wrap("upload", c.Plan, err)
	}
	return o, nil
}

// admitUpload returns the action of a command that could be carried out as things
// are, or was carried out before.
func (s *Service) admitUpload(ctx context.Context, c Command) (pep.Attach, error) {
	a, ok := c.Do.(pep.Attach)
	if s.c.Blobs == nil {
		return a, errNoBlobs
	}
	if !ok {
		return a, &rule.Invalid{Member: "do", Want: "a pep.Attach, passed by value"}
	}
	if err := errors.Join(
		c.check(pep.VerbAttach),
		s.c.Uploads.Name(a.Name.Reveal(private.Deciding)),
		rule.Need(a.Size <= s.c.Uploads.Largest(), "size", "no more bytes than a file may have"),
	); err != nil {
		return a, err
	}
	tried := attempt{by: c.By, name: pep.VerbAttach.String(), plan: c.Plan, key: c.Key, at: s.c.Now()}
	return a, s.denied(ctx, tried, s.c.Plans.View(ctx, func(r storage.Reader) error {
		v := s.visit(ctx, r, c.By)
		done, err := r.Outcome(ctx, c.Key)
		if err == nil {
			return v.replay(done.Plan, &tried)
		}
		if !errors.Is(err, storage.ErrNotFound) {
			return err
		}
		if _, err := v.decide(c, c.Plan, &tried); err != nil {
			return err
		}
		return v.room(c.Plan)
	}))
}

// room returns a *rule.Invalid where the plan may have no more files. The command is
// about the version that is read here, so that no other file comes between.
func (v *visit) room(plan pep.ID) error {
	book, err := storage.BookOf(v.r)
	if err != nil {
		return err
	}
	kept := 0
	for _, err := range book.Attachments(v.ctx, plan) {
		if err != nil {
			return err
		}
		kept++
	}
	return v.c.Uploads.Room(kept)
}

// attach carries the command out for a file that has passed.
func (s *Service) attach(ctx context.Context, c Command, a pep.Attach, size int64, digest []byte) (storage.Outcome, error) {
	if a.Size != 0 && a.Size != size {
		return storage.Outcome{}, &rule.Invalid{Member: "size", Want: "the number of bytes that the file has"}
	}
	a.Size = size
	c.Do = a
	return s.do(ctx, c, digest)
}

// keep has the Blobs put a file under the id of the event by which it is attached.
// Where that has a file, this one is read to its end all the same, to see whether
// its command is the one that was given before.
func (s *Service) keep(ctx context.Context, c Command, f *arriving) error {
	event := pep.Event{Plan: c.Plan, Version: c.Seen + 1}
	_, err := s.c.Blobs.Put(ctx, record.AttachmentID{UUID: event.ID()}, f, s.c.Uploads.Largest())
	if errors.Is(err, storage.ErrExists) {
		_, err = io.Copy(io.Discard, f)
	}
	if err != nil && f.err == io.EOF {
		return fmt.Errorf("%w: %w", storage.ErrOutcomeUnknown, err)
	}
	return err
}

// arriving is a file as the Blobs read it. It attaches the file before it says that
// the file has ended, and does not say so where that fails.
type arriving struct {
	from   io.Reader // gives its last bytes before it says io.EOF
	size   int64
	digest hash.Hash
	attach func(size int64, digest []byte) error
	err    error // that it ended with; io.EOF once the file is attached
}

// Read reads further bytes.
func (f *arriving) Read(p []byte) (n int, err error) {
	if f.err != nil {
		return 0, f.err
	}
	n, f.err = f.from.Read(p)
	f.size += int64(n)
	f.digest.Write(p[:n])
	if f.err == io.EOF {
		if err := f.attach(f.size, f.digest.Sum(nil)); err != nil {
			f.err = err
		}
	}
	return n, f.err
}
