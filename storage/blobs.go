package storage

import (
	"context"
	"io"
	"time"

	"virtualschool.example/pep/record"
)

// Blobs keeps the bytes of attached files. It takes part in no transaction: once an
// attachment is saved, the caller puts its file under the id of the event that
// attached it. If that Put fails, the caller tries again.
type Blobs interface {
	// Put stores everything that it reads from r and returns the number of bytes; an
	// empty file is valid. [F1] If the id has a file already, Put keeps that file and
	// returns ErrExists; if the id is zero, it returns a *rule.Invalid for "id". [F2]
	// If r holds more than limit bytes, Put returns a *rule.Invalid for "size". [F3]
	// Put returns an error from r unchanged. [F4] A file is there as a whole or not
	// at all, and cannot be opened until Put is done. [F5] Put checks the context
	// between its reads, and stops once the context has ended. [F8] While Put reads
	// from r, it blocks no other call: r may itself use these Blobs, and a store of
	// plans. [F9]
	Put(ctx context.Context, id record.AttachmentID, r io.Reader, limit int64) (int64, error)

	// Open opens a file for reading from its beginning, any number of times, or
	// returns ErrNotFound. [F6] The caller must close it.
	Open(ctx context.Context, id record.AttachmentID) (io.ReadCloser, error)

	// Destroy destroys files for good, so that none of them can be opened afterwards,
	// and passes over an unknown id. [F7]
	Destroy(ctx context.Context, ids ...record.AttachmentID) error
}

// Sweeper is implemented by Blobs in which a killed program can leave part of a
// file.
type Sweeper interface {
	// Sweep removes the unfinished file of every Put that has written nothing since
	// the given instant. If such a Put is still running, it fails and leaves nothing.
	Sweep(ctx context.Context, before time.Time) error
}
