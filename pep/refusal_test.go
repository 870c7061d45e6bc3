package pep_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
)

// but returns the facts of atSchool after the given changes.
func but(changes ...func(*pep.Facts)) pep.Facts {
	f := atSchool()
	for _, change := range changes {
		change(&f)
	}
	return f
}

func born(day string) func(*pep.Facts) {
	return func(f *pep.Facts) { f.Child.Born = private.NewDate(on(day)) }
}

func care(episodes ...record.Episode) func(*pep.Facts) {
	return func(f *pep.Facts) { f.Child.Care = record.Care{Episodes: episodes} }
}

func span(from, to string) record.Span { return record.Span{From: on(from), To: on(to)} }

func nowhere(f *pep.Facts) { f.Establishment, f.Contributor = nil, nil }

// after makes the previous plan a finalised plan of SPRING 2026 with the given next
// meeting.
func after(next string) func(*pep.Facts) {
	return func(f *pep.Facts) {
		f.Previous = &pep.Previous{Plan: planID, Started: on("2026-01-05"), Term: term.New(term.Spring, 2026), Next: on(next)}
	}
}

var (
	sw, bs, vsc = pep.SocialWorker, pep.BusinessSupport, pep.VirtualSchoolConsultant
	dt, sd, sys = pep.DesignatedTeacher, pep.ServiceDesk, pep.System
)

