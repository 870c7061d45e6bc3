package pep_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

func TestTermFollowsTheMeetingAndTheCarry(t *testing.T) {
	t.Parallel()
	carried := join(delegated(), nil, step{sys, "2026-04-01", pep.CarryForward{}})
	move := func(to string) step { return step{bs, "2026-04-02", pep.RescheduleMeeting{Meeting: on(to)}} }
	for _, c := range []struct {
		name    string
		steps   []step
		want    string
		meeting string
		due     string
	}{
		{"TERM-2 of the meeting", started(), "SPRING 2026", "2026-01-14", ""},
		{"TERM-2 moved", join(started(), nil, move("2026-04-01")), "SUMMER 2026", "2026-04-01", ""},
		{"OOT-2 carried: meeting and due date stay", carried, "SUMMER 2026", "2026-01-14", "2026-01-28"},
		{"carried and moved within the old term", join(carried, nil, move("2026-03-20")), "SUMMER 2026", "2026-03-20", "2026-04-03"},
		{"carried and moved beyond", join(carried, nil, move("2026-09-10")), "AUTUMN 2026", "2026-09-10", "2026-09-24"},
		{"carried, moved beyond and back", join(carried, nil, move("2026-09-10"), move("2026-05-10")), "SUMMER 2026", "2026-05-10", "2026-05-24"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := run(t, atSchool(), c.steps...)
			require.Equal(t, c.want, p.Term().String())
			require.Equal(t, c.meeting, p.Meeting().String())
			require.Equal(t, c.due, p.Due().String())
		})
	}
}

func TestDueDateOfAPlan(t *testing.T) {
	t.Parallel()
	ready := join(started(), answers(1, 2))
	again := join(delegated(), nil, step{dt, "2026-01-20", pep.SubmitContribution{}}, step{sw, "2026-01-21", pep.Activate{}})
	move := step{sw, "2026-01-07", pep.RescheduleMeeting{Meeting: on("2026-01-21")}}
	byDefault := step{sw, "2026-01-06", pep.Delegate{All: true}}
	entered := step{sw, "2026-01-06", pep.Delegate{All: true, Due: on("2026-01-30")}}
	redelegated := func(day string, r pep.Redelegate) []step {
		return []step{{dt, "2026-01-07", pep.SubmitContribution{}}, {sw, day, pep.Activate{}}, {sw, day, r},
			{sw, day, pep.RescheduleMeeting{Meeting: on("2026-02-11")}}}
	}
	for _, c := range []struct {
		name  string
		steps []step
		want  string
	}{
		{"no due date before delegation", ready, ""},
		{"DUE-1 two weeks after the meeting", join(ready, nil, step{sw, "2026-01-06", pep.Delegate{All: true}}), "2026-01-28"},
		{"DUE-4 out of term", join(ready, nil, step{sw, "2026-04-05", pep.Delegate{All: true}}), "2026-04-19"},
		{"DUE-4b never already past", join(ready, nil, step{sw, "2026-02-10", pep.Delegate{All: true}}), "2026-02-24"},
		{"DELEG-3 as entered", join(ready, nil, step{sw, "2026-01-06", pep.Delegate{All: true, Due: on("2026-01-06")}}), "2026-01-06"},
		{"a default follows the meeting", join(ready, nil, step{sw, "2026-01-06", pep.Delegate{All: true}}, move), "2026-02-04"},
		{"an entered date does not follow the meeting", join(ready, nil, step{sw, "2026-01-06", pep.Delegate{All: true, Due: on("2026-01-30")}}, move), "2026-01-30"},
		{"DELEG-7 two weeks from today are later than the previous date", join(again, nil, step{sw, "2026-01-21", pep.Redelegate{Comments: text("More")}}), "2026-02-04"},
		{"DELEG-7 the previous date is later", join(join(ready, nil, step{sw, "2026-01-06", pep.Delegate{All: true, Due: on("2026-03-30")}}),
			nil, step{dt, "2026-01-20", pep.SubmitContribution{}}, step{sw, "2026-01-21", pep.Activate{}}, step{sw, "2026-01-21", pep.Redelegate{Comments: text("More")}}), "2026-03-30"},
		{"DELEG-7 the default follows the meeting again", join(join(ready, nil, byDefault), nil, redelegated("2026-01-08", pep.Redelegate{Comments: text("More")})...), "2026-02-25"},
		{"DELEG-7 a default that replaces an entered date follows the meeting", join(join(ready, nil, entered), nil, redelegated("2026-01-20", pep.Redelegate{Comments: text("More")})...), "2026-02-25"},
		{"DELEG-7 a kept date that was entered does not follow the meeting", join(join(ready, nil, entered), nil, redelegated("2026-01-08", pep.Redelegate{Comments: text("More")})...), "2026-01-30"},
		{"DELEG-7 a date entered again does not follow the meeting", join(join(ready, nil, byDefault), nil, redelegated("2026-01-08", pep.Redelegate{Comments: text("More"), Due: on("2026-01-28")})...), "2026-01-28"},
		{"no due date after a retract", join(delegated(), nil, step{sw, "2026-01-08", pep.Retract{ConfirmedWithSetting: true, Reason: text("Moved")}}), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, run(t, atSchool(), c.steps...).Due().String())
		})
	}
}

