package dirblobs_test

import (
	"context"
	"flag"
	"io"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/record"
)

var size = flag.Int64("size", 16<<20, "how many bytes the file of the benchmark has, such as 1073741824")

// zeros returns a reader of n zero bytes.
func zeros(n int64) io.Reader { return io.LimitReader(endless{}, n) }

type endless struct{}

func (endless) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestAFileOfAnySizeTakesTheSameMemory puts and reads a file of 64 MB with less than
// 1 MB of memory.
func TestAFileOfAnySizeTakesTheSameMemory(t *testing.T) {
	s, ctx, id := open(t, filepath.Join(t.TempDir(), "files")), context.Background(), record.AttachmentID{UUID: uuid.UUID{1}}
	const n = 64 << 20
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := s.Put(ctx, id, zeros(n), n)
	require.NoError(t, err)
	r, err := s.Open(ctx, id)
	require.NoError(t, err)
	read, err := io.Copy(io.Discard, r)
	require.NoError(t, err)
	require.NoError(t, r.Close())
	runtime.ReadMemStats(&after)
	require.Equal(t, int64(n), read)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20))
}

// BenchmarkPut puts a file and destroys it. To choose the size:
// go test ./storage/dirblobs -run '^$' -bench Put -benchtime 1x -size 1073741824
func BenchmarkPut(b *testing.B) {
	s, ctx, id := open(b, filepath.Join(b.TempDir(), "files")), context.Background(), record.AttachmentID{UUID: uuid.UUID{1}}
	b.SetBytes(*size)
	b.ReportAllocs()
	for b.Loop() {
		_, err := s.Put(ctx, id, zeros(*size), *size)
		require.NoError(b, err)
		require.NoError(b, s.Destroy(ctx, id))
	}
}
