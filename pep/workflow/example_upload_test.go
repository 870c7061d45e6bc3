package workflow_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/storage/upload"
)

// A document is attached with its content. A host can still read the content once the
// transaction that opened it is over. A web page that is named like a text file is refused
// and leaves nothing behind.
func ExampleService_Upload() {
	ctx := context.Background()
	service := peptest.New(example{}, func(c *workflow.Config) {
		c.Blobs, c.Uploads = &memstore.Blobs{}, upload.Checks{Scan: upload.Unscanned}
	})
	worker, plan := peptest.Actor(pep.SocialWorker), service.At(1, pep.Draft)
	attach := workflow.Command{
		Key: "upload 1", By: worker, Plan: plan.ID(), Seen: plan.Version(),
		Do: pep.Attach{Name: private.NewText("timetable.txt")},
	}
	_, err := service.Upload(ctx, attach, strings.NewReader("<script>alert(1)</script>"))
	fmt.Println(workflow.KindOf(err))
	done, err := service.Upload(ctx, attach, strings.NewReader("Monday: mathematics"))
	fmt.Println(done.Version-plan.Version(), err)

	var document record.Attachment
	var content io.ReadCloser
	err = service.Read(ctx, worker, plan.ID(), access.ReadDocuments, func(c workflow.Reading) (err error) {
		document, content, err = c.Open(record.AttachmentID{UUID: done.Events[0]})
		return err
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	b, err := io.ReadAll(content)
	fmt.Println(document.Size, string(b), errors.Join(err, content.Close()))
	// Output:
	// invalid
	// 1 <nil>
	// 19 Monday: mathematics <nil>
}
