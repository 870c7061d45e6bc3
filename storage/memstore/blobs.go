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

// Blobs keeps what is in files in memory. It is a storage.Blobs, safe for
// concurrent use. The zero Blobs is empty.
type Blobs struct {
	mu    sync.RWMutex
	files map[record.AttachmentID][]byte
}

// Put stores what r gives, under an id that has no file.
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

// readAll reads up to limit bytes, before ctx ends; that there are more is an
// error.
func readAll(ctx context.Context, r io.Reader, limit int64) ([]byte, error) {
	all, err := io.ReadAll(io.LimitReader(within{ctx, r}, limit))
	if err != nil {
		return nil, err
	}
	switch n, err := io.CopyN(io.Discard, within{ctx, r}, 1); {
	case n > 0 || limit < 0:
		return nil, &rule.Invalid{Member: "size", Want: "no more bytes than the limit"}
	case err != io.EOF:
		return nil, err
	}
	return all, nil
}

// within reads until its context ends.
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

// Open opens a file, which is read until ctx ends.
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

// Destroy removes files.
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
