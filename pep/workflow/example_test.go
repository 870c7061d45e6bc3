package workflow_test

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/term/civil"
)

// oneChild is a store that knows one child, her school and its designated
// teacher, and a service over it in which it is noon of 5 January 2026.
func oneChild() (*workflow.Service, record.Child, record.Contributor) {
	place := record.Establishment{ID: record.EstablishmentID{UUID: uuid.New()}, Status: record.Current}
	who := record.Contributor{ID: record.ContributorID{UUID: uuid.New()}, Establishment: place.ID, Active: true}
	child := record.Child{
		ID:        record.ChildID{UUID: uuid.New()},
		Name:      private.NewText("Ada"),
		Born:      private.NewDate(civil.MustParse("2014-03-05")),
		Care:      record.Care{Throughout: true},
		Education: []record.Education{{Span: record.Span{From: civil.MustParse("2018-09-01")}, Kind: record.School, Establishment: place.ID}},
	}
	store := memstore.New()
	_ = store.Update(context.Background(), func(tx storage.Tx) error {
		register := tx.(storage.Registrar)
		if err := register.PutEstablishment(context.Background(), place); err != nil {
			return err
		}
		if err := register.PutContributor(context.Background(), who); err != nil {
			return err
		}
		return register.PutChild(context.Background(), child)
	})
	noon := func() time.Time { return time.Date(2026, time.January, 5, 12, 0, 0, 0, time.UTC) }
	service, _ := workflow.New(workflow.Config{Plans: store, Now: noon})
	return service, child, who
}

// A command is given with a key of its own. Given again, after a lost
// connection say, it is not done again.
func ExampleService_Do() {
	ctx := context.Background()
	service, child, _ := oneChild()
	worker := workflow.Actor{ID: record.PersonID{UUID: uuid.New()}, Role: pep.SocialWorker}
	start := workflow.Command{
		Key: "start of Ada's plan, request 1", By: worker,
		Do: pep.StartInitial{Child: child.ID, Meeting: civil.MustParse("2026-01-14")},
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
	plan, _ := service.Plan(ctx, first.Plan)
	fmt.Println(plan.Stage(), plan.Term(), plan.Meeting(), plan.Version())
	// Output:
	// 1 true <nil> <nil>
	// <nil>
	// draft SPRING 2026 2026-01-15 2
}

// The day's work is run once a day or more often; here twice.
func ExampleService_RunDay() {
	ctx := context.Background()
	service, child, teacher := oneChild()
	worker := workflow.Actor{ID: record.PersonID{UUID: uuid.New()}, Role: pep.SocialWorker}
	plan, form := workflow.Command{By: worker}, forms.TemplateOf(forms.SecondaryMainstream)
	for i, do := range []pep.Action{
		pep.StartInitial{Child: child.ID, Meeting: service.Today()},
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
	service, child, _ := oneChild()
	worker := workflow.Actor{ID: record.PersonID{UUID: uuid.New()}, Role: pep.SocialWorker}
	start := pep.StartInitial{Child: child.ID, Meeting: civil.MustParse("2026-01-14")}
	_, err := service.Do(ctx, workflow.Command{Key: "1", By: worker, Do: start})
	fmt.Println(workflow.KindOf(err), err)
	_, err = service.Do(ctx, workflow.Command{Key: "2", By: worker, Do: start})
	fmt.Println(workflow.KindOf(err), err)
	_, err = service.Do(ctx, workflow.Command{By: worker, Do: start})
	fmt.Println(workflow.KindOf(err), err)
	// Output:
	//  <nil>
	// refused workflow: start_initial: START-2: the child has an open plan
	// invalid workflow: command: invalid key: want 1 to 200 bytes
}
