package pep_test

import (
	"fmt"
	"time"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/term"
)

// This is what makes a plan red for a child who is about to move into Year 7.
func ExampleCriteria() {
	for c := range pep.Criteria(forms.Y6, term.MustParse("SUMMER 2026")) {
		if why := c.Wants(pep.Red); why != "" {
			fmt.Println(why, c.Questions(forms.PrimaryMainstream))
		}
	}
	// Output:
	// the child's voice is not in the plan [how_heard enjoys finds_hard would_help heard_last_time]
	// there is no plan for a transition that is due [planned_changes transition]
	// the last plan's targets are hardly evaluated, or not at all [previous_targets]
	// there are no targets, or very weak ones [targets]
	// there are no strategies, or very weak ones [interventions]
	// there is no plan for the pupil premium [premium premium_effect other_funding]
	// the attendees or the date of the next meeting are missing [attendees next_meeting]
}

// A new worker reads the child's case notes before taking over.
func ExampleReallocation_Unread() {
	allocated := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	passed := pep.Reallocation{Child: childID, To: person(pep.SocialWorker), At: allocated}
	unread, warning := passed.Unread([]record.Note{
		{ID: record.NoteID{UUID: uid(1)}, Child: childID, At: allocated.Add(-time.Hour)},
		{ID: record.NoteID{UUID: uid(2)}, Child: childID, At: allocated.Add(time.Hour)},
	})
	fmt.Println(len(unread), warning.Rule(), warning.Sentence())
	// Output: 1 NOTE-1 there are case notes to read before the case is taken over
}
