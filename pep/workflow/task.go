package workflow

import (
	"bytes"
	"cmp"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// Task is one line in a list of the day's work: a plan, or a child without one, with
// the day for which it is listed and the role that must act next.
type Task struct {
	Plan  pep.ID         `json:"plan,omitzero"` // zero for a child without a plan
	Child record.ChildID `json:"child"`
	Stage pep.Stage      `json:"stage"`         // pep.None for a child without a plan
	On    civil.Date     `json:"on,omitzero"`   // the day for which the task is listed; DayReport says which day each list gives
	Role  pep.Role       `json:"role,omitzero"` // the role that must act next; zero if nobody must
}

// taskOf returns the task of a plan for a day. The role that has the plan must act
// next.
func taskOf(p *pep.PEP, on civil.Date) Task {
	return Task{Plan: p.ID(), Child: p.Child(), Stage: p.Stage(), On: on, Role: p.Stage().Mover()}
}

// inOrder sorts a list by day, then by child.
func inOrder(list []Task) {
	slices.SortFunc(list, func(a, b Task) int {
		return cmp.Or(a.On.Compare(b.On), bytes.Compare(a.Child.UUID[:], b.Child.UUID[:]))
	})
}
