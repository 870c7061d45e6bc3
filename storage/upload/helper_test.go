package upload_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/storage/upload"
)

var (
	ctx       = context.Background()
	unscanned = upload.Checks{Scan: upload.Unscanned}
)

// zipped returns a zip of entries with these names. An entry is empty, unless its
// argument contains a space: it then holds the text after the space, uncompressed.
func zipped(t testing.TB, entries ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, entry := range entries {
		name, content, stored := strings.Cut(entry, " ")
		header := &zip.FileHeader{Name: name, Method: zip.Deflate}
		if stored {
			header.Method = zip.Store
		}
		f, err := w.CreateHeader(header)
		require.NoError(t, err)
		_, err = io.WriteString(f, content)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.String()
}

// passes reads a file and returns its error. The bytes that it reads must be the
// beginning of the content, or all of it if the file passes.
func passes(t testing.TB, c upload.Checks, name, content string, read func(io.Reader) io.Reader) error {
	t.Helper()
	r, err := c.Open(ctx, name, read(strings.NewReader(content)))
	if err != nil {
		return err
	}
	var got bytes.Buffer
	_, err = io.Copy(&got, r)
	require.True(t, strings.HasPrefix(content, got.String()))
	require.True(t, err != nil || got.Len() == len(content))
	for range 2 {
		n, again := r.Read(make([]byte, 10))
		require.Zero(t, n)
		if err == nil {
			require.Equal(t, io.EOF, again)
		} else {
			require.Equal(t, err, again, "a second Read must return the same error")
		}
	}
	require.NoError(t, r.Close())
	return err
}

func whole(r io.Reader) io.Reader { return r }