// refusals lists the refusals of the process. Each has steps, facts, an action on a day,
// and the rules that refuse it; the first rule decides.
var refusals = []struct {
	name  string
	steps []step
	facts pep.Facts
	by    pep.Role
	day   string
	do    pep.Action
	want  string // "RULE-ID code" for each reason, in order
}{
	{"business support starts no initial plan", nil, atSchool(), bs, "2026-01-05", pep.StartInitial{Meeting: on("2026-01-14")}, "START-1 wrong_role"},
	{"a social worker starts no subsequent plan", nil, but(after("2026-05-06")), sw, "2026-02-05", pep.StartSubsequent{}, "START-1 wrong_role"},
	{"a started plan is not started again", started(), atSchool(), sw, "2026-01-05", pep.StartInitial{Meeting: on("2026-01-14")}, "START-1 wrong_stage"},
	{"another plan is open", nil, but(func(f *pep.Facts) { f.OtherOpen = true }), sw, "2026-01-05", pep.StartInitial{Meeting: on("2026-01-14")}, "START-2 open_plan"},
	{"another plan is open and one is finalised", nil, but(func(f *pep.Facts) { f.OtherOpen = true; after("")(f) }), sw, "2026-01-05", pep.StartInitial{}, "START-2 open_plan, START-1 first_plan_exists"},
	{"initial after a finalised plan", nil, but(after("2026-05-06")), sw, "2026-02-05", pep.StartInitial{Meeting: on("2026-05-06")}, "START-1 first_plan_exists"},
	{"subsequent without a finalised plan", nil, atSchool(), bs, "2026-02-05", pep.StartSubsequent{Meeting: on("2026-05-06")}, "START-1 no_first_plan"},
	{"subsequent after coming back into care", nil, but(func(f *pep.Facts) {
		after("2026-05-06")(f)
		care(record.Episode{Span: span("2020-01-01", "2026-02-01")}, record.Episode{Span: span("2026-03-01", "")})(f)
	}), bs, "2026-03-05", pep.StartSubsequent{}, "START-1 no_first_plan"},
	{"no meeting", nil, atSchool(), sw, "2026-01-05", pep.StartInitial{}, "START-1 no_meeting"},
	{"no next meeting though more terms need a plan", nil, but(after("")), bs, "2026-02-05", pep.StartSubsequent{}, "START-1 no_meeting"},
	{"no next meeting after the last term", nil, but(func(f *pep.Facts) { born("2008-02-20")(f); after("")(f) }), bs, "2026-02-05", pep.StartSubsequent{}, "ELIG-4 past_last_term"},
	{"too young", nil, but(born("2025-01-05")), sw, "2026-01-05", pep.StartInitial{Meeting: on("2026-01-14")}, "ELIG-11 too_young"},
	{"2 and not in nursery", nil, but(born("2023-12-05")), sw, "2026-01-05", pep.StartInitial{Meeting: on("2026-01-14")}, "ELIG-2 not_in_nursery"},
	{"past the last term", nil, but(born("2007-12-31")), sw, "2026-01-05", pep.StartInitial{Meeting: on("2026-01-14")}, "ELIG-4 past_last_term"},
	{"not looked after in the term", nil, but(care(record.Episode{Span: span("2020-01-01", "2026-01-01")})), sw, "2026-01-05", pep.StartInitial{Meeting: on("2026-01-14")}, "ELIG-1 not_looked_after"},
	{"looked after in the term and not today", nil, but(care(record.Episode{Span: span("2026-01-10", "")})), sw, "2026-01-05", pep.StartInitial{Meeting: on("2026-01-14")}, "ELIG-1 not_looked_after"},
	{"another authority's", nil, but(care(record.Episode{Span: span("2020-01-01", ""), Authority: "890"})), sw, "2026-01-05", pep.StartInitial{Meeting: on("2026-01-14")}, "ELIG-1 other_authority"},
	{"short breaks", nil, but(care(record.Episode{Span: span("2020-01-01", ""), ShortBreak: true})), sw, "2026-01-05", pep.StartInitial{Meeting: on("2026-01-14")}, "ELIG-9 short_break"},
	{"ceased before", nil, but(func(f *pep.Facts) { f.CeasedOn = on("2025-12-20") }), sw, "2026-01-05", pep.StartInitial{Meeting: on("2026-05-14")}, "CHG-4 care_ended"},

	{"the teacher answers as a social worker would", started(), atSchool(), dt, "2026-01-06", pep.Answer{Section: 1}, "DELEG-5 wrong_role"},
	{"a social worker writes while it is delegated", delegated(), atSchool(), sw, "2026-01-07", pep.Answer{Section: 1}, "DELEG-5 wrong_stage"},
	{"a social worker writes before activating", returned(), atSchool(), sw, "2026-01-20", pep.Answer{Section: 1}, "DELEG-5 not_activated"},
	{"section 0", started(), atSchool(), sw, "2026-01-06", pep.Answer{}, "DELEG-5 no_such_section"},
	{"section 7", started(), atSchool(), sw, "2026-01-06", pep.Answer{Section: 7}, "DELEG-5 no_such_section"},
	{"section 257", started(), atSchool(), sw, "2026-01-06", pep.Answer{Section: 257}, "DELEG-5 no_such_section"},
	{"section -1", delegated(), atSchool(), dt, "2026-01-06", pep.SaveContribution{Section: -1}, "DELEG-5 no_such_section"},
	{"the teacher writes after submitting", returned(), atSchool(), dt, "2026-01-20", pep.SaveContribution{Section: 3}, "DELEG-5 wrong_stage"},
	{"activate while delegated", delegated(), atSchool(), sw, "2026-01-20", pep.Activate{}, "DELEG-5 wrong_stage"},
	{"activate twice", join(returned(), nil, step{sw, "2026-01-20", pep.Activate{}}), atSchool(), sw, "2026-01-20", pep.Activate{}, "DELEG-5 already_activated"},

	{"reschedule a returned plan", returned(), atSchool(), sw, "2026-01-20", pep.RescheduleMeeting{Meeting: on("2026-01-28")}, "TERM-2 wrong_stage"},
	{"reschedule to no day", started(), atSchool(), bs, "2026-01-06", pep.RescheduleMeeting{}, "TERM-2 missing_member"},
	{"the teacher reschedules", delegated(), atSchool(), dt, "2026-01-07", pep.RescheduleMeeting{Meeting: on("2026-01-28")}, "TERM-2 wrong_role"},
	{"attach to a finalised plan", finalised(), atSchool(), bs, "2026-01-30", pep.Attach{Name: text("a.pdf")}, "DOC-1 wrong_stage"},
	{"attach without a name", started(), atSchool(), sw, "2026-01-06", pep.Attach{Name: text(" ")}, "DOC-1 blank_name"},
	{"business support attaches to a draft", started(), atSchool(), bs, "2026-01-06", pep.Attach{Name: text("a.pdf")}, "DOC-1 wrong_role"},

	{"business support delegates an initial plan", join(started(), answers(1, 2)), atSchool(), bs, "2026-01-06", pep.Delegate{All: true}, "DELEG-2 wrong_role"},
	{"delegate twice", delegated(), atSchool(), sw, "2026-01-07", pep.Delegate{All: true}, "DELEG-2 wrong_stage"},
	{"the establishment has ended", join(started(), answers(1, 2)), but(func(f *pep.Facts) { f.Establishment.Status = record.Ended }), sw, "2026-01-06", pep.Delegate{All: true}, "PRE-1 establishment_not_current"},
	{"the teacher is not active", join(started(), answers(1, 2)), but(func(f *pep.Facts) { f.Contributor.Active = false }), sw, "2026-01-06", pep.Delegate{All: true}, "PRE-2 contributor_not_active"},
	{"nobody is named", join(started(), answers(1, 2)), but(func(f *pep.Facts) { f.Contributor = nil }), sw, "2026-01-06", pep.Delegate{All: true}, "PRE-2 contributor_not_active"},
	{"the account is too new", join(started(), answers(1, 2)), but(func(f *pep.Facts) { f.Contributor.Actioned = time.Date(2026, 1, 5, 12, 0, 0, 1, time.UTC) }), sw, "2026-01-06", pep.Delegate{All: true}, "PRE-3 not_yet_selectable"},
	{"no establishment", join(started(), answers(1, 2)), but(nowhere), sw, "2026-01-06", pep.Delegate{All: true}, "DELEG-9 nobody_to_delegate_to"},
	{"section 2 has a blank box", join(started(), answers(1, 1)), atSchool(), sw, "2026-01-06", pep.Delegate{All: true}, "SECT-3 sections_incomplete"},
	{"the teacher is another establishment's", join(started(), answers(1, 2)), but(func(f *pep.Facts) { f.Contributor.Establishment = otherID }), sw, "2026-01-06", pep.Delegate{All: true}, "DELEG-2 contributor_elsewhere"},
	{"five of six sections", join(started(), answers(1, 2)), atSchool(), sw, "2026-01-06", pep.Delegate{Sections: []int{1, 2, 3, 4, 5}}, "DELEG-1 not_all_sections"},
	{"no section", join(started(), answers(1, 2)), atSchool(), sw, "2026-01-06", pep.Delegate{}, "DELEG-1 not_all_sections"},
	{"section 7 of six", join(started(), answers(1, 2)), atSchool(), sw, "2026-01-06", pep.Delegate{Sections: []int{7}}, "DELEG-5 no_such_section"},
	{"section 9", join(started(), answers(1, 2)), atSchool(), sw, "2026-01-06", pep.Delegate{Sections: []int{9}}, "DELEG-5 no_such_section"},
	{"due yesterday", join(started(), answers(1, 2)), atSchool(), sw, "2026-01-06", pep.Delegate{All: true, Due: on("2026-01-05")}, "DELEG-3 past_date"},
	{"everything at once", started(), but(func(f *pep.Facts) {
		f.Establishment.Status, f.Contributor.Active = record.Ended, false
		f.Contributor.Actioned = time.Date(2026, 1, 6, 9, 0, 0, 0, time.UTC)
	}), sw, "2026-01-06", pep.Delegate{Sections: []int{1}, Due: on("2026-01-05")},
		"PRE-1 establishment_not_current, PRE-2 contributor_not_active, PRE-3 not_yet_selectable, SECT-3 sections_incomplete, SECT-3 sections_incomplete, DELEG-1 not_all_sections, DELEG-3 past_date"},

	{"submit twice", returned(), atSchool(), dt, "2026-01-21", pep.SubmitContribution{}, "DELEG-8 wrong_stage"},
	{"a social worker submits", delegated(), atSchool(), sw, "2026-01-21", pep.SubmitContribution{}, "DELEG-8 wrong_role"},
	{"change the contributor of a returned plan", returned(), atSchool(), sw, "2026-01-21", pep.ChangeContributor{}, "DELEG-2 wrong_stage"},
	{"change to another establishment's teacher", delegated(), but(func(f *pep.Facts) { f.Contributor.ID = deputyID; f.Contributor.Establishment = otherID }), sw, "2026-01-21", pep.ChangeContributor{}, "DELEG-2 contributor_elsewhere"},
	{"change although the child has moved", delegated(), but(func(f *pep.Facts) {
		f.Contributor.ID = deputyID
		f.Establishment.ID, f.Contributor.Establishment = otherID, otherID
	}), sw, "2026-01-21", pep.ChangeContributor{}, "DELEG-2 contributor_elsewhere"},
	{"change to an inactive teacher", delegated(), but(func(f *pep.Facts) { f.Contributor.ID = deputyID; f.Contributor.Active = false }), bs, "2026-01-21", pep.ChangeContributor{}, "PRE-2 contributor_not_active"},
	{"change although the child is in no school", delegated(), but(nowhere), bs, "2026-01-21", pep.ChangeContributor{}, "DELEG-2 contributor_elsewhere"},
	{"retract after submitting", returned(), atSchool(), sw, "2026-01-21", pep.Retract{ConfirmedWithSetting: true, Reason: text("Moved")}, "DELEG-6 wrong_stage"},
	{"retract unconfirmed and without a reason", delegated(), atSchool(), sw, "2026-01-21", pep.Retract{}, "DELEG-6 not_confirmed, DELEG-6 blank"},
	{"business support retracts", delegated(), atSchool(), bs, "2026-01-21", pep.Retract{ConfirmedWithSetting: true, Reason: text("Moved")}, "DELEG-6 wrong_role"},
	{"re-delegate before activating", returned(), atSchool(), sw, "2026-01-21", pep.Redelegate{Comments: text("More")}, "DELEG-7 not_activated"},
	{"re-delegate without comments", join(returned(), nil, step{sw, "2026-01-20", pep.Activate{}}), atSchool(), sw, "2026-01-21", pep.Redelegate{Comments: text("\u200b")}, "DELEG-7 blank"},
	{"re-delegate due in the past", join(returned(), nil, step{sw, "2026-01-20", pep.Activate{}}), atSchool(), sw, "2026-01-21", pep.Redelegate{Comments: text("More"), Due: on("2026-01-20")}, "DELEG-3 past_date"},

	{"reassign with a blank box", join(started(), answers(1, 5)), but(nowhere), sw, "2026-01-20", pep.Reassign{Comment: text("SPRING—06/05/2026")}, "SECT-3 sections_incomplete"},
	{"reassign straight from draft", join(started(), answers(1, 6)), atSchool(), sw, "2026-01-20", pep.Reassign{Comment: text("SPRING—06/05/2026")}, "SECT-3 not_self_completed"},
	{"business support reassigns", returned(), atSchool(), bs, "2026-01-20", pep.Reassign{Comment: text("SPRING—06/05/2026")}, "SECT-3 wrong_role"},
	{"no comment", returned(), atSchool(), sw, "2026-01-20", pep.Reassign{}, "ASSIGN-1 comment_term"},
	{"another term", returned(), atSchool(), sw, "2026-01-20", pep.Reassign{Comment: text("SUMMER—06/05/2026")}, "ASSIGN-2 other_term"},
	{"before the plan's term", returned(), atSchool(), sw, "2026-01-20", pep.Reassign{Comment: text("SPRING—06/05/2025")}, "ASSIGN-3 next_meeting_too_early"},
	{"a next meeting is needed", returned(), atSchool(), sw, "2026-01-20", pep.Reassign{Comment: text("SPRING—N/A")}, "ASSIGN-4 next_meeting_needed"},
	{"incomplete and no comment", join(started(), answers(1, 4)), but(nowhere), sw, "2026-01-20", pep.Reassign{}, "SECT-3 sections_incomplete, SECT-3 sections_incomplete, ASSIGN-1 comment_term"},

	{"grading that is not required", checking(), atSchool(), bs, "2026-01-22", pep.SendForGrading{}, "GRADE-1 grading_not_required"},
	{"a social worker sends for grading", returned(), atSchool(), sw, "2026-01-22", pep.SendForGrading{Reason: text("Check")}, "GRADE-1 wrong_role, GRADE-1 wrong_stage"},
	{"business support grades", grading(), atSchool(), bs, "2026-01-23", pep.AwardGrade{Grade: pep.Green}, "GRADE-9 wrong_role"},
	{"grade while checking", checking(), atSchool(), vsc, "2026-01-23", pep.AwardGrade{Grade: pep.Green}, "GRADE-9 wrong_stage"},
	{"no grade", grading(), atSchool(), vsc, "2026-01-23", pep.AwardGrade{}, "GRADE-9 missing_member"},
	{"red without feedback", grading(), atSchool(), vsc, "2026-01-23", pep.AwardGrade{Grade: pep.Red}, "GRADE-4 feedback_missing"},
	{"returned without a reason", checking(), atSchool(), bs, "2026-01-22", pep.ReturnForAmendment{}, "AMEND-1 blank"},
	{"the consultant returns what is being checked", checking(), atSchool(), vsc, "2026-01-22", pep.ReturnForAmendment{Reason: text("Voice")}, "AMEND-1 wrong_role"},
	{"business support returns what is being graded", grading(), atSchool(), bs, "2026-01-22", pep.ReturnForAmendment{Reason: text("Voice")}, "AMEND-1 wrong_role"},

	{"a social worker finalises a draft", started(), atSchool(), sw, "2026-01-22", pep.Finalise{}, "FINAL-1 social_worker_never_finalises, FINAL-2 wrong_stage"},
	{"a social worker finalises", checking(), atSchool(), sw, "2026-01-22", pep.Finalise{}, "FINAL-1 social_worker_never_finalises"},
	{"a consultant finalises", checking(), atSchool(), vsc, "2026-01-22", pep.Finalise{}, "FINAL-2 wrong_role"},
	{"finalise while grading", grading(), atSchool(), bs, "2026-01-22", pep.Finalise{}, "FINAL-2 wrong_stage"},
	{"finalise without a required grade", checking(), but(func(f *pep.Facts) { f.Grading.Required = true }), bs, "2026-01-22", pep.Finalise{Waiver: text(" ")}, "GRADE-1 grade_required"},
	{"finalise a red plan", join(grading(), nil,
		step{vsc, "2026-01-23", pep.AwardGrade{Grade: pep.Red, Feedback: text("No voice")}},
		step{sw, "2026-01-24", pep.Reassign{Comment: text("SPRING—06/05/2026")}}), atSchool(), bs, "2026-01-24", pep.Finalise{Waiver: text("Late")}, "FINAL-2 graded_red"},
	{"revise without a reason", finalised(), atSchool(), bs, "2026-02-01", pep.Revise{}, "AMEND-1 blank"},
	{"revise what is not finalised", checking(), atSchool(), bs, "2026-02-01", pep.Revise{Reason: text("Typo")}, "AMEND-1 wrong_stage"},
	{"revise beside an open plan", finalised(), but(func(f *pep.Facts) { f.OtherOpen = true }), bs, "2026-02-01", pep.Revise{Reason: text("Typo")}, "START-2 open_plan"},
	{"business support reopens", finalised(), atSchool(), bs, "2026-02-01", pep.Reopen{Reason: text("Asked")}, "FINAL-4 wrong_role"},
	{"reopen without a reason", finalised(), atSchool(), sd, "2026-02-01", pep.Reopen{}, "FINAL-4 blank"},
	{"business support deletes", started(), atSchool(), bs, "2026-02-01", pep.Delete{Reason: text("Twice")}, "FINAL-4 wrong_role"},
	{"delete what is not started", nil, atSchool(), sd, "2026-02-01", pep.Delete{Reason: text("Twice")}, "FINAL-4 wrong_stage"},
	{"cease without a day", started(), atSchool(), sys, "2026-02-01", pep.Cease{}, "CHG-4 missing_member"},
	{"cease a finalised plan", finalised(), atSchool(), sys, "2026-02-01", pep.Cease{On: on("2026-02-01")}, "CHG-4 wrong_stage"},
	{"carry forward in term", delegated(), atSchool(), sys, "2026-03-31", pep.CarryForward{}, "OOT-2 not_yet_carried"},
	{"a social worker carries forward", delegated(), atSchool(), sw, "2026-04-01", pep.CarryForward{}, "OOT-2 wrong_role"},
	{"carry forward what is returned", returned(), atSchool(), sys, "2026-04-01", pep.CarryForward{}, "OOT-2 wrong_stage"},
	{"carry forward twice", join(delegated(), nil, step{sys, "2026-04-01", pep.CarryForward{}}), atSchool(), sys, "2026-09-01", pep.CarryForward{}, "OOT-4 already_carried"},
	{"business support re-pins", started(), atSchool(), bs, "2026-02-01", pep.Repin{}, "REPIN-1 wrong_role"},
}

