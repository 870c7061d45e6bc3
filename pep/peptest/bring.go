package peptest

import (
	"context"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// step is one action on the way to a stage, by somebody in a role.
type step struct {
	by pep.Role
	do pep.Action
}

// Bring starts a child's first plan with a service and brings it to a stage, from
// pep.Draft to pep.Cancelled. The people whom Actor returns issue the
// commands, so the service's Relation must know them. The register must hold
// Teacher and School, and the child must be at School. Bring returns the plan at
// that stage.
func Bring(t TB, s *workflow.Service, child record.ChildID, meeting civil.Date, stage pep.Stage) *pep.PEP {
	t.Helper()
	b := bringing{t: t, s: s}
	b.take(step{pep.SocialWorker, pep.StartInitial{Child: child, Meeting: meeting}})
	for _, way := range b.ways(stage) {
		b.take(way)
	}
	if b.plan == nil || b.plan.Stage() != stage {
		t.Fatalf("peptest: no plan can be brought to the stage %s", stage)
	}
	return b.plan
}

// bringing is a plan on its way to a stage.
type bringing struct {
	t    TB
	s    *workflow.Service
	plan *pep.PEP
}

// take issues one command and reads the plan again.
func (b *bringing) take(to step) {
	b.t.Helper()
	ctx := context.Background()
	c := workflow.Command{Key: storage.Key(uuid.NewString()), By: Actor(to.by), Do: to.do}
	if b.plan != nil {
		c.Plan, c.Seen = b.plan.ID(), b.plan.Version()
	}
	done, err := b.s.Do(ctx, c)
	if err == nil {
		b.plan, err = b.s.Plan(ctx, Actor(pep.SocialWorker), done.Plan)
	}
	if err != nil {
		b.t.Fatalf("peptest: %v", err)
	}
}

// ways returns the steps that lead from a new draft to a stage.
func (b *bringing) ways(to pep.Stage) (steps []step) {
	for section := range forms.TemplateOf(b.plan.Type()).Len() {
		steps = append(steps, step{pep.SocialWorker, pep.Answer{Section: section + 1, Answers: Complete(b.plan.Type(), section+1)}})
	}
	next := private.NewText("SPRING—06/05/2026")
	onward := [...]struct {
		stage pep.Stage
		step  step
	}{
		{pep.Delegated, step{pep.SocialWorker, pep.Delegate{All: true, To: Teacher().ID}}},
		{pep.Returned, step{pep.DesignatedTeacher, pep.SubmitContribution{}}},
		{pep.Checking, step{pep.SocialWorker, pep.Reassign{Comment: next}}},
		{pep.Grading, step{pep.BusinessSupport, pep.SendForGrading{Reason: private.NewText("To be graded")}}},
		{pep.Checking, step{pep.VirtualSchoolConsultant, pep.AwardGrade{Grade: pep.Green}}},
		{pep.Finalised, step{pep.BusinessSupport, pep.Finalise{}}},
	}
	switch to {
	case pep.Draft:
		return steps
	case pep.Cancelled:
		return append(steps, step{pep.SocialWorker, pep.Cease{On: b.s.Today()}})
	}
	for _, way := range onward {
		if steps = append(steps, way.step); way.stage == to {
			break
		}
	}
	return steps
}