func TestRetractLosesWhatLossShowed(t *testing.T) {
	t.Parallel()
	p := run(t, atSchool(), join(delegated(), nil,
		step{dt, "2026-01-10", pep.SaveContribution{Section: 4, Answers: filled(forms.SecondaryMainstream, 4, "Yes")}})...)
	loss := p.Loss()
	boxes := 0
	for section := range forms.TemplateOf(forms.SecondaryMainstream).Sections() {
		boxes += len(section.Questions)
	}
	four, _ := delegation.NewSections(4)
	require.Equal(t, pep.Loss{Sections: delegation.Every(6), Saved: four, Boxes: boxes}, loss)
	require.Equal(t, 6, p.CompletedSections())

	require.NoError(t, p.Do(act(sw, "2026-01-11", atSchool()), pep.Retract{ConfirmedWithSetting: true, Reason: text("Moved")}))
	s := p.Snapshot()
	require.Equal(t, pep.Draft, s.Stage)
	require.Zero(t, s.Filled)
	require.Zero(t, s.Contributor)
	require.Zero(t, p.CompletedSections())
	require.Zero(t, p.Loss())
	require.Equal(t, schoolID, s.Establishment)
	require.Equal(t, "2026-02-10", p.Pending()[len(p.Pending())-1].SealedUntil.String(), "restorable for 30 days")
	missing := 0
	for _, ids := range p.Blank() {
		missing += len(ids)
	}
	require.Equal(t, boxes, missing)
}

func TestRedelegationKeepsContent(t *testing.T) {
	t.Parallel()
	p := run(t, atSchool(), join(returned(), nil, step{sw, "2026-01-21", pep.Activate{}})...)
	before := p.Snapshot()
	other := but(func(f *pep.Facts) { f.Contributor.ID = deputyID })
	require.NoError(t, p.Do(act(sw, "2026-01-22", other), pep.Redelegate{Comments: text("More")}))
	s := p.Snapshot()
	require.Equal(t, before.Filled, s.Filled)
	require.Equal(t, deputyID, s.Contributor)
	again := act(dt, "2026-01-23", other)
	requireRefused(t, rule.DELEG8, p.Do(again, pep.SubmitContribution{}))
	again.Contributor = deputyID
	require.NoError(t, p.Do(again, pep.SubmitContribution{}))
}

func TestChangeOfContributorKeepsContentAndDueDate(t *testing.T) {
	t.Parallel()
	p := run(t, atSchool(), delegated()...)
	before := p.Snapshot()
	require.NoError(t, p.Do(act(bs, "2026-01-22", but(func(f *pep.Facts) { f.Contributor.ID = deputyID })), pep.ChangeContributor{}))
	after := p.Snapshot()
	require.Equal(t, deputyID, after.Contributor)
	after.Contributor, after.Version = before.Contributor, before.Version
	require.Equal(t, before, after)
}

