package forms_test

import (
	"encoding"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
)

// enumeration is what every enumeration of the package does.
type enumeration[E any] interface {
	*E
	encoding.TextMarshaler
	encoding.TextUnmarshaler
	String() string
}

// names asserts that an enumeration's members, from 1, have these text forms,
// both ways, and that nothing else has one.
func names[E ~uint8, P enumeration[E]](t *testing.T, parse func(string) (E, error), member, want string) {
	t.Helper()
	texts := strings.Fields(want)
	for n := range 256 {
		e, text := E(n), ""
		if 1 <= n && n <= len(texts) {
			text = texts[n-1]
		}
		require.Equal(t, text, P(&e).String())
		marshalled, err := P(&e).MarshalText()
		require.NoError(t, err)
		require.Equal(t, text, string(marshalled))
		read, err := parse(text)
		if text == "" {
			require.Equal(t, member, rule.InvalidMember(err))
			continue
		}
		require.NoError(t, err)
		require.Equal(t, e, read)
		require.NoError(t, P(&read).UnmarshalText(marshalled))
		require.Equal(t, e, read)
	}
	_, err := parse("Jane Doe")
	require.Equal(t, member, rule.InvalidMember(err))
	require.NotContains(t, err.Error(), "Jane")
	var e E
	require.Error(t, P(&e).UnmarshalText([]byte(strings.ToUpper(texts[0])+"!")))
}

func TestNamesOfEveryEnumeration(t *testing.T) {
	t.Parallel()
	names(t, forms.ParseYearGroup, "yearGroup", "pre-nursery N1 N2 R Y1 Y2 Y3 Y4 Y5 Y6 Y7 Y8 Y9 Y10 Y11 Y12 Y13")
	names(t, forms.ParseKeyStage, "keyStage", "EYFS KS1 KS2 KS3 KS4 KS5")
	names(t, forms.ParseSetting, "setting", "none mainstream special")
	names(t, forms.ParseType, "formType", "early_years primary_mainstream secondary_mainstream key_stage_5 primary_special secondary_special")
	names(t, forms.ParseAuthor, "by", "social_worker designated_teacher")
	names(t, forms.ParseItem, "statutory", "none history arrangements changes leisure carers_role identity health wishes review")
	names(t, forms.ParseFill, "fill", "blank not_applicable answered")
}

func TestAllTypesIteratesOverTheSix(t *testing.T) {
	t.Parallel()
	var all []string
	for formType := range forms.AllTypes() {
		all = append(all, formType.String())
	}
	require.Equal(t, strings.Fields("early_years primary_mainstream secondary_mainstream key_stage_5 primary_special secondary_special"), all)
	for formType := range forms.AllTypes() {
		require.Equal(t, forms.EarlyYears, formType)
		break
	}
}