func TestRefusalsOfTheProcess(t *testing.T) {
	t.Parallel()
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := run(t, stepsFacts(c.facts), c.steps...)
			before, pending, content := p.Snapshot(), p.Pending(), p.Content()
			by := act(c.by, c.day, c.facts)
			if c.do.Verb() == pep.VerbRepin {
				by.Policy = revisions[2]
			}
			err := p.Do(by, c.do)
			var refusal *rule.Refusal
			require.ErrorAs(t, err, &refusal)
			require.Equal(t, c.want, reasons(refusal))
			require.Equal(t, c.do.Verb().String(), refusal.Tried)
			require.Equal(t, before, p.Snapshot(), "a refused action changes nothing")
			require.Equal(t, pending, p.Pending())
			require.Equal(t, content, p.Content())
		})
	}
}

// stepsFacts returns the facts under which the steps before a refusal are taken: those
// of atSchool, with the birth date of the case.
func stepsFacts(f pep.Facts) pep.Facts {
	at := atSchool()
	at.Child.Born = f.Child.Born
	return at
}

func reasons(r *rule.Refusal) string {
	var all []string
	for _, reason := range r.Reasons() {
		all = append(all, reason.Rule.String()+" "+reason.Code.String())
	}
	return strings.Join(all, ", ")
}