func TestReviseKeepsRevisionAndGrade(t *testing.T) {
	t.Parallel()
	why := text("Because")
	p := run(t, atSchool(), join(grading(), nil,
		step{vsc, "2026-01-23", pep.AwardGrade{Grade: pep.Green}},
		step{bs, "2026-01-24", pep.Finalise{}},
		step{bs, "2026-02-01", pep.Revise{Reason: why}})...)
	s := p.Snapshot()
	require.Equal(t, pep.Returned, s.Stage)
	require.Equal(t, 2, s.Revision)
	require.True(t, p.Activated())
	require.Equal(t, pep.SocialWorkerTray, p.Tray())
	require.Equal(t, pep.Green, s.Grade)

	again := run(t, atSchool(), join(finalised(), nil, step{sd, "2026-02-01", pep.Reopen{Reason: why}})...)
	require.Equal(t, pep.Checking, again.Stage())
	require.Equal(t, 1, again.Snapshot().Revision)
}

func TestARequiredGradeMayBeWaived(t *testing.T) {
	t.Parallel()
	needed := but(func(f *pep.Facts) { f.Grading.Required = true })
	p := run(t, atSchool(), checking()...)
	require.NoError(t, p.Do(act(bs, "2026-01-23", needed), pep.Finalise{Waiver: text("Consultant is ill")}))
	last := p.Pending()[len(p.Pending())-1]
	require.True(t, last.Waived)
	require.NotZero(t, last.Digest)

	p = run(t, atSchool(), join(grading(), nil, step{vsc, "2026-01-23", pep.AwardGrade{Grade: pep.Amber}})...)
	require.NoError(t, p.Do(act(bs, "2026-01-23", needed), pep.Finalise{}))
	require.False(t, p.Pending()[len(p.Pending())-1].Waived)
}

// TestRedPlanIsGradedAgain checks that a red plan goes back and then needs no reason to be
// sent for grading again.
func TestRedPlanIsGradedAgain(t *testing.T) {
	t.Parallel()
	p := run(t, atSchool(), join(grading(), nil,
		step{vsc, "2026-01-23", pep.AwardGrade{Grade: pep.Red, Feedback: text("No voice")}},
		step{sw, "2026-01-24", pep.Reassign{Comment: text("SPRING—06/05/2026")}},
		step{bs, "2026-01-25", pep.SendForGrading{}},
		step{vsc, "2026-01-26", pep.AwardGrade{Grade: pep.Green}},
		step{bs, "2026-01-27", pep.Finalise{}})...)
	require.Equal(t, pep.Finalised, p.Stage())
}

func TestPortalLagEndsAfterExactlyADay(t *testing.T) {
	t.Parallel()
	facts := but(func(f *pep.Facts) { f.Contributor.Actioned = time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC) })
	p := run(t, atSchool(), join(started(), answers(1, 2))...)
	require.NoError(t, p.Do(act(sw, "2026-01-06", facts), pep.Delegate{All: true}))
}

func TestLastTermNeedsNoNextMeeting(t *testing.T) {
	t.Parallel()
	p := run(t, atSchool(), returned()...)
	leaving := but(care(record.Episode{Span: span("2020-01-01", "2026-03-01")}))
	require.NoError(t, p.Do(act(sw, "2026-01-22", leaving), pep.Reassign{Comment: text("spring - n/a")}))
	require.Zero(t, p.Snapshot().Next)
}

func TestComingBackIntoCareStartsAnInitialPlan(t *testing.T) {
	t.Parallel()
	back := but(func(f *pep.Facts) {
		after("2026-05-06")(f)
		f.CeasedOn = on("2026-02-01")
		care(record.Episode{Span: span("2020-01-01", "2026-02-01")}, record.Episode{Span: span("2026-03-01", "")})(f)
	})
	p := pep.New(planID)
	require.NoError(t, p.Do(act(sw, "2026-03-05", back), pep.StartInitial{Meeting: on("2026-03-20")}))
	require.Equal(t, pep.Initial, p.Snapshot().Kind)
}

func TestARepinMakesAnotherRevisionDecide(t *testing.T) {
	t.Parallel()
	p := run(t, atSchool(), started()...)
	by := act(sys, "2026-02-01", atSchool())
	by.Policy = revisions[2]
	require.NoError(t, p.Do(by, pep.Repin{}))
	require.Equal(t, 2, p.Snapshot().Policy)
	_, err := p.Options(act(sw, "2026-02-01", atSchool()))
	requireInvalid(t, "policy", err)
}
