package workflow_test

import (
	"context"
	"fmt"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// example takes the place of a *testing.T in an Example.
type example struct{}

func (example) Helper()                           {}
func (example) Fatalf(format string, args ...any) { fmt.Printf(format, args...) }

// Every command has a key of its own. If the connection is lost, a host can give the same
// command again: it is carried out once.
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

// A host runs the day's work once a day or more often. A second run on the same day posts
// no second reminder.
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

// A host that speaks HTTP turns the kind of an error into a status. It can show the error,
// which holds no child's data.
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
	// refused workflow: start_initial: START-2: the child already has an open plan; finalise, cease or delete that plan first
	// invalid workflow: command: key must be 1 to 200 bytes
}

// Look shows one plan to one person, with the actions that they can take and, for each of
// the others, the reasons why not.
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
	fmt.Println(workflow.KindOf(err)) // the teacher does not have the plan any more
	// Output:
	// checking <nil>
	// finalise the plan: a social worker cannot finalise a plan; business support can
	// alert: returned
	// not_found
}

// A social worker opens their work tray. It holds the plans of their caseload that are
// waiting for them, and the alerts about every plan of the caseload. An alert stays
// until somebody acknowledges it.
func ExampleService_Tray() {
	ctx, service := context.Background(), peptest.New(example{})
	service.At(1, pep.Draft)
	service.At(2, pep.Checking) // this plan is with business support, so it is not in this tray
	worker := peptest.Actor(pep.SocialWorker)

	page, err := service.Tray(ctx, worker, workflow.TrayQuery{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, view := range page.Views {
		fmt.Println(view.Plan.Meeting(), view.Place+":", view.Plan.Stage().Words())
	}
	for _, alert := range page.Alerts {
		fmt.Println("alert:", alert.Kind, alert.On)
		err = service.Acknowledge(ctx, worker, alert.Plan, alert.ID)
	}
	fmt.Println(err)

	page, err = service.Tray(ctx, worker, workflow.TrayQuery{})
	fmt.Println(len(page.Views), "plan,", len(page.Alerts), "alerts", err)
	// Output:
	// 2026-01-14 Quarry Bank School: a draft with the social worker
	// alert: returned 2026-01-05
	// <nil>
	// 1 plan, 0 alerts <nil>
}

// Business support pages through a list of plans, two at a time, sorted by meeting. The
// next page begins after the place of the last plan on this one.
func ExampleService_LookAll() {
	ctx, service := context.Background(), peptest.New(example{})
	for n, stage := range []pep.Stage{pep.Draft, pep.Delegated, pep.Checking} {
		peptest.Bring(example{}, service.Service, service.Child(n), peptest.Meeting().AddDays(n), stage)
	}
	list := storage.Query{Scope: storage.Everything(), Term: term.MustParse("SPRING 2026"), Limit: 2}
	for {
		views, err := service.LookAll(ctx, peptest.Actor(pep.BusinessSupport), list)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, view := range views {
			fmt.Println(view.Plan.Meeting(), view.Plan.Stage().Words())
		}
		if len(views) < list.Limit {
			break
		}
		fmt.Println("-- next page")
		list.After = storage.PlaceOf(views[len(views)-1].Plan)
	}
	// Output:
	// 2026-01-14 a draft with the social worker
	// 2026-01-15 with the establishment
	// -- next page
	// 2026-01-16 being checked by business support
}
