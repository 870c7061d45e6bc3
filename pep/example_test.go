package pep_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// The rules can be asked without a plan. Here they say whether children need one.
func Example() {
	policy := pep.Lancashire()
	care := record.Care{Throughout: true}
	today := civil.MustParse("2026-01-14")
	for _, born := range []string{"2014-03-05", "2023-06-01", "2007-12-31"} {
		answer, err := policy.RequiredOn(civil.MustParse(born), today, care, nil)
		fmt.Println(answer.Required, answer.Reason, answer.Rules.List()[0], err)
	}
	// Output:
	// true required ELIG-3 <nil>
	// false not_in_nursery ELIG-2 <nil>
	// false past_last_term ELIG-4 <nil>
}

// These are the people and the school of the examples.
var (
	amina   = record.ChildID{UUID: uuid.UUID{1}}
	school  = record.Establishment{ID: record.EstablishmentID{UUID: uuid.UUID{2}}, Status: record.Current, Type: forms.CommunitySchool}
	teacher = record.Contributor{ID: record.ContributorID{UUID: uuid.UUID{3}}, Establishment: school.ID, Active: true}
	worker  = record.PersonID{UUID: uuid.UUID{4}}
	office  = record.PersonID{UUID: uuid.UUID{5}}
	portal  = record.PersonID{UUID: uuid.UUID{7}} // the designated teacher
)

// does returns an act of a person in a role on a day, with the facts of the
// examples.
func does(who record.PersonID, role pep.Role, day string) *pep.Act {
	on := civil.MustParse(day)
	by := &pep.Act{
		By: who, Role: role, On: on, Policy: pep.Lancashire(),
		At: time.Date(on.Year(), on.Month(), on.Day(), 9, 0, 0, 0, time.UTC),
		Facts: pep.Facts{
			Child:         record.Child{ID: amina, Born: private.NewDate(civil.MustParse("2014-03-05")), Care: record.Care{Throughout: true}},
			Establishment: &school,
			Contributor:   &teacher,
		},
	}
	if role == pep.DesignatedTeacher {
		by.Contributor = teacher.ID
	}
	return by
}

// complete returns answers that fill every box of a section.
func complete(form forms.Type, section int) forms.Answers {
	return forms.TemplateOf(form).AnswerAll(section, "N/A")
}

// In the course of a term a plan is started, filled in, delegated, returned, checked
// and finalised.
func ExamplePEP() {
	plan := pep.New(pep.ID{UUID: uuid.UUID{6}})
	do := func(by *pep.Act, a pep.Action) {
		if err := plan.Do(by, a); err != nil {
			fmt.Println(err)
		}
	}
	do(does(worker, pep.SocialWorker, "2026-01-05"), pep.StartInitial{Meeting: civil.MustParse("2026-01-14")})
	for section := 1; section <= forms.SocialWorkerSections; section++ {
		do(does(worker, pep.SocialWorker, "2026-01-05"), pep.Answer{Section: section, Answers: complete(plan.Type(), section)})
	}
	do(does(worker, pep.SocialWorker, "2026-01-06"), pep.Delegate{All: true})
	fmt.Println(plan.Type(), plan.Term(), "due", plan.Due(), "in the tray of the", plan.Tray())

	for section := 3; section <= 6; section++ {
		do(does(portal, pep.DesignatedTeacher, "2026-01-19"), pep.SaveContribution{Section: section, Answers: complete(plan.Type(), section)})
	}
	do(does(portal, pep.DesignatedTeacher, "2026-01-20"), pep.SubmitContribution{})
	do(does(worker, pep.SocialWorker, "2026-01-21"), pep.Finalise{}) // refused
	do(does(worker, pep.SocialWorker, "2026-01-21"), pep.Reassign{Comment: private.NewText("SPRING—06/05/2026")})
	do(does(office, pep.BusinessSupport, "2026-01-22"), pep.Finalise{})
	fmt.Println(plan.Stage(), "next meeting", plan.Snapshot().Next)
	for _, e := range plan.Pending()[plan.Version()-3:] {
		fmt.Println(e.Version, e.On, e.Role, e.Verb, "to", e.To)
	}
	// Output:
	// secondary_mainstream SPRING 2026 due 2026-01-28 in the tray of the establishment
	// finalise: FINAL-1: a social worker cannot finalise a plan; business support can; reassign the plan to business support. FINAL-2: nobody can finalise the plan while it is back with the social worker; that is possible only while the plan is being checked by business support
	// finalised next meeting 2026-05-06
	// 9 2026-01-20 designated_teacher submit_contribution to returned
	// 10 2026-01-21 social_worker reassign to checking
	// 11 2026-01-22 business_support finalise to finalised
}

