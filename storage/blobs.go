package storage

import (
	"context"
	"io"
	"time"

	"virtualschool.example/pep/record"
)

// Blobs keeps what is in attached files. It stands by itself, outside every
// transaction: a file is put once its attachment is saved, under the id of the
// event that attached it, and one that could not be put is put again.
type Blobs interface {
	// Put stores everything that it reads from r and returns how many bytes that
	// was; an empty file is valid. [F1] An id that has a file already is ErrExists,
	// and keeps it; none is a *rule.Invalid of "id". [F2] More than limit bytes
	// is a *rule.Invalid of "size" [F3], and an error of r comes out as it is. [F4]
	// A file is there whole or not at all, and not while it is being put. [F5]
	// Put looks at the context between its reads, and stops when it has ended. [F8]
	// It keeps nobody waiting while it reads: r may use these Blobs, and a store of
	// plans. [F9]
	Put(ctx context.Context, id record.AttachmentID, r io.Reader, limit int64) (int64, error)

	// Open opens a file to be read from its beginning, as often as is asked,
	// or is ErrNotFound. [F6] Who opened it closes it.
	Open(ctx context.Context, id record.AttachmentID) (io.ReadCloser, error)

	// Destroy destroys files for good: none of them can be opened afterwards.
	// An unknown id is passed over. [F7]
	Destroy(ctx context.Context, ids ...record.AttachmentID) error
}

// Sweeper is a Blobs in which a program that was killed can leave part of a file.
type Sweeper interface {
	// Sweep removes what is left of every Put that has written nothing since an
	// instant. A Put that is still running then fails, and leaves nothing.
	Sweep(ctx context.Context, before time.Time) error
}
