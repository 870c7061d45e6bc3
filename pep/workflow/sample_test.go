package workflow_test

import (
	"context"
	"errors"
	"time"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/storage"
)

func instant(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

// errNever is the error that rolls back every Update of a store of type never.
var errNever = errors.New("never")

// unaudited is a transaction of a store that keeps a register and no audit trail.
type unaudited struct {
	storage.Tx
	storage.Registrar
}

// never is a store that commits nothing.
type never struct{ storage.Plans }

func (s never) Update(ctx context.Context, fn func(storage.Tx) error) error {
	return s.Plans.Update(ctx, func(tx storage.Tx) error {
		if err := fn(unaudited{tx, tx.(storage.Registrar)}); err != nil {
			return err
		}
		return errNever
	})
}

// at returns a plan of Ada's at a stage. All its boxes were filled at the start.
func (w *world) at(stage pep.Stage) pep.ID {
	w.Helper()
	id := w.fill(w.start(ada, "2026-01-14"))
	for _, s := range []struct {
		to pep.Stage
		by pep.Role
		do pep.Action
	}{
		{pep.Delegated, pep.SocialWorker, sample(pep.VerbDelegate)},
		{pep.Returned, pep.DesignatedTeacher, sample(pep.VerbSubmitContribution)},
		{pep.Checking, pep.SocialWorker, sample(pep.VerbReassign)},
		{pep.Grading, pep.BusinessSupport, sample(pep.VerbSendForGrading)},
	} {
		if s.to <= stage && stage <= pep.Finalised && (s.to != pep.Grading || stage == pep.Grading) {
			w.must(actor(s.by), id, s.do)
		}
	}
	switch stage {
	case pep.Finalised:
		w.must(support, id, sample(pep.VerbFinalise))
	case pep.Cancelled:
		w.must(worker, id, sample(pep.VerbCease))
	case pep.Deleted:
		w.must(desk, id, sample(pep.VerbDelete))
	}
	return id
}

// sample returns an action with all that it needs.
func sample(v pep.Verb) pep.Action {
	because := text("Because")
	form := forms.SecondaryMainstream
	return map[pep.Verb]pep.Action{
		pep.VerbStartInitial:       pep.StartInitial{Child: ada, Meeting: on("2026-01-14")},
		pep.VerbStartSubsequent:    pep.StartSubsequent{Child: ada, Meeting: on("2026-01-14")},
		pep.VerbAnswer:             pep.Answer{Section: 1, Answers: filled(form, 1)},
		pep.VerbRescheduleMeeting:  pep.RescheduleMeeting{Meeting: on("2026-01-15")},
		pep.VerbAttach:             pep.Attach{Name: text("Report.pdf"), Size: 1},
		pep.VerbDelegate:           pep.Delegate{To: teacher, All: true},
		pep.VerbSaveContribution:   pep.SaveContribution{Section: 3, Answers: filled(form, 3)},
		pep.VerbSubmitContribution: pep.SubmitContribution{},
		pep.VerbChangeContributor:  pep.ChangeContributor{To: deputy},
		pep.VerbRetract:            pep.Retract{ConfirmedWithSetting: true, Reason: because},
		pep.VerbActivate:           pep.Activate{},
		pep.VerbRedelegate:         pep.Redelegate{To: teacher, Comments: because},
		pep.VerbReassign:           pep.Reassign{Comment: text("SPRING—06/05/2026")},
		pep.VerbSendForGrading:     pep.SendForGrading{Reason: because},
		pep.VerbAwardGrade:         pep.AwardGrade{Grade: pep.Green, Feedback: because},
		pep.VerbReturnForAmendment: pep.ReturnForAmendment{Reason: because},
		pep.VerbFinalise:           pep.Finalise{Waiver: because},
		pep.VerbRevise:             pep.Revise{Reason: because},
		pep.VerbReopen:             pep.Reopen{Reason: because},
		pep.VerbRestoreSections:    pep.RestoreSections{Reason: because},
		pep.VerbDelete:             pep.Delete{Reason: because},
		pep.VerbCease:              pep.Cease{On: on("2026-01-05")},
		pep.VerbCarryForward:       pep.CarryForward{},
		pep.VerbRepin:              pep.Repin{},
	}[v]
}
