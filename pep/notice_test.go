package pep_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
)

// TestNoticesOfTheProcess checks, action by action, which notices an event gives, and in
// which order.
func TestNoticesOfTheProcess(t *testing.T) {
	t.Parallel()
	why := text("Because")
	for _, c := range []struct {
		name string
		at   []step
		by   pep.Role
		do   pep.Action
		want []string
	}{
		{"START-1 a start gives none", nil, sw, pep.StartInitial{Meeting: on("2026-03-14")}, nil},
		{"TERM-2 a draft that is rescheduled gives none", started(), sw, pep.RescheduleMeeting{Meeting: on("2026-03-14")}, nil},
		{"TERM-2 rescheduled while delegated", delegated(), sw, pep.RescheduleMeeting{Meeting: on("2026-03-14")}, []string{"rescheduled"}},
		{"DELEG-2 delegated", join(started(), answers(1, 2)), sw, pep.Delegate{All: true}, []string{"delegated"}},
		{"DELEG-2 a change of contributor: delegated, then withdrawn", delegated(), bs, pep.ChangeContributor{}, []string{"delegated", "withdrawn"}},
		{"DELEG-5 a contribution that is saved gives none", delegated(), dt, pep.SaveContribution{Section: 3, Answers: filled(forms.SecondaryMainstream, 3, "Yes")}, nil},
		{"DELEG-6 retracted", delegated(), sw, pep.Retract{ConfirmedWithSetting: true, Reason: why}, []string{"retracted"}},
		{"DELEG-7 redelegated", join(returned(), nil, step{sw, "2026-01-20", pep.Activate{}}), sw, pep.Redelegate{Comments: why}, []string{"redelegated"}},
		{"DELEG-8 returned by the contributor", delegated(), dt, pep.SubmitContribution{}, []string{"returned"}},
		{"AMEND-1 sent back from checking", checking(), bs, pep.ReturnForAmendment{Reason: why}, []string{"sent_back"}},
		{"AMEND-1 sent back from grading", grading(), vsc, pep.ReturnForAmendment{Reason: why}, []string{"sent_back"}},
		{"AMEND-1 sent back for a revision", finalised(), bs, pep.Revise{Reason: why}, []string{"sent_back"}},
		{"OOT-2 carried while delegated", delegated(), sys, pep.CarryForward{}, []string{"carried"}},
		{"OOT-2 a draft that is carried", started(), sys, pep.CarryForward{}, []string{"carried"}},
		{"CHG-4 withdrawn by a cease while delegated", delegated(), sys, pep.Cease{On: on("2026-02-01")}, []string{"withdrawn"}},
		{"CHG-4 a draft that is ceased gives none", started(), sys, pep.Cease{On: on("2026-02-01")}, nil},
		{"FINAL-4 withdrawn by a delete while delegated", delegated(), sd, pep.Delete{Reason: why}, []string{"withdrawn"}},
		{"FINAL-4 a returned plan that is deleted gives none", returned(), sd, pep.Delete{Reason: why}, nil},
		{"GRADE-4 graded green", grading(), vsc, pep.AwardGrade{Grade: pep.Green}, []string{"graded"}},
		{"GRADE-4 a red grade is graded, and not sent back", grading(), vsc, pep.AwardGrade{Grade: pep.Red, Feedback: why}, []string{"graded"}},
		{"FINAL-2 finalised", checking(), bs, pep.Finalise{}, []string{"finalised"}},
		{"SECT-3 a reassignment gives none", returned(), sw, pep.Reassign{Comment: text("SPRING-06/05/2026")}, nil},
		{"GRADE-1 a plan that is sent for grading gives none", checking(), bs, pep.SendForGrading{Reason: why}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			day := "2026-02-01"
			if c.do.Verb() == pep.VerbCarryForward {
				day = "2026-04-02"
			}
			facts := atSchool()
			if c.do.Verb() == pep.VerbChangeContributor {
				facts.Contributor.ID = deputyID
			}
			got := noticesOf(last(t, act(c.by, day, facts), c.do, c.at...))
			require.Equal(t, c.want, got)
		})
	}
}

// last takes an action after the steps and returns its event.
func last(t *testing.T, by *pep.Act, do pep.Action, at ...step) pep.Event {
	t.Helper()
	p := run(t, atSchool(), at...)
	require.NoError(t, p.Do(by, do))
	return p.Pending()[len(p.Pending())-1]
}

