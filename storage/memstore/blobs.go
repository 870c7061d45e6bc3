package memstore

import (
	"bytes"
	"context"
	"io"
	"sync"

	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
)

// Blobs keeps the bytes of files in memory. It implements storage.Blobs and is safe
// for concurrent use. The zero Blobs is empty.
type Blobs struct {
	mu    sync.RWMutex
	files map[record.AttachmentID][]byte
}

// Put stores everything that it reads from r, at most limit bytes, under an id that
// has no file yet.
func (b *Blobs) Put(ctx context.Context, of record.AttachmentID, r io.Reader, limit int64) (int64, error) {
	if of.IsZero() {
		return 0, noID()
	}
	if _, ok := b.file(of); ok && ctx.Err() == nil {
		return 0, storage.ErrExists
	}
	content, err := readAll(ctx, r, limit)
	if err != nil {
		return 0, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.files[of]; ok {
		return 0, storage.ErrExists
	}
	if b.files == nil {
		b.files = map[record.AttachmentID][]byte{}
	}
	b.files[of] = content
	return int64(len(content)), nil
}

// readAll reads r to its end. It returns an error if r holds more than limit bytes,
// or if ctx ends.
func readAll(ctx context.Context, r io.Reader, limit int64) ([]byte, error) {
	all, err := io.ReadAll(io.LimitReader(within{ctx, r}, limit))
	if err != nil {
		return nil, err
	}
	switch n, err := io.CopyN(io.Discard, within{ctx, r}, 1); {
	case n > 0 || limit < 0:
		return nil, &rule.Invalid{Member: "size", Want: "within the limit"}
	case err != io.EOF:
		return nil, err
	}
	return all, nil
}

// within is a reader that fails once its context has ended.
type within struct {
	ctx context.Context
	r   io.Reader
}

func (w within) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.r.Read(p)
}

func (b *Blobs) file(of record.AttachmentID) ([]byte, bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	content, ok := b.files[of]
	return content, ok
}

// Open opens a file. Reading from it fails once ctx has ended.
func (b *Blobs) Open(ctx context.Context, of record.AttachmentID) (io.ReadCloser, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	content, ok := b.file(of)
	if !ok {
		return nil, storage.ErrNotFound
	}
	return io.NopCloser(within{ctx, bytes.NewReader(content)}), nil
}

// Destroy removes files, and passes over an unknown id.
func (b *Blobs) Destroy(ctx context.Context, ids ...record.AttachmentID) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, of := range ids {
		delete(b.files, of)
	}
	return nil
}