func TestAMalformedActOrActionIsInvalid(t *testing.T) {
	t.Parallel()
	long := forms.NewAnswers(map[string]string{"no_such_question": "x"})
	for _, c := range []struct {
		name   string
		steps  []step
		change func(*pep.Act)
		do     pep.Action
		want   string
	}{
		{"no action at all", started(), func(*pep.Act) {}, nil, "do"},
		{"no policy", started(), func(a *pep.Act) { a.Policy = nil }, pep.Finalise{}, "policy"},
		{"a zero policy", nil, func(a *pep.Act) { a.Policy = new(pep.Policy) }, pep.StartInitial{Meeting: on("2026-01-14")}, "policy"},
		{"no role", started(), func(a *pep.Act) { a.Role = 0 }, pep.Finalise{}, "by"},
		{"unknown role", started(), func(a *pep.Act) { a.Role = 10 }, pep.Finalise{}, "by"},
		{"no day", started(), func(a *pep.Act) { a.On = on("") }, pep.Finalise{}, "on"},
		{"another revision", started(), func(a *pep.Act) { a.Policy = revisions[2] }, pep.Finalise{}, "policy"},
		{"an establishment without an id", started(), func(a *pep.Act) { a.Facts.Establishment = &record.Establishment{} }, pep.Finalise{}, "establishment"},
		{"a contributor without an id", started(), func(a *pep.Act) { a.Facts.Contributor = &record.Contributor{} }, pep.Finalise{}, "contributor"},
		{"a child without an id", nil, func(a *pep.Act) { a.Facts.Child.ID = record.ChildID{} }, pep.StartInitial{Meeting: on("2026-01-14")}, "child"},
		{"a child without a birth date", nil, func(a *pep.Act) { a.Facts.Child.Born = private.Date{} }, pep.StartInitial{Meeting: on("2026-01-14")}, "born"},
		{"a child born after the term", nil, func(a *pep.Act) { a.Facts.Child.Born = private.NewDate(on("2026-04-01")) }, pep.StartInitial{Meeting: on("2026-01-14")}, "born"},
		{"an answer to no question", started(), func(*pep.Act) {}, pep.Answer{Section: 1, Answers: long}, "answers"},
		{"a grade beyond green", grading(), func(a *pep.Act) { a.Role = vsc }, pep.AwardGrade{Grade: 4}, "grade"},
		{"a file of less than nothing", started(), func(*pep.Act) {}, pep.Attach{Name: text("a.pdf"), Size: -1}, "size"},
		{"another contributor than the facts name", join(started(), answers(1, 2)), func(*pep.Act) {}, pep.Delegate{All: true, To: deputyID}, "to"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := run(t, atSchool(), c.steps...)
			before, by := p.Snapshot(), act(sw, "2026-01-23", atSchool())
			c.change(by)
			requireInvalid(t, c.want, p.Do(by, c.do))
			require.Equal(t, before, p.Snapshot())
		})
	}
}

func TestPlanWithoutAnIDIsNotStarted(t *testing.T) {
	t.Parallel()
	requireInvalid(t, "plan", pep.New(pep.ID{}).Do(act(sw, "2026-01-05", atSchool()), pep.StartInitial{Meeting: on("2026-01-14")}))
}

func TestOptionsOfAnUnusableActAreInvalid(t *testing.T) {
	t.Parallel()
	options, err := run(t, atSchool(), started()...).Options(&pep.Act{})
	require.Nil(t, options)
	requireInvalid(t, "policy", err)
}
