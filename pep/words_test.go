package pep_test

import (
	"encoding"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/goldentest"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term"
)

// enumeration describes one enumeration that a front end shows, with all its
// values.
type enumeration struct {
	member string
	values []string
	words  []string
}

// shown returns the values of an enumeration. It requires that each is read back from its
// text form and from JSON, that empty text is the zero value, and that any other text is
// refused with the name of the member.
func shown[E interface {
	~uint8
	encoding.TextMarshaler
	fmt.Stringer
}](t *testing.T, member string, parse func(string) (E, error), words func(E) string) enumeration {
	t.Helper()
	e := enumeration{member: member}
	for n := range 256 {
		v := E(n)
		name := v.String()
		marshalled, err := json.Marshal([]E{v})
		require.NoError(t, err)
		require.Equal(t, fmt.Sprintf("[%q]", name), string(marshalled))
		if name == "" {
			require.Empty(t, words(v), "%T %d", v, n)
			continue
		}
		var read []E
		require.NoError(t, json.Unmarshal(marshalled, &read))
		require.Equal(t, []E{v}, read)
		parsed, err := parse(name)
		require.NoError(t, err)
		require.Equal(t, v, parsed)
		e.values, e.words = append(e.values, name), append(e.words, words(v))
	}
	text := any(new(E)).(encoding.TextUnmarshaler)
	for _, bad := range []string{"Jane Doe", " ", e.values[0] + " ", "no_such"} {
		_, err := parse(bad)
		requireInvalid(t, member, err)
		requireInvalid(t, member, text.UnmarshalText([]byte(bad)))
		require.NotContains(t, err.Error(), "Jane")
		var read E
		require.Equal(t, member, rule.InvalidMember(json.Unmarshal([]byte(`"Jane Doe"`), &read)))
	}
	_, err := parse("")
	requireInvalid(t, member, err)
	read := E(255)
	require.NoError(t, any(&read).(encoding.TextUnmarshaler).UnmarshalText(nil))
	require.Zero(t, read)
	return e
}

// TestEveryEnumerationHasTextAndWords compares the text forms, which are stored and sent,
// and the words, which people read, with testdata/words.txt.
func TestEveryEnumerationHasTextAndWords(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	for _, e := range []struct {
		name string
		enumeration
	}{
		{"term.Season", shown(t, "season", term.ParseSeason, term.Season.Words)},
		{"forms.YearGroup", shown(t, "yearGroup", forms.ParseYearGroup, forms.YearGroup.Words)},
		{"forms.KeyStage", shown(t, "keyStage", forms.ParseKeyStage, forms.KeyStage.Words)},
		{"forms.Setting", shown(t, "setting", forms.ParseSetting, forms.Setting.Words)},
		{"forms.Type", shown(t, "formType", forms.ParseType, forms.Type.Words)},
		{"forms.Author", shown(t, "by", forms.ParseAuthor, forms.Author.Words)},
		{"forms.Item", shown(t, "statutory", forms.ParseItem, forms.Item.Words)},
		{"forms.Fill", shown(t, "fill", forms.ParseFill, forms.Fill.Words)},
		{"record.Consent", shown(t, "consent", record.ParseConsent, record.Consent.Words)},
		{"record.Status", shown(t, "status", record.ParseStatus, record.Status.Words)},
		{"record.EducationKind", shown(t, "kind", record.ParseEducationKind, record.EducationKind.Words)},
		{"record.RequestKind", shown(t, "kind", record.ParseRequestKind, record.RequestKind.Words)},
		{"delegation.State", shown(t, "state", delegation.ParseState, delegation.State.Words)},
		{"delegation.DueStatus", shown(t, "status", delegation.ParseDueStatus, delegation.DueStatus.Words)},
		{"delegation.Gap", shown(t, "warning", delegation.ParseGap, delegation.Gap.Words)},
		{"pep.Stage", shown(t, "stage", pep.ParseStage, pep.Stage.Words)},
		{"pep.Tray", shown(t, "tray", pep.ParseTray, pep.Tray.Words)},
		{"pep.Role", shown(t, "role", pep.ParseRole, pep.Role.Words)},
		{"pep.Verb", shown(t, "do", pep.ParseVerb, pep.Verb.Words)},
		{"pep.PlanKind", shown(t, "kind", pep.ParsePlanKind, pep.PlanKind.Words)},
		{"pep.Grade", shown(t, "grade", pep.ParseGrade, pep.Grade.Words)},
		{"pep.Notice", shown(t, "notice", pep.ParseNotice, pep.Notice.Words)},
		{"pep.Warning", shown(t, "warning", pep.ParseWarning, pep.Warning.Sentence)},
		{"pep.Eligibility", shown(t, "reason", pep.ParseEligibility, pep.Eligibility.Words)},
		{"pep.GradingReason", shown(t, "reason", pep.ParseGradingReason, pep.GradingReason.Words)},
		{"pep.Standing", shown(t, "standing", pep.ParseStanding, pep.Standing.Words)},
		{"pep.MissingReason", shown(t, "reason", pep.ParseMissingReason, pep.MissingReason.Words)},
		{"pep.Criterion", shown(t, "criterion", pep.ParseCriterion, pep.Criterion.Words)},
		{"payment.Verdict", shown(t, "verdict", payment.ParseVerdict, payment.Verdict.Words)},
		{"payment.Cause", shown(t, "cause", payment.ParseCause, payment.Cause.Words)},
		{"storage.Deed", shown(t, "what", storage.ParseDeed, storage.Deed.Words)},
		{"workflow.Kind", shown(t, "kind", workflow.ParseKind, workflow.Kind.Words)},
		{"workflow.ExportPurpose", shown(t, "purpose", workflow.ParseExportPurpose, workflow.ExportPurpose.Words)},
		{"rule.Code", shown(t, "code", rule.ParseCode, rule.Code.Sentence)},
	} {
		out.WriteString(e.name + "\n")
		seen := map[string]bool{}
		for n, words := range e.words {
			require.NotEmpty(t, words, "%s %s", e.name, e.values[n])
			require.False(t, seen[words], "%s: two values have the words %q", e.name, words)
			seen[words] = true
			out.WriteString("\t" + e.values[n] + ": " + words + "\n")
		}
	}
	goldentest.Require(t, "testdata/words.txt", out.String())
}

// TestEveryCodeCanBeTranslated checks that a host can tell whether its translation is
// complete.
func TestEveryCodeCanBeTranslated(t *testing.T) {
	t.Parallel()
	n := 0
	for code := range rule.AllCodes() {
		require.NotEmpty(t, code.String())
		n++
	}
	require.Equal(t, n, int(rule.DifferentTerms))
}
