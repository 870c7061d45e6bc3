package rule_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

func TestWithoutAReasonThereIsNoRefusal(t *testing.T) {
	t.Parallel()
	var reasons rule.Reasons
	require.True(t, reasons.Empty())
	require.NoError(t, reasons.Err("finalise"))
	require.Empty(t, reasons.List())
}

func TestRefusalGathersEveryReason(t *testing.T) {
	t.Parallel()
	var reasons rule.Reasons
	reasons.Add(rule.FINAL1, rule.SocialWorkerNeverFinalises)
	reasons.Add(rule.GRADE1, rule.GradeRequired)
	require.False(t, reasons.Empty())

	err := fmt.Errorf("wrapped: %w", reasons.Err("finalise"))
	require.ErrorIs(t, err, rule.FINAL1)
	require.ErrorIs(t, err, rule.GRADE1)
	require.NotErrorIs(t, err, rule.FINAL2)
	require.NotErrorIs(t, err, rule.ID(0))

	var refusal *rule.Refusal
	require.True(t, errors.As(err, &refusal))
	require.Equal(t, rule.FINAL1, refusal.Rule())
	require.Equal(t, rule.SocialWorkerNeverFinalises, refusal.Code())
	require.Len(t, refusal.Reasons(), 2)
	require.Equal(t, "finalise: FINAL-1: a social worker cannot finalise a plan; business support can; reassign the plan to business support. "+
		"GRADE-1: the plan must be graded before it can be finalised; send it for grading, or give a reason for waiving the grade", refusal.Error())
	require.Equal(t, "a social worker cannot finalise a plan; business support can; reassign the plan to business support. "+
		"The plan must be graded before it can be finalised; send it for grading, or give a reason for waiving the grade", rule.Text(refusal.Reasons()))
}

func TestRefusalKeepsItsOwnReasons(t *testing.T) {
	t.Parallel()
	refusal := rule.Refuse("delegate", rule.Reason{Rule: rule.SECT3, Code: rule.SectionsIncomplete, Section: 2})
	refusal.Reasons()[0].Rule = rule.PRE1
	require.Equal(t, rule.SECT3, refusal.Rule())
}

func TestReasonsBeyondTenAreNotKept(t *testing.T) {
	t.Parallel()
	var reasons rule.Reasons
	for n := range rule.ID(14) {
		reasons.Add(n+1, rule.Blank)
	}
	require.Len(t, reasons.List(), 10)
	require.Equal(t, rule.ID(1), reasons.List()[0].Rule)
}

func TestReasonSaysSectionDayAndInstant(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		reason rule.Reason
		want   string
	}{
		{"code alone", rule.Reason{Code: rule.NotActivated}, "the completed sections have been returned and are still locked"},
		{"section", rule.Reason{Code: rule.SectionsIncomplete, Section: 2}, "some boxes in section 2 are blank"},
		{"day", rule.Reason{Code: rule.PastDate, On: civil.MustParse("2026-01-14")},
			"the due date is before the day of delegation, Wednesday 14 January 2026"},
		{"what is missing", rule.Reason{Code: rule.MissingMember, Words: rule.Absent("the due date")}, "the due date is missing"},
		{"instant", rule.Reason{Code: rule.NotYetSelectable, From: time.Date(2026, 1, 6, 9, 0, 0, 0, time.UTC)},
			"the designated teacher cannot be selected before 09:00 on Tuesday 6 January 2026, because the portal account is too new"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, test.reason.Sentence())
		})
	}
}

func TestReasonsThatDifferInTheSectionAreOneSentence(t *testing.T) {
	t.Parallel()
	var said []string
	for reason, sentence := range rule.Sentences([]rule.Reason{
		{Rule: rule.SECT3, Code: rule.SectionsIncomplete, Section: 1}, {Rule: rule.DELEG2, Code: rule.ContributorElsewhere},
		{Rule: rule.SECT3, Code: rule.SectionsIncomplete, Section: 2}, {Rule: rule.SECT3, Code: rule.SectionsIncomplete, Section: 5},
		{Rule: rule.DELEG2, Code: rule.ContributorElsewhere},
	}) {
		said = append(said, reason.Rule.String()+" "+sentence)
	}
	require.Equal(t, []string{
		"SECT-3 some boxes in sections 1, 2 and 5 are blank", "DELEG-2 the designated teacher belongs to another establishment",
	}, said)
}

func TestGatheringReasonsDoesNotAllocate(t *testing.T) {
	require.Zero(t, testing.AllocsPerRun(100, func() {
		var reasons rule.Reasons
		reasons.Add(rule.FINAL1, rule.SocialWorkerNeverFinalises)
		if reasons.Empty() {
			panic("a reason was lost")
		}
	}))
}

// TestJSONOfARefusalIsJSON checks that whatever was tried is quoted, and that a reason has
// only the members that are set.
func TestJSONOfARefusalIsJSON(t *testing.T) {
	t.Parallel()
	tried := "a\"b\\c\nd\x00é—\u2028\xff"
	doc, err := json.Marshal(rule.Refuse(tried, rule.Reason{Rule: rule.SECT3, Code: rule.SectionsIncomplete, Section: 2}))
	require.NoError(t, err)
	var got struct {
		Tried   string
		Reasons []map[string]any
	}
	require.NoError(t, json.Unmarshal(doc, &got))
	require.Equal(t, strings.ToValidUTF8(tried, "\uFFFD"), got.Tried)
	require.Equal(t, []map[string]any{{
		"rule": "SECT-3", "code": "sections_incomplete", "message": "some boxes in section 2 are blank",
		"remedy": "answer each question, or write N/A if it does not apply", "section": 2.0,
	}}, got.Reasons)
	for _, marshals := range []any{rule.IDs{}, []rule.ID{}} {
		doc, err = json.Marshal(marshals)
		require.NoError(t, err)
		require.Equal(t, "[]", string(doc))
	}
}
