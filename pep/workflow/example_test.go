package workflow_test

import (
	"context"
	"fmt"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// example stands for the test in an example.
type example struct{}

func (example) Helper()                           {}
func (example) Fatalf(format string, args ...any) { fmt.Printf(format, args...) }

// A command is given with a key of its own. Given again, after a lost
// connection say, it is not done again.
func ExampleService_Do() {
	ctx := context.Background()
	service := peptest.New(example{})
	child, worker := service.Child(1), peptest.Actor(pep.SocialWorker)
	start := workflow.Command{
		Key: "start of Ada's plan, request 1", By: worker,
		Do: pep.StartInitial{Child: child, Meeting: civil.MustParse("2026-01-14")},
	}
	first, err := service.Do(ctx, start)
	again, errAgain := service.Do(ctx, start)
	fmt.Println(first.Version, again.Plan == first.Plan, err, errAgain)

	move := workflow.Command{
		Key: "move the meeting, request 2", By: worker, Plan: first.Plan, Seen: first.Version,
		Do: pep.RescheduleMeeting{Meeting: civil.MustParse("2026-01-15")},
	}
	_, err = service.Do(ctx, move)
	fmt.Println(err)
	plan, _ := service.Plan(ctx, worker, first.Plan)
	fmt.Println(plan.Stage(), plan.Term(), plan.Meeting(), plan.Version())
	// Output:
	// 1 true <nil> <nil>
	// <nil>
	// draft SPRING 2026 2026-01-15 2
}

// The day's work is run once a day or more often; here twice.
func ExampleService_RunDay() {
	ctx := context.Background()
	service := peptest.New(example{})
	child, worker, teacher := service.Child(1), peptest.Actor(pep.SocialWorker), peptest.Teacher()
	plan, form := workflow.Command{By: worker}, forms.TemplateOf(forms.SecondaryMainstream)
	for i, do := range []pep.Action{
		pep.StartInitial{Child: child, Meeting: service.Today()},
		pep.Answer{Section: 1, Answers: form.AnswerAll(1, "N/A")},
		pep.Answer{Section: 2, Answers: form.AnswerAll(2, "N/A")},
		pep.Delegate{To: teacher.ID, All: true},
	} {
		plan.Key, plan.Do = storage.Key(fmt.Sprint("request ", i)), do
		done, err := service.Do(ctx, plan)
		if err != nil {
			fmt.Println(err)
		}
		plan.Plan, plan.Seen = done.Plan, done.Version
	}
	for range 2 {
		day, err := service.RunDay(ctx, service.Today())
		fmt.Println(day.On, "reminded:", len(day.Reminded), "carried:", len(day.Carried), "failed:", len(day.Failed), err)
	}
	// Output:
	// 2026-01-05 reminded: 1 carried: 0 failed: 0 <nil>
	// 2026-01-05 reminded: 0 carried: 0 failed: 0 <nil>
}

// A host that speaks HTTP makes a status of the kind, and shows the error: it
// holds no child's data.
func ExampleKindOf() {
	ctx := context.Background()
	service := peptest.New(example{})
	child, worker := service.Child(1), peptest.Actor(pep.SocialWorker)
	start := pep.StartInitial{Child: child, Meeting: civil.MustParse("2026-01-14")}
	_, err := service.Do(ctx, workflow.Command{Key: "1", By: worker, Do: start})
	fmt.Println(workflow.KindOf(err), err)
	_, err = service.Do(ctx, workflow.Command{Key: "2", By: worker, Do: start})
	fmt.Println(workflow.KindOf(err), err)
	_, err = service.Do(ctx, workflow.Command{By: worker, Do: start})
	fmt.Println(workflow.KindOf(err), err)
	// Output:
	//  <nil>
	// refused workflow: start_initial: START-2: the child already has an open plan
	// invalid workflow: command: key must be 1 to 200 bytes
}

// Look shows one plan to one person, with what they can do and why they cannot do
// the rest.
func ExampleService_Look() {
	service := peptest.New(example{})
	plan := service.At(1, pep.Checking)
	view, err := service.Look(context.Background(), peptest.Actor(pep.SocialWorker), plan.ID())
	fmt.Println(view.Plan.Stage(), err)
	for _, o := range view.Options {
		if o.Verb == pep.VerbFinalise {
			fmt.Println(o.Verb.Words()+":", o.Reasons[0].Code.Sentence())
		}
	}
	for _, alert := range view.Alerts {
		fmt.Println("alert:", alert.Kind)
	}
	_, err = service.Look(context.Background(), peptest.Actor(pep.DesignatedTeacher), plan.ID())
	fmt.Println(workflow.KindOf(err)) // they do not have the plan any more
	// Output:
	// checking <nil>
	// finalise the plan: a social worker cannot finalise a plan; business support can
	// alert: returned
	// not_found
}

// A tray is a page of what lies with one person or one group.
func ExampleService_Tray() {
	service := peptest.New(example{})
	for n, stage := range []pep.Stage{pep.Draft, pep.Delegated, pep.Checking, pep.Draft} {
		service.At(n, stage)
	}
	for _, role := range []pep.Role{pep.SocialWorker, pep.DesignatedTeacher, pep.BusinessSupport} {
		page, err := service.Tray(context.Background(), peptest.Actor(role), workflow.TrayQuery{})
		fmt.Println(role, len(page.Views), page.Next.IsZero(), err)
	}
	// Output:
	// social_worker 2 true <nil>
	// designated_teacher 1 true <nil>
	// business_support 1 true <nil>
}
