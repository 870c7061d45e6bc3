package storagetest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
)

// blobRows returns the cases of Blobs.
func blobRows() []row {
	return []row{
		{name: "F1 a file is read as it was put, byte for byte", run: fileExact},
		{name: "F1 files are told apart by their ids", run: filesApart},
		{name: "P1 a file shares nothing with what gave it", run: fileIsOwn},
		{name: "F2 an id that has a file keeps it", run: fileTaken},
		{name: "F2 twenty put one file at once and one succeeds", run: putAtOnce},
		{name: "F2 a file without an id is refused", run: fileWithoutID},
		{name: "F3 a file that exceeds the limit is refused", run: fileTooLarge},
		{name: "F3 an endless file is refused", run: fileWithoutEnd},
		{name: "F4 an error of the reader comes out as it is", run: readerFails},
		{name: "F5 a file is not there while it is being put", run: fileUnderWay},
		{name: "F5 a file can be put again after a failure", run: putAgain},
		{name: "F6 a file can be opened any number of times", run: openedTwice},
		{name: "F6 an unknown file is not found", run: noFile},
		{name: "F7 a destroyed file cannot be opened", run: fileDestroyed},
		{name: "F8 a put stops when its context ends", run: putStopped},
		{name: "F9 a reader may use the files while it is read", run: readerUsesFiles},
		{name: "P6 files are left alone once the context has ended", run: filesContextAtEnd},
	}
}

func (e *env) blobs() storage.Blobs { return e.store.(storage.Blobs) }

func attachmentID(name string) record.AttachmentID {
	return record.AttachmentID{UUID: journey.ID(name, "file")}
}

// content returns n bytes of varied values.
func content(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*i>>3 ^ i)
	}
	return b
}

func (e *env) putFile(id record.AttachmentID, b []byte) {
	e.Helper()
	n, err := e.blobs().Put(e.ctx, id, bytes.NewReader(b), int64(len(b)))
	require.NoError(e, err)
	require.Equal(e, int64(len(b)), n)
}

// file requires the file with the given id to hold exactly the bytes in want.
func (e *env) file(want []byte, id record.AttachmentID) {
	e.Helper()
	r, err := e.blobs().Open(e.ctx, id)
	require.NoError(e, err)
	got, err := io.ReadAll(r)
	require.NoError(e, err)
	require.NoError(e, r.Close())
	require.True(e, bytes.Equal(want, got), "of %d bytes there are %d, or others", len(want), len(got))
}

// gone requires that the store has no file with the given id.
func (e *env) gone(id record.AttachmentID) {
	e.Helper()
	r, err := e.blobs().Open(e.ctx, id)
	require.ErrorIs(e, err, storage.ErrNotFound)
	require.Nil(e, r)
}

func fileExact(e *env) {
	for n, b := range [][]byte{{}, {0}, []byte("text\r\n\x00\xff\xfe"), content(4096), content(65_537), content(3 << 20)} {
		id := record.AttachmentID{UUID: ordinal(n)}
		e.putFile(id, b)
		e.file(b, id)
	}
	limited := attachmentID("limited")
	n, err := e.blobs().Put(e.ctx, limited, bytes.NewReader([]byte("abc")), 1<<40)
	require.NoError(e, err)
	require.Equal(e, int64(3), n)
	e.file([]byte("abc"), limited)
}

func filesApart(e *env) {
	for _, id := range sharp() {
		e.putFile(record.AttachmentID{UUID: id}, id[:])
	}
	for _, id := range sharp() {
		e.file(id[:], record.AttachmentID{UUID: id})
	}
}

func fileIsOwn(e *env) {
	b, id := content(100), attachmentID("a")
	e.putFile(id, b)
	b[0]++
	e.file(content(100), id)
	r, err := e.blobs().Open(e.ctx, id)
	require.NoError(e, err)
	_, err = io.Copy(spoiling{}, r)
	require.NoError(e, err)
	require.NoError(e, r.Close())
	e.file(content(100), id)
}

// spoiling is a writer that clears the bytes it is given.
type spoiling struct{}

func (spoiling) Write(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func fileTaken(e *env) {
	id := attachmentID("a")
	e.putFile(id, []byte("first"))
	for _, b := range []string{"first", "second", ""} {
		_, err := e.blobs().Put(e.ctx, id, bytes.NewReader([]byte(b)), 100)
		require.ErrorIs(e, err, storage.ErrExists)
	}
	e.file([]byte("first"), id)
}

func putAtOnce(e *env) {
	var done atomic.Int64
	var all sync.WaitGroup
	for n := range 20 {
		all.Go(func() {
			_, err := e.blobs().Put(e.ctx, attachmentID("a"), bytes.NewReader(content(100+n)), 1000)
			if err == nil {
				done.Store(int64(n))
			} else if !errors.Is(err, storage.ErrExists) {
				e.Errorf("%v", err)
			}
		})
		all.Go(func() { e.putFile(record.AttachmentID{UUID: ordinal(n)}, content(n)) })
	}
	all.Wait()
	e.file(content(100+int(done.Load())), attachmentID("a"))
	for n := range 20 {
		e.file(content(n), record.AttachmentID{UUID: ordinal(n)})
	}
}

func fileWithoutID(e *env) {
	_, err := e.blobs().Put(e.ctx, record.AttachmentID{}, bytes.NewReader(nil), 1)
	e.invalid("id", err)
	e.gone(record.AttachmentID{})
}

func fileTooLarge(e *env) {
	id := attachmentID("a")
	for limit, b := range map[int64][]byte{0: {1}, 1: {1, 2}, 65_536: content(65_537), -1: {}} {
		_, err := e.blobs().Put(e.ctx, id, bytes.NewReader(b), limit)
		e.invalid("size", err)
		e.gone(id)
	}
	e.putFile(id, content(65_537))
}

func fileWithoutEnd(e *env) {
	_, err := e.blobs().Put(e.ctx, attachmentID("a"), zeros{}, 1<<20)
	e.invalid("size", err)
	e.gone(attachmentID("a"))
}

// zeros is a reader that never ends.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// ending is a reader that gives some bytes and then an error.
type ending struct {
	io.Reader
	err error
}

func (f ending) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	if err == io.EOF {
		err = f.err
	}
	return n, err
}

