package export_test

import (
	"context"
	"fmt"
	"strings"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/export"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/workflow"
)

// failing stands in for the test that peptest needs.
type failing struct{}

func (failing) Helper()                           {}
func (failing) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

// A reviewing officer receives two sections, the child's views and the attendees. The
// document also names the sections that were left out.
func Example() {
	ctx, service := context.Background(), peptest.New(failing{})
	plan := service.At(1, pep.Delegated).ID()
	exported, err := service.Export(ctx, peptest.Actor(pep.BusinessSupport), plan, workflow.ExportOrder{
		Purpose: workflow.ForReview, Recipient: private.NewText("The reviewing officer"), Sections: []int{3, 6},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	document, page := export.Of(exported), strings.Builder{}
	fmt.Println(document.Title, document.HTML(&page))
	for _, part := range document.Parts {
		fmt.Println(part.Number, part.Title, len(part.Boxes), part.LeftOut)
	}
	// Output:
	// Personal Education Plan, SPRING 2026 <nil>
	// 1 My Personal Information 0 true
	// 2 My Health 0 true
	// 3 My Views 13 false
	// 4 My Education and Progress 0 true
	// 5 My Targets and Funding 0 true
	// 6 Attendees and Next PEP Meeting 10 false
}

// A form for paper has every question of the policy's form, with room to write.
func ExampleBlank() {
	document, err := export.Blank(pep.Lancashire(), forms.EarlyYears, peptest.Meeting())
	fmt.Println(document.Title, err)
	fmt.Println(document.Parts[0].Boxes[0].Question)
	// Output:
	// Personal Education Plan: early years form <nil>
	// Full legal name
}
