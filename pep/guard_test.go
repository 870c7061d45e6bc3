package pep_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
)

// TestTheWindowOfAMeeting checks TERM-8. Cases of the corpus check the days on either
// side of the window's first and last day.
func TestTheWindowOfAMeeting(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, day   string
		back, ahead int
		first, last string
	}{
		{"the first day of SPRING", "2026-01-01", 1, 2, "2025-09-01", "2026-12-31"},
		{"the last day of SPRING", "2026-03-31", 1, 2, "2025-09-01", "2026-12-31"},
		{"the first day of SUMMER", "2026-04-01", 1, 2, "2026-01-01", "2027-03-31"},
		{"the first day of AUTUMN", "2026-09-01", 1, 2, "2026-04-01", "2027-08-31"},
		{"no term back", "2026-04-01", 0, 2, "2026-04-01", "2027-03-31"},
		{"no term ahead", "2026-04-01", 1, 0, "2026-01-01", "2026-08-31"},
		{"no term before the first of all", "0001-01-01", 1, 0, "", "0001-03-31"},
		{"no term after the last of all", "9999-12-31", 0, 2, "9999-09-01", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := fixture.Policy(func(par *pep.Parameters) { par.MeetingTermsBack, par.MeetingTermsAhead = test.back, test.ahead })
			first, last := p.MeetingWindow(on(test.day))
			require.Equal(t, on(test.first), first)
			require.Equal(t, on(test.last), last)
		})
	}
}

// TestTheDayOfTheActDecidesTheWindow checks that TERM-8 reads the edition that
// applies on the day of the act.
func TestTheDayOfTheActDecidesTheWindow(t *testing.T) {
	t.Parallel()
	p := dated(t, "2026-01-06", func(par *pep.Parameters) { par.MeetingTermsAhead = 3 })
	start := pep.StartInitial{Meeting: on("2027-01-04")}
	requireRefused(t, rule.TERM8, pep.New(planID).Do(actOn(p, sw, on("2026-01-05"), atSchool()), start))
	require.NoError(t, pep.New(planID).Do(actOn(p, sw, on("2026-01-06"), atSchool()), start))
}

// TestARefusedDateIsGivenInWords checks the message, which gives the day in words.
func TestARefusedDateIsGivenInWords(t *testing.T) {
	t.Parallel()
	err := run(t, atSchool(), started()...).Do(act(sw, "2026-01-06", atSchool()), pep.RescheduleMeeting{Meeting: on("0026-05-12")})
	require.EqualError(t, err, "reschedule_meeting: TERM-8: the meeting is before the earliest day allowed, Monday 1 September 2025; check the year of the date")
	require.Equal(t, "12 May 0026", on("0026-05-12").Words())
}

// contributions are the actions that a contributor takes.
func contributions() []pep.Action {
	return []pep.Action{
		pep.SaveContribution{Section: 3, Answers: filled(forms.SecondaryMainstream, 3, "Yes")},
		pep.SubmitContribution{},
		pep.Attach{Name: text("report.pdf"), Size: 1},
	}
}

// TestWhoContributesIsCheckedEachTime checks that PRE-1, PRE-2 and DELEG-2 are applied
// in this order, after role and stage.
func TestWhoContributesIsCheckedEachTime(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		facts pep.Facts
		want  string
	}{
		{"current, active and of the establishment", atSchool(), ""},
		{"PRE-1 the establishment has ended", but(func(f *pep.Facts) { f.Establishment.Status = record.Ended }), "PRE-1 establishment_not_current"},
		{"PRE-1 and PRE-2 nothing is known", but(nowhere), "PRE-1 establishment_not_current, PRE-2 contributor_not_active"},
		{"PRE-2 the contributor is not active", but(func(f *pep.Facts) { f.Contributor.Active = false }), "PRE-2 contributor_not_active"},
		{"DELEG-2 the contributor went to another school", but(func(f *pep.Facts) { f.Contributor.Establishment = otherID }), "DELEG-2 contributor_elsewhere"},
		{"PRE-3 is asked only when one is chosen", but(func(f *pep.Facts) { f.Contributor.Actioned = instant("2026-01-07") }), ""},
		{"all three", but(func(f *pep.Facts) {
			f.Establishment.Status, f.Contributor.Active, f.Contributor.Establishment = record.Ended, false, otherID
		}), "PRE-1 establishment_not_current, PRE-2 contributor_not_active, DELEG-2 contributor_elsewhere"},
	} {
		for _, a := range contributions() {
			t.Run(test.name+" "+a.Verb().String(), func(t *testing.T) {
				t.Parallel()
				p := run(t, atSchool(), delegated()...)
				err := p.Do(act(dt, "2026-01-07", test.facts), a)
				if test.want == "" {
					require.NoError(t, err)
					return
				}
				var refusal *rule.Refusal
				require.ErrorAs(t, err, &refusal)
				require.Equal(t, test.want, reasons(refusal))
				requireRefused(t, refusedFor[a.Verb()], p.Do(act(sw, "2026-01-07", test.facts), a))
			})
		}
	}
	by := act(sw, "2026-01-06", but(func(f *pep.Facts) { f.Contributor.Active = false }))
	require.NoError(t, run(t, atSchool(), started()...).Do(by, pep.Attach{Name: text("report.pdf")}), "nobody contributes to a draft")
}