func readerFails(e *env) {
	for _, limit := range []int64{1 << 20, 5000} {
		_, err := e.blobs().Put(e.ctx, attachmentID("a"), ending{bytes.NewReader(content(5000)), errOwn}, limit)
		require.Equal(e, errOwn, err)
		e.gone(attachmentID("a"))
	}
}

func fileUnderWay(e *env) {
	id, done := attachmentID("a"), make(chan error, 1)
	r, w := io.Pipe()
	go func() {
		_, err := e.blobs().Put(e.ctx, id, r, 1<<20)
		done <- err
	}()
	for range 3 {
		_, err := w.Write(content(10_000))
		require.NoError(e, err)
		e.gone(id)
	}
	require.NoError(e, w.Close())
	require.NoError(e, <-done)
	e.file(bytes.Repeat(content(10_000), 3), id)
}

func putAgain(e *env) {
	cut := ending{bytes.NewReader(content(5000)), io.ErrUnexpectedEOF}
	_, err := e.blobs().Put(e.ctx, attachmentID("a"), cut, 1<<20)
	require.ErrorIs(e, err, io.ErrUnexpectedEOF)
	e.gone(attachmentID("a"))
	e.putFile(attachmentID("a"), content(10))
	e.file(content(10), attachmentID("a"))
}

// putStopped puts a file that is long enough to catch an adapter that checks the
// context only at the start, and too short to fill a disk.
func putStopped(e *env) {
	ctx, cancel := context.WithCancel(e.ctx)
	long := io.LimitReader(zeros{}, 64<<20)
	_, err := e.blobs().Put(ctx, attachmentID("a"), io.MultiReader(bytes.NewReader(content(5000)), calling(cancel), long), 1<<40)
	require.ErrorIs(e, err, context.Canceled)
	e.gone(attachmentID("a"))
	e.putFile(attachmentID("a"), content(10))
	e.file(content(10), attachmentID("a"))
}

// calling is an empty reader that calls a function when it is read.
type calling func()

func (c calling) Read([]byte) (int, error) { c(); return 0, io.EOF }

// readerUsesFiles puts a file whose reader uses other files. A store that holds a
// lock while it reads would wait for itself.
func readerUsesFiles(e *env) {
	a, b := attachmentID("a"), attachmentID("b")
	other := calling(func() {
		e.putFile(b, content(10))
		e.file(content(10), b)
		e.gone(a)
		require.NoError(e, e.blobs().Destroy(e.ctx, b))
	})
	_, err := e.blobs().Put(e.ctx, a, io.MultiReader(bytes.NewReader(content(5000)), other), 1<<20)
	require.NoError(e, err)
	e.file(content(5000), a)
	e.gone(b)
}

func openedTwice(e *env) {
	want, id := content(10_000), attachmentID("a")
	e.putFile(id, want)
	first, err := e.blobs().Open(e.ctx, id)
	require.NoError(e, err)
	part := make([]byte, 5000)
	_, err = io.ReadFull(first, part)
	require.NoError(e, err)
	e.file(want, id)
	rest, err := io.ReadAll(first)
	require.NoError(e, err)
	require.True(e, bytes.Equal(want, append(part, rest...)))
	require.NoError(e, first.Close())
	unread, err := e.blobs().Open(e.ctx, id)
	require.NoError(e, err)
	require.NoError(e, unread.Close())
	e.file(want, id)
}

func noFile(e *env) {
	e.putFile(attachmentID("a"), content(1))
	for _, id := range []uuid.UUID{{}, uuid.Max, attachmentID("b").UUID} {
		e.gone(record.AttachmentID{UUID: id})
	}
}

func fileDestroyed(e *env) {
	a, b, c := attachmentID("a"), attachmentID("b"), attachmentID("c")
	for _, id := range []record.AttachmentID{a, b, c} {
		e.putFile(id, content(100))
	}
	require.NoError(e, e.blobs().Destroy(e.ctx))
	require.NoError(e, e.blobs().Destroy(e.ctx, a, attachmentID("unknown"), c, record.AttachmentID{}, a))
	require.NoError(e, e.blobs().Destroy(e.ctx, a))
	e.gone(a)
	e.gone(c)
	e.file(content(100), b)
}

func filesContextAtEnd(e *env) {
	ended, cancel := context.WithCancel(e.ctx)
	cancel()
	e.putFile(attachmentID("a"), content(100))
	_, put := e.blobs().Put(ended, attachmentID("b"), bytes.NewReader(content(1)), 1)
	_, again := e.blobs().Put(ended, attachmentID("a"), bytes.NewReader(content(1)), 1)
	_, open := e.blobs().Open(ended, attachmentID("a"))
	e.all(context.Canceled, map[string]error{
		"Put": put, "Put again": again, "Open": open, "Destroy": e.blobs().Destroy(ended, attachmentID("a")),
	})
	e.file(content(100), attachmentID("a"))
	e.gone(attachmentID("b"))
}
