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

// errNoBlobs says that Config.Blobs is not set.
var errNoBlobs error = &storage.Error{Op: "blobs", Err: storage.ErrNoRole}

// Upload attaches a file and reads its content from r. The command's action must be
// a pep.Attach with the file's name. Its Size is the number of bytes, or zero if
// that is not known yet.
//
// Before Upload reads anything from r, it checks that the command would not be
// refused at this point: the actor is permitted, the rules allow it, the plan has
// not changed since the actor saw it, Config.Uploads accepts the name, and the plan
// has room for another file. Then Config.Blobs writes the file where nobody can open
// it, while Config.Uploads checks its content. Once the whole file has passed, and
// before the Blobs are told that it has ended, Upload carries out the command as Do
// does. Then the Blobs put the file in its place, under the id of the event. It
// follows that
//
//   - a file leaves nothing behind if it is refused or cut off, or if its command is
//     refused, because the Blobs drop an unfinished file;
//   - no file is ever in its place without its attachment, even if the program is
//     killed, and RunDay removes unfinished files left behind by programs that
//     were killed;
//   - an attachment lacks its file only if the program is killed, or the disk fails,
//     between the last two steps. The caller then gets no answer or
//     storage.ErrOutcomeUnknown, and must give the same command with the same file
//     again.
//
// If the same command comes again with the same file, Upload returns the first
// outcome, and puts the file in its place if it is missing. If the same key comes
// with another file, it returns storage.ErrKeyReused. Of two uploads to one version
// of a plan, one returns storage.ErrConflict. If In has given the service a store
// that has joined the host's transaction, the service must not upload: the host
// could roll the attachment back, and the file would stay. If Config.Blobs is not
// set, Upload returns storage.ErrNoRole. Its other errors are those of Do, of
// upload.Checks, of the Blobs and of r.
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
		stop() // from here on, cancelling ctx does not stop the file
		o, err = s.attach(ctx, c, a, size, digest)
		return err
	}}
	if err := s.keep(putting, c, f); err != nil {
		return storage.Outcome{}, wrap("upload", c.Plan, err)
	}
	return o, nil
}

// admitUpload returns the action of a command that would succeed at this point, or
// that was carried out before.
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
		rule.Need(a.Size <= s.c.Uploads.Largest(), "size", "within the limit for a file"),
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

// room returns a *rule.Invalid if the plan may have no more files. The command names
// the version that is read here, so no other file can be attached in between.
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

// attach carries out the command for a file that has passed the checks.
func (s *Service) attach(ctx context.Context, c Command, a pep.Attach, size int64, digest []byte) (storage.Outcome, error) {
	if a.Size != 0 && a.Size != size {
		return storage.Outcome{}, &rule.Invalid{Member: "size", Want: "the size of the file in bytes"}
	}
	a.Size = size
	c.Do = a
	return s.do(ctx, c, digest)
}

// keep has the Blobs put a file under the id of the event that attaches it. If a
// file is already stored under that id, keep still reads the new file to its end, to
// find out whether the command is the one that was given before.
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

// arriving is a file as the Blobs read it. Its Read reports that the file has ended
// only after it has attached the file.
type arriving struct {
	from   io.Reader // the content; it returns its last bytes before io.EOF or together with it
	size   int64
	digest hash.Hash
	attach func(size int64, digest []byte) error
	err    error // the error with which the file ended; io.EOF once it is attached
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
