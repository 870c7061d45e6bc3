package dirblobs_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep/record"
	"virtualschool.example/storage/dirblobs"
)

// Files are kept in their own folder. When a program starts, it removes the files
// left behind by programs that were killed; a service does so in its daily work.
func Example() {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	files, err := dirblobs.New(filepath.Join(dir, "files"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer files.Close()
	ctx, id := context.Background(), record.AttachmentID{UUID: uuid.UUID{1}}
	fmt.Println(files.Sweep(ctx, time.Now().AddDate(0, 0, -1)))
	fmt.Println(files.Put(ctx, id, strings.NewReader("a timetable"), 1<<20))
	fmt.Println(files.Put(ctx, id, strings.NewReader("another"), 1<<20))
	r, err := files.Open(ctx, id)
	if err != nil {
		fmt.Println(err)
		return
	}
	content, err := io.ReadAll(r)
	fmt.Println(string(content), errors.Join(err, r.Close()))
	// Output:
	// <nil>
	// 11 <nil>
	// 0 storage: it already exists
	// a timetable <nil>
}