// refusedFor holds, for each contribution, the rule that refuses it to any other role.
var refusedFor = map[pep.Verb]rule.ID{
	pep.VerbSaveContribution: rule.DELEG5, pep.VerbSubmitContribution: rule.DELEG8, pep.VerbAttach: rule.DOC1,
}

// TestOneOfSeveralContributorsIsNamed checks that an action which hands the plan on must
// name the contributor if several can be chosen. Any refusal comes first.
func TestOneOfSeveralContributorsIsNamed(t *testing.T) {
	t.Parallel()
	several := atSchool()
	several.Several = true
	activated := join(returned(), nil, step{sw, "2026-01-21", pep.Activate{}})
	for _, test := range []struct {
		name     string
		at       []step
		facts    pep.Facts
		unnamed  pep.Action
		named    pep.Action
		stranger pep.Action
	}{
		{"delegate", join(started(), answers(1, 2)), several, pep.Delegate{All: true}, pep.Delegate{All: true, To: teacherID}, pep.Delegate{All: true, To: deputyID}},
		{"redelegate", activated, several, pep.Redelegate{Comments: text("Targets")}, pep.Redelegate{Comments: text("Targets"), To: teacherID}, pep.Redelegate{Comments: text("Targets"), To: deputyID}},
		{"change_contributor", delegated(), toDeputy(several), pep.ChangeContributor{}, pep.ChangeContributor{To: deputyID}, pep.ChangeContributor{To: teacherID}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := run(t, atSchool(), test.at...)
			before, by := p.Snapshot(), act(sw, "2026-01-21", test.facts)
			requireInvalid(t, "to", p.Do(by, test.unnamed))
			requireInvalid(t, "to", p.Do(by, test.stranger))
			var refusal *rule.Refusal
			require.ErrorAs(t, p.Do(act(vsc, "2026-01-21", test.facts), test.unnamed), &refusal)
			require.Equal(t, before, p.Snapshot())
			o, err := p.Option(by, test.unnamed.Verb())
			require.NoError(t, err)
			require.True(t, o.Allowed())
			require.NoError(t, p.Do(by, test.named))
		})
	}
}

// TestThePlanIsNotGivenToTheContributorThatItHas checks DELEG-2.
func TestThePlanIsNotGivenToTheContributorThatItHas(t *testing.T) {
	t.Parallel()
	p := run(t, atSchool(), delegated()...)
	refusal := requireRefused(t, rule.DELEG2, p.Do(act(sw, "2026-01-07", atSchool()), pep.ChangeContributor{To: teacherID}))
	require.Equal(t, rule.AlreadyTheContributor, refusal.Code())
	require.NoError(t, p.Do(act(sw, "2026-01-07", toDeputy(atSchool())), pep.ChangeContributor{To: deputyID}))
	require.Equal(t, deputyID, p.Snapshot().Contributor)
}