// draft returns a plan that was started and has nothing in it yet.
func draft() *pep.PEP {
	plan := pep.New(pep.ID{UUID: uuid.UUID{6}})
	err := plan.Do(does(worker, pep.SocialWorker, "2026-01-05"), pep.StartInitial{Meeting: civil.MustParse("2026-01-14")})
	if err != nil {
		panic(err)
	}
	return plan
}

// Options says which actions a person may take on a plan and, for each of the
// others, why not.
func ExamplePEP_Options() {
	options, err := draft().Options(does(worker, pep.SocialWorker, "2026-01-06"))
	if err != nil {
		fmt.Println(err)
	}
	for _, o := range options {
		switch o.Verb {
		case pep.VerbAnswer, pep.VerbDelegate, pep.VerbFinalise:
			fmt.Println(o.Verb, o.Allowed())
			for r, sentence := range rule.Sentences(o.Reasons) {
				fmt.Println("  ", r.Rule, sentence)
			}
		}
	}
	// Output:
	// answer true
	// delegate false
	//    SECT-3 some boxes in sections 1 and 2 are blank
	// finalise false
	//    FINAL-1 a social worker cannot finalise a plan; business support can
	//    FINAL-2 nobody can finalise the plan while it is a draft with the social worker; that is possible only while the plan is being checked by business support
}

// Retracting a plan loses what is written in it. Loss shows beforehand how much.
func ExamplePEP_Loss() {
	plan := draft()
	by := does(worker, pep.SocialWorker, "2026-01-06")
	for section := 1; section <= forms.SocialWorkerSections; section++ {
		if err := plan.Do(by, pep.Answer{Section: section, Answers: complete(plan.Type(), section)}); err != nil {
			fmt.Println(err)
		}
	}
	if err := plan.Do(by, pep.Delegate{All: true}); err != nil {
		fmt.Println(err)
	}
	loss := plan.Loss()
	fmt.Println(loss.Sections.Len(), "sections with", loss.Boxes, "filled boxes")

	err := plan.Do(by, pep.Retract{Reason: private.NewText("Wrong school")})
	fmt.Println(errors.Is(err, rule.DELEG6), err)
	err = plan.Do(by, pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("Wrong school")})
	fmt.Println(plan.Stage(), plan.CompletedSections(), err)
	// Output:
	// 6 sections with 22 filled boxes
	// true retract: DELEG-6: retracting the plan clears what the school or setting has written, and nobody has confirmed that the school or setting was consulted; consult the school or setting, then confirm that you have done so
	// draft 0 <nil>
}

// Missing says whether a child has the plan of a term and, if not, why the child is or
// is not on the list of missing plans.
func ExamplePolicy_Missing() {
	policy, spring := pep.Lancashire(), term.New(term.Spring, 2026)
	q := pep.MissingQuestion{Term: spring, Today: civil.MustParse("2026-02-20"), Care: record.Care{Throughout: true}}
	for _, plans := range [][]pep.Outline{
		nil,
		{{Term: spring, Stage: pep.Delegated, Due: civil.MustParse("2026-02-19")}},
		{{Term: spring, Stage: pep.Checking}},
	} {
		q.Plans = plans
		answer, err := policy.Missing(civil.MustParse("2014-03-05"), q)
		fmt.Println(answer.Standing, answer.Reason, answer.Rules.List()[0], err)
	}
	// Output:
	// missing no_form MISS-1 <nil>
	// missing overdue MISS-1 <nil>
	// satisfied returned MISS-1 <nil>
}

// A plan of an establishment needs a grade before it is finalised, unless another plan
// of that establishment was graded in the same term.
func ExamplePolicy_Grading() {
	policy, spring := pep.Lancashire(), term.New(term.Spring, 2026)
	q := pep.GradingQuestion{Establishment: school.ID, Term: spring}
	first, _ := policy.Grading(q, nil)
	next, _ := policy.Grading(q, []pep.Graded{{Establishment: school.ID, Term: spring, Grade: pep.Green}})
	fmt.Println(first.Required, first.Reason)
	fmt.Println(next.Required, next.Reason)
	// Output:
	// true first_of_term
	// false establishment_graded
}

// Folding the first part of a history gives the plan as it was at that version.
func ExampleFold() {
	plan := draft()
	if err := plan.Do(does(office, pep.ServiceDesk, "2026-01-07"), pep.Delete{Reason: private.NewText("Entered twice")}); err != nil {
		fmt.Println(err)
	}
	history := plan.Pending()
	then, _ := pep.Fold(history[:1])
	now, _ := pep.Fold(history)
	fmt.Println(then.Stage(), now.Stage())
	// Output: draft deleted
}

// The rows of the workflow for finalising say who may do it. None of them names the
// social worker.
func ExampleWorkflow() {
	for row := range pep.Workflow() {
		if row.To == pep.Finalised {
			for role := range row.Roles.All() {
				fmt.Println(row.From, row.Verb, role)
			}
		}
	}
	// Output: checking finalise business_support
}
