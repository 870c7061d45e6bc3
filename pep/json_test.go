package pep_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/goldentest"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term"
)

// values returns the values that a front end shows, as the library returns them.
func values(t *testing.T) (all []any) {
	t.Helper()
	p := run(t, atSchool(), delegated()...)
	options, err := p.Options(act(pep.SocialWorker, "2026-01-20", atSchool()))
	require.NoError(t, err)
	refused := p.Do(act(pep.SocialWorker, "2026-01-20", atSchool()), pep.Finalise{})
	var refusal *rule.Refusal
	require.ErrorAs(t, refused, &refusal)
	outlook, err := p.Outlook(act(pep.SocialWorker, "2026-01-20", atSchool()))
	require.NoError(t, err)
	spring := term.MustParse("SPRING 2026")
	missing, err := pep.Lancashire().Missing(on("2014-03-05"), pep.MissingQuestion{Term: spring, Today: on("2026-02-01"), Care: record.Care{Throughout: true}})
	require.NoError(t, err)
	grading, err := pep.Lancashire().Grading(pep.GradingQuestion{Establishment: schoolID, Term: spring}, nil)
	require.NoError(t, err)
	deadlines, err := pep.Lancashire().InitialDeadlines(on("2026-01-05"), true)
	require.NoError(t, err)
	rules := pep.Lancashire().Delegation(on("2026-01-20"))
	due, err := rules.Due(on("2026-01-14"), on("2026-01-20"))
	require.NoError(t, err)
	late, err := rules.Timeliness(on("2026-01-28"), on("2026-02-02"), on(""))
	require.NoError(t, err)
	assigned, err := rules.ParseAssignment("SPRING—17/06/2026", spring, term.Term{})
	require.NoError(t, err)
	another := pep.ID{UUID: uid(2)}
	line := lineOf(term.MustParse("SUMMER 2025"))
	section, _ := forms.TemplateOf(forms.SecondaryMainstream).Section(3)
	section.Questions = section.Questions[:1]
	later := time.Date(2026, 1, 20, 10, 30, 0, 0, time.UTC)
	waits := rule.Reason{Rule: rule.PRE3, Code: rule.NotYetSelectable, Section: 2, On: on("2026-01-20"), From: later}
	message := storage.Message{ID: uuid.UUID{1}, Plan: planID, Version: 5, Kind: pep.NoticeDelegated.String(), Verb: pep.VerbDelegate, Child: childID, Establishment: schoolID, Contributor: teacherID, On: on("2026-01-20"), At: later}
	return []any{
		options[pep.VerbRetract-1], options[pep.VerbFinalise-1],
		refusal, rule.Refuse("delegate", waits), rule.Invalids(errors.Join(rule.Need(false, "born", "the date of birth"), rule.Need(false, "due", "a date"))),
		rule.IDs{}, rule.IDs{rule.DUE3, rule.DUE7},
		outlook, missing, missing.Requirement, grading, deadlines, p.Loss(), pep.Loss{},
		due, late, assigned, rules.CarryForward(on("2026-01-14"), due.On, on("2026-02-02"), on(""), 0),
		payment.Run{Lines: []payment.Line{line}, Exceptions: []payment.Exception{{Plan: another, Child: line.Child, Term: line.Term, Establishment: schoolID, Verdict: payment.NotPayable, Cause: payment.AlreadyPaid, Rules: rule.IDs{rule.PAY3}}}, Pence: line.Pence, Revision: 1},
		payment.Run{Lines: []payment.Line{}, Exceptions: []payment.Exception{}}, payment.Exception{Verdict: payment.Held, Cause: payment.NotFinalised, Term: spring, Rules: rule.IDs{rule.PAY1}},
		payment.Decision{Verdict: payment.NotPayable, Cause: payment.PayeeUnpaid, FinancialYear: spring.FinancialYear(), Rules: rule.IDs{rule.PAY7}, Revision: 1},
		message, storage.RemindOn(p, on("2026-01-14"), later), storage.Outcome{Plan: planID, Version: 5, Events: []uuid.UUID{{2}}},
		storage.Entry{ID: uuid.UUID{3}, By: person(pep.System), Role: pep.System, At: later, What: storage.Acted, Name: "destroy"},
		storage.Entry{ID: uuid.UUID{3}, By: person(pep.SocialWorker), For: person(pep.System), Role: pep.SocialWorker, At: later, What: storage.Denied, Name: "finalise", Plan: planID, Child: childID, Kind: workflow.Refused.String(), Rule: rule.FINAL1},
		workflow.DayReport{On: on("2026-01-20")},
		workflow.DayReport{On: on("2026-01-20"), Reminded: []pep.ID{planID}, NotStarted: []workflow.Next{{After: planID, Child: childID, Meeting: on("2026-06-17")}}, Failed: []*workflow.Error{{Op: "remind", Plan: planID, Err: storage.ErrDamaged}}},
		workflow.Repinning{Plan: planID, From: 1, To: 2, Parameters: policy.CompareFor(policy.Days{}, pep.Lancashire(), pep.Lancashire()), Before: outlook, After: outlook},
		section, definition(rule.FINAL1), pep.Lancashire().ExplainLastTerm(on("2014-03-05")),
	}
}