// TestAPlanIsRepinnedToAnotherRevisionWithTheSameTerms checks REPIN-1.
func TestAPlanIsRepinnedToAnotherRevisionWithTheSameTerms(t *testing.T) {
	t.Parallel()
	later, err := term.NewCalendar(term.MonthDay{Month: 1, Day: 1}, term.MonthDay{Month: 5, Day: 1}, term.MonthDay{Month: 9, Day: 1})
	require.NoError(t, err)
	sooner, err := term.NewCalendar(term.MonthDay{Month: 1, Day: 14}, term.MonthDay{Month: 4, Day: 1}, term.MonthDay{Month: 9, Day: 1})
	require.NoError(t, err)
	after, err := term.NewCalendar(term.MonthDay{Month: 1, Day: 15}, term.MonthDay{Month: 4, Day: 1}, term.MonthDay{Month: 9, Day: 1})
	require.NoError(t, err)
	with := func(c term.Calendar) *pep.Policy {
		return fixture.Second(func(par *pep.Parameters) { par.Delegation.Terms = c })
	}
	for _, test := range []struct {
		name   string
		at     []step
		by     pep.Role
		policy *pep.Policy
		known  term.Calendar
		want   string
	}{
		{"the service desk", started(), sd, revisions[2], term.Lancashire(), ""},
		{"the system", delegated(), sys, revisions[2], term.Lancashire(), ""},
		{"another role", started(), sw, revisions[2], term.Lancashire(), "REPIN-1 wrong_role"},
		{"a finalised plan", finalised(), sd, revisions[2], term.Lancashire(), "REPIN-1 wrong_stage"},
		{"another role at another stage", finalised(), sw, revisions[1], term.Lancashire(), "REPIN-1 wrong_role, REPIN-1 wrong_stage"},
		{"the revision that it has", started(), sd, revisions[1], term.Lancashire(), "REPIN-1 same_policy"},
		{"other terms", started(), sd, with(later), term.Lancashire(), "REPIN-1 different_terms"},
		{"the same other terms", started(), sd, with(later), later, ""},
		{"unknown terms, its own the same", started(), sd, with(sooner), term.Calendar{}, ""},
		{"unknown terms, its own another", started(), sd, with(after), term.Calendar{}, "REPIN-1 different_terms"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := run(t, atSchool(), test.at...)
			by := actOn(test.policy, test.by, on("2026-02-01"), atSchool())
			by.Facts.Terms = test.known
			o, err := p.Option(by, pep.VerbRepin)
			require.NoError(t, err)
			err = p.Do(by, pep.Repin{})
			if test.want == "" {
				require.NoError(t, err)
				require.True(t, o.Allowed())
				require.Equal(t, 2, p.Snapshot().Policy)
				return
			}
			var refusal *rule.Refusal
			require.ErrorAs(t, err, &refusal)
			require.Equal(t, test.want, reasons(refusal))
			require.Equal(t, o.Reasons, refusal.Reasons())
		})
	}
}

// TestTextsAndFilesHaveBounds checks that text must be UTF-8, and that one character or
// byte above the limit of a text or a file is invalid and leaves the plan as it was.
func TestTextsAndFilesHaveBounds(t *testing.T) {
	t.Parallel()
	activated := join(returned(), nil, step{sw, "2026-01-21", pep.Activate{}})
	for _, test := range []struct {
		member string
		most   int
		at     []step
		by     pep.Role
		do     func(private.Text) pep.Action
	}{
		{"name", record.MaxFileName, started(), sw, func(s private.Text) pep.Action { return pep.Attach{Name: s} }},
		{"reason", record.MaxText, delegated(), sw, func(s private.Text) pep.Action { return pep.Retract{ConfirmedWithSetting: true, Reason: s} }},
		{"comments", record.MaxText, activated, sw, func(s private.Text) pep.Action { return pep.Redelegate{Comments: s} }},
		{"reason", record.MaxText, checking(), bs, func(s private.Text) pep.Action { return pep.SendForGrading{Reason: s} }},
		{"feedback", record.MaxText, grading(), vsc, func(s private.Text) pep.Action { return pep.AwardGrade{Grade: pep.Red, Feedback: s} }},
		{"reason", record.MaxText, checking(), bs, func(s private.Text) pep.Action { return pep.ReturnForAmendment{Reason: s} }},
		{"waiver", record.MaxText, checking(), bs, func(s private.Text) pep.Action { return pep.Finalise{Waiver: s} }},
		{"reason", record.MaxText, finalised(), bs, func(s private.Text) pep.Action { return pep.Revise{Reason: s} }},
		{"reason", record.MaxText, finalised(), sd, func(s private.Text) pep.Action { return pep.Reopen{Reason: s} }},
		{"reason", record.MaxText, started(), sd, func(s private.Text) pep.Action { return pep.Delete{Reason: s} }},
	} {
		t.Run(test.do(private.Text{}).Verb().String(), func(t *testing.T) {
			t.Parallel()
			p := run(t, atSchool(), test.at...)
			before, by := p.Snapshot(), act(test.by, "2026-01-23", atSchool())
			for _, bad := range []string{strings.Repeat("é", test.most+1), "a\xff"} {
				requireInvalid(t, test.member, p.Do(by, test.do(text(bad))))
				require.Equal(t, before, p.Snapshot())
			}
			require.NoError(t, p.Do(by, test.do(text(strings.Repeat("é", test.most)))))
		})
	}
	p := run(t, atSchool(), started()...)
	requireInvalid(t, "size", p.Do(act(sw, "2026-01-06", atSchool()), pep.Attach{Name: text("a"), Size: record.MaxFileSize + 1}))
	require.NoError(t, p.Do(act(sw, "2026-01-06", atSchool()), pep.Attach{Name: text("a"), Size: record.MaxFileSize}))
}