func noticesOf(e pep.Event) (names []string) {
	for _, n := range e.Notices.List() {
		names = append(names, n.String())
	}
	return names
}

// TestANoticeConcernsThoseBeforeAnEndedDelegation checks which establishment and which
// contributor are named by an event with notices.
func TestANoticeConcernsThoseBeforeAnEndedDelegation(t *testing.T) {
	t.Parallel()
	why, none := text("Because"), record.ContributorID{}
	deputy := but(func(f *pep.Facts) { f.Contributor.ID = deputyID })
	for _, c := range []struct {
		name          string
		at            []step
		by            *pep.Act
		do            pep.Action
		establishment record.EstablishmentID
		contributor   record.ContributorID
		former        record.ContributorID
	}{
		{"a delegation: who is given the plan", join(started(), answers(1, 2)), act(sw, "2026-01-06", deputy), pep.Delegate{All: true}, schoolID, deputyID, none},
		{"another contributor: both", delegated(), act(bs, "2026-01-07", deputy), pep.ChangeContributor{}, schoolID, deputyID, teacherID},
		{"a retract: who had it", delegated(), act(sw, "2026-01-07", deputy), pep.Retract{ConfirmedWithSetting: true, Reason: why}, schoolID, teacherID, none},
		{"a cease: who had it", delegated(), act(sys, "2026-01-07", deputy), pep.Cease{On: on("2026-01-07")}, schoolID, teacherID, none},
		{"a delete: who had it", delegated(), act(sd, "2026-01-07", deputy), pep.Delete{Reason: why}, schoolID, teacherID, none},
		{"a meeting that is moved: who has it", delegated(), act(sw, "2026-01-07", deputy), pep.RescheduleMeeting{Meeting: on("2026-03-14")}, schoolID, teacherID, none},
		{"a delegated plan that is carried: who has it", delegated(), act(sys, "2026-04-02", deputy), pep.CarryForward{}, schoolID, teacherID, none},
		{"a draft that is carried: no establishment", started(), act(sys, "2026-04-02", deputy), pep.CarryForward{}, record.EstablishmentID{}, none, none},
		{"a grade: who wrote the plan", grading(), act(vsc, "2026-01-23", deputy), pep.AwardGrade{Grade: pep.Green}, schoolID, teacherID, none},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := last(t, c.by, c.do, c.at...)
			require.Equal(t, childID, e.Child)
			require.Equal(t, c.establishment, e.Establishment)
			require.Equal(t, c.contributor, e.Contributor)
			require.Equal(t, c.former, e.Former)
		})
	}
}

// TestWhomANoticeGoesTo checks the addressees of every notice.
func TestWhomANoticeGoesTo(t *testing.T) {
	t.Parallel()
	const school, worker, both = "the establishment", "the social worker", "the social worker and the establishment"
	want := map[string]string{
		"delegated": school, "rescheduled": school, "redelegated": school, "retracted": school, "withdrawn": school,
		"finalised": school, "returned": worker, "sent_back": worker, "carried": both, "graded": both,
	}
	got := map[string]string{}
	for n := range pep.AllNotices() {
		got[n.String()] = n.To().String()
		require.NotEmpty(t, n.Words(), n)
	}
	require.Equal(t, want, got)
	require.True(t, pep.NoticeGraded.To().Has(pep.ToSocialWorker|pep.ToEstablishment))
	require.False(t, pep.NoticeReturned.To().Has(pep.ToEstablishment))
	require.Zero(t, pep.Notice(0).To())
	require.Zero(t, pep.Notice(255).To())
	require.Empty(t, pep.Notice(255).Words())
}

func TestNoticesAreAListInJSON(t *testing.T) {
	t.Parallel()
	for want, notices := range map[string]pep.Notices{
		`[]`:                        {},
		`["returned"]`:              {pep.NoticeReturned},
		`["delegated","withdrawn"]`: {pep.NoticeDelegated, pep.NoticeWithdrawn},
	} {
		got, err := json.Marshal(notices)
		require.NoError(t, err)
		require.JSONEq(t, want, string(got))
		var read pep.Notices
		require.NoError(t, json.Unmarshal(got, &read))
		require.Equal(t, notices, read)
	}
	require.Error(t, json.Unmarshal([]byte(`["told"]`), new(pep.Notices)))
}
