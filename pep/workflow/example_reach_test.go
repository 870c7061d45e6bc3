package workflow_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

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

// A tray is read page by page: the next page begins where the one before it ended.
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

// Read opens the content of one plan. Here it opens the answers; the history and the
// documents work in the same way.
func ExampleService_Read() {
	ctx, service := context.Background(), peptest.New(example{})
	plan := service.At(1, pep.Delegated)
	err := service.Read(ctx, peptest.Actor(pep.SocialWorker), plan.ID(), access.ReadAnswers, func(r workflow.Reading) error {
		answers, err := r.Answers(1, plan.Snapshot().Revision) // section 1, as it stands now
		fmt.Println(answers.Len(), "answers")
		return err
	})
	fmt.Println(err)
	// Output:
	// 12 answers
	// <nil>
}

// The history of a plan says who did what, in which role, and when. It holds no text: the
// reason, comment or feedback of an event is read with Text.
func ExampleReading_History() {
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
			if event.Verb == pep.VerbAnswer {
				continue // there is one such event for each section
			}
			fmt.Println(event.On, event.Role.Words()+":", event.Verb.Words())
			if text, err := r.Text(event); err == nil {
				fmt.Println("  because", text.Reveal(private.Showing))
			} else if !errors.Is(err, storage.ErrNotFound) { // most events have no text
				return err
			}
		}
		return nil
	})
	fmt.Println(err)
	// Output:
	// <nil>
	// 2026-01-05 a social worker: start a first plan
	// 2026-01-05 a social worker: delegate the plan
	// 2026-01-05 a social worker: retract the plan
	//   because the child has moved
	// <nil>
}

// A store that keeps an audit trail has an entry for every denial, refusal and export, and
// for everything else that somebody did. Actions on a plan are in the plan's history
// instead. With Config.AuditReadings, it also has one for every reading.
func Example_auditTrail() {
	ctx, service := context.Background(), peptest.New(example{})
	plan, worker := service.At(1, pep.Checking), peptest.Actor(pep.SocialWorker)

	_, err := service.Do(ctx, workflow.Command{Key: "request 1", By: worker, Plan: plan.ID(), Seen: plan.Version(), Do: pep.Finalise{}})
	fmt.Println(workflow.KindOf(err))
	service.Clock.Move(time.Minute)
	_, err = service.Look(ctx, peptest.Actor(pep.DesignatedTeacher), plan.ID())
	fmt.Println(workflow.KindOf(err)) // the teacher is not told why
	service.Clock.Move(time.Minute)
	_, err = service.Export(ctx, worker, plan.ID(), workflow.ExportOrder{Purpose: workflow.ForReview, Recipient: private.NewText("The reviewing officer"), All: true})
	fmt.Println(err)

	err = service.Store.View(ctx, func(r storage.Reader) error {
		trail, err := storage.AuditOf(r)
		if err != nil {
			return err
		}
		for entry, err := range trail.Entries(ctx, storage.AuditQuery{Scope: storage.OnePlan(plan.ID())}) {
			if err != nil {
				return err
			}
			fmt.Println(entry.At.Format(time.TimeOnly), entry.Role, entry.What, entry.Name) // the entry's Kind and Rule say how the attempt ended
		}
		return nil
	})
	fmt.Println(err)
	// Output:
	// forbidden
	// not_found
	// <nil>
	// 12:00:00 social_worker denial finalise
	// 12:01:00 designated_teacher denial look
	// 12:02:00 social_worker export export_review
	// <nil>
}

// An export order says why the plan leaves the system, who receives it, and which sections
// they receive. Package export writes the result as a document.
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

// A case note is added about a child, not about a plan. A host that generates the id itself
// can repeat the call if the answer was lost: the note is added once.
func ExampleService_AddNote() {
	ctx, service := context.Background(), peptest.New(example{})
	worker := peptest.Actor(pep.SocialWorker)
	note := record.Note{
		ID: record.NoteID{UUID: uuid.New()}, Child: service.Child(1),
		Text: private.NewText("The school rang about the meeting."),
	}
	for range 2 {
		_, err := service.AddNote(ctx, worker, note)
		fmt.Println(err)
	}
	notes, err := service.Notes(ctx, worker, note.Child)
	for _, n := range notes {
		fmt.Println(n.At.Format(time.DateOnly), n.Text.Reveal(private.Showing))
	}
	fmt.Println(err)
	// Output:
	// <nil>
	// <nil>
	// 2026-01-05 The school rang about the meeting.
	// <nil>
}

// A worker who takes over a case is told which case notes to read first.
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

// An agency is found only by its exact name and post code. A school that becomes an academy
// keeps its name.
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

// A payment run pays every plan that can be paid. A second run pays nothing twice.
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

// A consultant who grades a plan can read what to look for, criterion by criterion.
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
