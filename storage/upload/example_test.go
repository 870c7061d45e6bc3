package upload_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/google/uuid"

	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/storage/upload"
)

// A file is checked while it is put into any storage.Blobs. A host's scanner is
// usually an anti-virus program; this one refuses one word.
func Example() {
	ctx, files := context.Background(), &memstore.Blobs{}
	checks := upload.Checks{Size: 1 << 20, Scan: func(_ context.Context, r io.Reader) error {
		b, err := io.ReadAll(r)
		return errors.Join(err, rule.Need(!strings.Contains(string(b), "malware"), "file", "a file without malware"))
	}}
	for n, content := range []string{"a timetable", "malware", "<svg/>"} {
		r, err := checks.Open(ctx, "a.txt", strings.NewReader(content))
		if err != nil {
			fmt.Println(err)
			continue
		}
		stored, err := files.Put(ctx, record.AttachmentID{UUID: uuid.UUID{1, byte(n)}}, r, checks.Largest())
		fmt.Println(stored, rule.InvalidMembers(err), r.Close())
	}
	// Output:
	// 11 [] <nil>
	// 0 [file] <nil>
	// 0 [file] <nil>
}

// The name is checked before anything is read.
func ExampleChecks_Name() {
	for _, name := range []string{"report.pdf", "report.docm", "../report.pdf"} {
		fmt.Println(rule.InvalidMembers(upload.Checks{}.Name(name)))
	}
	// Output:
	// []
	// [name]
	// [name]
}
