package report_test

import (
	"context"
	"fmt"
	"os"

	"virtualschool.example/pep"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/report"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/term"
)

// panics stands in for a test in the examples.
type panics struct{}

func (panics) Helper() {}

func (panics) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

// A report reads the children once. It yields a line for each of them, and keeps the
// counts.
func ExampleReport() {
	world := peptest.New(panics{})
	world.At(1, pep.Finalised)
	world.At(2, pep.Draft)
	world.Child(3)

	terms := []term.Term{term.MustParse("SPRING 2026")}
	r, err := report.New(report.Question{Policy: pep.Lancashire(), Terms: terms, On: world.Today()})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	head := peptest.Actor(pep.VirtualSchoolHead)
	for line, err := range r.Lines(world.Dossiers(context.Background(), head, workflow.DossierQuery{Terms: terms})) {
		if err == nil && line.Standing == pep.MissingPlan {
			fmt.Println(line.Term, line.YearGroup, line.Sentence())
		}
	}
	for _, t := range r.Summary().Terms {
		fmt.Printf("%d of %d who need a plan have it\n", t.Satisfied, t.Needed)
	}
	// Output:
	// SPRING 2026 Y7 the plan is a draft
	// SPRING 2026 Y7 no plan for the term is on record
	// 1 of 3 who need a plan have it
}

// Measures need the course of each plan, which Dossiers reads if the query asks for it.
func ExampleSummary() {
	world := peptest.New(panics{})
	world.At(1, pep.Finalised)
	world.At(2, pep.Returned)

	terms := []term.Term{term.MustParse("SPRING 2026")}
	r, err := report.New(report.Question{Policy: pep.Lancashire(), Terms: terms, On: world.Today(), Measures: true})
	if err == nil {
		query := workflow.DossierQuery{Terms: terms, Courses: true, Boxes: true}
		err = r.Count(world.Dossiers(context.Background(), peptest.Actor(pep.VirtualSchoolHead), query))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	for _, f := range r.Summary().Terms[0].Figures {
		if f.Denominator > 0 {
			fmt.Printf("%d %s, of %d %s\n", f.Numerator, f.Measure.Words(), f.Denominator, f.Measure.Of())
		}
	}
	// Output:
	// 2 children with the plan of the term in place, of 2 children who need it and are not excused
	// 2 plans first returned by their due date, of 2 plans returned or overdue
	// 1 plans with a grade, of 2 plans in place
	// 0 plans graded red, of 1 plans with a grade
	// 0 plans graded amber, of 1 plans with a grade
	// 1 plans graded green, of 1 plans with a grade
	// 1 establishments with a graded plan, of 1 establishments with a plan in place
	// 1 children with a plan graded in the sampling period, of 2 children with the plan of the term in place
	// 0 plans carried forward to the next term, of 2 plans that counted for the term
	// 0 plans late again after being carried forward, of 2 plans that count for the term
}

// The coverage of one plan says how far each item of Schedule 1 is answered. It shows no
// answer.
func ExampleCoverageOf() {
	world := peptest.New(panics{})
	plan := world.At(1, pep.Finalised)
	course, err := world.Course(context.Background(), peptest.Actor(pep.SocialWorker), plan.ID())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	for _, item := range report.CoverageOf(&course) {
		fmt.Printf("%s: %d answered, %d N/A, %d blank\n", item.Item, item.Answered, item.NotApplicable, item.Blank)
	}
	// Output:
	// history: 8 answered, 0 N/A, 0 blank
	// arrangements: 11 answered, 0 N/A, 0 blank
	// changes: 3 answered, 0 N/A, 0 blank
	// leisure: 2 answered, 0 N/A, 0 blank
	// carers_role: 4 answered, 0 N/A, 0 blank
}
