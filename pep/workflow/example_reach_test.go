package workflow_test

import (
	"context"
	"errors"
	"fmt"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term"
)

// The page after one begins where that one ended.
func ExampleService_Tray_pages() {
	ctx, service := context.Background(), peptest.New(example{})
	for n := range 5 {
		service.At(n, pep.Draft)
	}
	for q := (workflow.TrayQuery{Limit: 2}); ; {
		page, err := service.Tray(ctx, peptest.Actor(pep.SocialWorker), q)
		fmt.Println(len(page.Views), err)
		if q.After = page.Next; q.After.IsZero() {
			break
		}
	}
	// Output:
	// 2 <nil>
	// 2 <nil>
	// 1 <nil>
}

// The history of a plan names who did what and when; the reasons and comments are
// read beside it.
func ExampleService_Read() {
	ctx, service := context.Background(), peptest.New(example{})
	plan, worker := service.At(1, pep.Delegated), peptest.Actor(pep.SocialWorker)
	_, err := service.Do(ctx, workflow.Command{
		Key: "request 1", By: worker, Plan: plan.ID(), Seen: plan.Version(),
		Do: pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("the child has moved")},
	})
	fmt.Println(err)
	err = service.Read(ctx, worker, plan.ID(), access.ReadHistory, func(r workflow.Reading) error {
		for event, err := range r.History() {
			if err != nil {
				return err
			}
			if event.Digest == (pep.Digest{}) { // nothing was written
				continue
			}
			text, err := r.Text(event)
			if err != nil {
				return err
			}
			fmt.Println(event.Verb, event.Role, event.On, text.Reveal(private.Showing))
		}
		return nil
	})
	fmt.Println(err)
	// Output:
	// <nil>
	// retract social_worker 2026-01-05 the child has moved
	// <nil>
}

// A plan leaves the system for a purpose and a recipient, section by section. Package
// export writes it as a document.
func ExampleService_Export() {
	ctx, service := context.Background(), peptest.New(example{})
	plan := service.At(1, pep.Delegated).ID()
	order := workflow.ExportOrder{Purpose: workflow.ForReview, Recipient: private.NewText("The reviewing officer"), Sections: []int{3, 6}}
	for _, role := range []pep.Role{pep.BusinessSupport, pep.DesignatedTeacher} {
		exported, err := service.Export(ctx, peptest.Actor(role), plan, order)
		fmt.Println(role, len(exported.Answers), err == nil, errors.Is(err, storage.ErrNotFound))
	}
	// Output:
	// business_support 2 true false
	// designated_teacher 0 false true
}

// A worker who takes a case over is told which case notes to read first.
func ExampleService_Unread() {
	ctx, service := context.Background(), peptest.New(example{})
	child, worker := service.Child(1), peptest.Actor(pep.SocialWorker)
	_, err := service.AddNote(ctx, worker, record.Note{Child: child, Text: private.NewText("The school rang about the meeting.")})
	fmt.Println(err)
	successor := peptest.Actor(pep.PersonalAdviser).ID
	unread, warning, err := service.Unread(ctx, worker, pep.Reallocation{Child: child, To: successor, At: service.Clock.Now()})
	fmt.Println(len(unread), warning.Sentence(), err)
	// Output:
	// <nil>
	// 1 there are case notes to read before the case is taken over <nil>
}

// The name and post code of a key agency must match exactly, and a school that
// becomes an academy keeps its name.
func ExampleService_Agencies() {
	ctx, service := context.Background(), peptest.New(example{})
	support, school := peptest.Actor(pep.BusinessSupport), peptest.School()
	service.Child(1)
	for _, name := range []string{school.Name, "Quarry Bank"} {
		found, err := service.Agencies(ctx, support, name, school.PostCode)
		fmt.Println(len(found), err)
	}
	err := service.Convert(ctx, support, school.ID, pep.Conversion{Type: forms.AcademyConverter})
	found, _ := service.Agencies(ctx, support, school.Name, school.PostCode)
	fmt.Println(found[0].Type == forms.AcademyConverter, found[0].Finance, err)
	// Output:
	// 1 <nil>
	// 0 <nil>
	// true false <nil>
}

// A run pays every plan that can be paid, once.
func ExampleService_Pay() {
	ctx, service := context.Background(), peptest.New(example{})
	service.At(1, pep.Finalised)
	for range 2 {
		run, err := service.Pay(ctx, peptest.Actor(pep.BusinessSupport), term.MustParse("SPRING 2026"))
		fmt.Println(len(run.Lines), run.Pence, err)
	}
	// Output:
	// 1 55000 <nil>
	// 0 0 <nil>
}

// What a consultant looks for stands beside the section.
func ExampleService_Criteria() {
	ctx, service := context.Background(), peptest.New(example{})
	plan := service.At(1, pep.Grading)
	criteria, err := service.Criteria(ctx, peptest.Actor(pep.VirtualSchoolConsultant), plan.ID())
	fmt.Println(len(criteria), err)
	fmt.Println(criteria[0].Words()+":", criteria[0].Wants(pep.Green))
	// Output:
	// 9 <nil>
	// the child's voice: the child's voice is strong and shows in the plan
}
