package pep_test

import (
	"errors"
	"testing"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private/privatetest"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
)

// TestNothingShowsPersonalData plants a canary in every exported type of the package and
// in the plan itself.
func TestNothingShowsPersonalData(t *testing.T) {
	t.Parallel()
	secret := text(privatetest.Canary)
	answers := forms.NewAnswers(map[string]string{"no_such_question": privatetest.Canary})
	p := run(t, atSchool(), join(delegated(), nil, step{dt, "2026-01-20", pep.Attach{Name: secret}})...)
	privatetest.Package(t,
		*p, p.Snapshot(), p.Pending()[0], p.Content()[len(p.Content())-1], pep.Content{Answers: answers},
		pep.Act{}, *act(sw, "2026-01-06", atSchool()), pep.Facts{}, pep.Previous{}, pep.Final{}, pep.Retracted{}, pep.Option{Reasons: []rule.Reason{{Rule: rule.FINAL1}}},
		pep.ID{}, pep.Digest{}, pep.Loss{}, pep.Outlook{}, pep.Transition{}, pep.Outline{}, pep.Dossier{}, pep.Course{}, pep.MissingQuestion{}, pep.MissingDecision{},
		pep.Requirement{}, pep.Cohort{}, pep.Deadlines{}, pep.FirstPlan{}, pep.Graded{}, pep.GradingQuestion{}, pep.GradingDecision{},
		pep.Rate{}, pep.PaymentRules{}, pep.Parameters{}, pep.Edition{}, pep.Council{}, rule.Sources{}, *pep.Lancashire(),
		pep.Conversion{}, pep.Reallocation{}, pep.Notices{},
		pep.StartInitial{}, pep.StartSubsequent{}, pep.Answer{Answers: answers}, pep.RescheduleMeeting{}, pep.Attach{Name: secret},
		pep.Delegate{}, pep.SaveContribution{Answers: answers}, pep.SubmitContribution{}, pep.ChangeContributor{}, pep.Retract{Reason: secret},
		pep.Activate{}, pep.Redelegate{Comments: secret}, pep.Reassign{Comment: secret}, pep.SendForGrading{Reason: secret},
		pep.AwardGrade{Feedback: secret}, pep.ReturnForAmendment{Reason: secret}, pep.Finalise{Waiver: secret}, pep.Revise{Reason: secret},
		pep.Reopen{Reason: secret}, pep.RestoreSections{Reason: secret}, pep.Delete{Reason: secret}, pep.Cease{}, pep.CarryForward{}, pep.Repin{},
	)
}

func TestNoErrorShowsPersonalData(t *testing.T) {
	t.Parallel()
	secret := text(privatetest.Canary)
	answers := forms.NewAnswers(map[string]string{privatetest.Canary: privatetest.Canary, "name": privatetest.Canary + "\xff"})
	facts := but(func(f *pep.Facts) {
		f.Child.Name, f.Child.SUNumber = secret, secret
		born(privatetest.Day().String())(f)
	})
	policy := pep.Lancashire()
	_, tooOld := policy.RequiredOn(privatetest.Day(), on("2026-01-14"), record.Care{Throughout: true}, nil)
	_, unborn := policy.RequiredOn(privatetest.Day(), privatetest.Day().AddDays(-1), record.Care{Throughout: true}, nil)
	_, died := policy.KeepUntil(privatetest.Day(), privatetest.Day().AddDays(-1))
	_, missing := policy.Missing(privatetest.Day(), pep.MissingQuestion{Term: term.New(term.Spring, 2026), Today: on("2026-01-14")})
	for name, err := range map[string]error{
		"start":       pep.New(planID).Do(act(sw, "2026-01-05", facts), pep.StartInitial{Meeting: on("2026-01-14")}),
		"answers":     run(t, atSchool(), started()...).Do(act(sw, "2026-01-06", facts), pep.Answer{Section: 1, Answers: answers}),
		"reassign":    run(t, atSchool(), returned()...).Do(act(sw, "2026-01-21", facts), pep.Reassign{Comment: secret}),
		"finalise":    run(t, atSchool(), returned()...).Do(act(sw, "2026-01-21", facts), pep.Finalise{Waiver: secret}),
		"too old":     tooOld,
		"unborn":      unborn,
		"died":        died,
		"missing":     missing,
		"every error": errors.Join(tooOld, unborn),
	} {
		if err == nil {
			t.Errorf("%s returned no error to look at", name)
			continue
		}
		privatetest.Sweep(t, err)
	}
}