// lineOf returns a payment for a plan of a term.
func lineOf(of term.Term) payment.Line {
	return payment.Line{
		Payment: record.Payment{Child: record.ChildID{UUID: uid(101)}, Term: of, Establishment: schoolID, Pence: 610_00, PaidOn: on("2025-12-01")},
		Plan:    planID, Version: 9, FinancialYear: of.FinancialYear(), Cause: payment.Paid,
	}
}

func definition(id rule.ID) (found rule.Definition) {
	for d := range rule.Catalogue() {
		if d.ID == id {
			found = d
		}
	}
	return found
}

// members finds the names of members.
var members = regexp.MustCompile(`"([^"]*)":`)

// TestWhatAFrontEndShowsHasJSON compares the JSON of public values with
// testdata/json.txt. Members are in lower camel case, lists are never null, and an instant
// or a day that is not set is left out.
func TestWhatAFrontEndShowsHasJSON(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	for _, v := range values(t) {
		doc, err := json.Marshal(v)
		require.NoError(t, err)
		require.NotContains(t, string(doc), "0001-01-01", "%T", v)
		require.NotContains(t, string(doc), "null", "%T", v)
		require.NotContains(t, string(doc), `""`, "%T", v)
		for _, member := range members.FindAllSubmatch(doc, -1) {
			require.Regexp(t, "^[a-z][A-Za-z]*$", string(member[1]), "%T", v)
		}
		out.WriteString(strings.TrimPrefix(strings.TrimPrefix(fmt.Sprintf("%T", v), "*"), "[]*") + "\n\t" + string(doc) + "\n")
	}
	goldentest.Require(t, "testdata/json.txt", out.String())
}

// TestWhatWasShownIsReadBack checks that a Go program can read the JSON that another
// Go program wrote.
func TestWhatWasShownIsReadBack(t *testing.T) {
	t.Parallel()
	var reason rule.Reason
	requireReadBack(t, rule.Reason{Rule: rule.PRE3, Code: rule.NotYetSelectable, Section: 2, On: on("2026-01-20"), From: time.Date(2026, 1, 20, 10, 30, 0, 5, time.UTC)}, &reason)
	var ids rule.IDs
	requireReadBack(t, rule.IDs{rule.DUE3, rule.DUE7}, &ids)
	var line payment.Line
	requireReadBack(t, lineOf(term.MustParse("SUMMER 2025")), &line)
	var late delegation.Timeliness
	requireReadBack(t, delegation.Timeliness{Status: delegation.Overdue, DaysLate: 5, WorkingDaysLate: 3, Rules: rule.IDs{rule.DUE3}}, &late)
	var missing pep.MissingDecision
	requireReadBack(t, pep.MissingDecision{Standing: pep.Excused, Reason: pep.NewToCare, By: on("2026-05-01")}, &missing)
}

func requireReadBack[T any](t *testing.T, v T, into *T) {
	t.Helper()
	doc, err := json.Marshal(v)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(doc, into))
	require.Equal(t, v, *into)
}
