package forms_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
)

func TestABoxIsBlankOrNotApplicableOrAnswered(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text string
		want       forms.Fill
	}{
		{"empty", "", forms.Blank},
		{"a space", " ", forms.Blank},
		{"tabs and lines", "\t\r\n\v\f", forms.Blank},
		{"no-break space", "\u00a0", forms.Blank},
		{"em and ideographic space", "\u2003\u3000", forms.Blank},
		{"line and paragraph separator", "\u2028\u2029", forms.Blank},
		{"zero-width space", "\u200b", forms.Blank},
		{"zero-width joiners", "\u200c\u200d\u2060", forms.Blank},
		{"byte order mark", "\ufeff", forms.Blank},
		{"soft hyphen", "\u00ad", forms.Blank},
		{"direction marks", "\u200e\u200f\u202e\u2066", forms.Blank},
		{"variation selector", "\ufe0f", forms.Blank},
		{"hangul filler", "\u3164", forms.Blank},
		{"control characters", "\x00\x01\x7f\u0085", forms.Blank},
		{"all of them", " \u200b\n\u00a0\ufeff\t", forms.Blank},

		{"N/A", "N/A", forms.NotApplicable},
		{"n/a", "n/a", forms.NotApplicable},
		{"N/a in white space", " \tN/a\n", forms.NotApplicable},
		{"n/A beside a zero-width space", "\u200bn/A\ufeff", forms.NotApplicable},

		{"NA is a word", "NA", forms.Answered},
		{"N / A", "N / A", forms.Answered},
		{"N/A and more", "N/A yet", forms.Answered},
		{"a dash", "-", forms.Answered},
		{"zero", "0", forms.Answered},
		{"the last printable ASCII", "~", forms.Answered},
		{"the first printable ASCII", "!", forms.Answered},
		{"accents", "é", forms.Answered},
		{"another script", "نعم", forms.Answered},
		{"a flag", "\U0001f1ec\U0001f1e7", forms.Answered},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, forms.Judge(tt.text))
		})
	}
}

func TestFilledHasOneBitForEachQuestion(t *testing.T) {
	t.Parallel()
	sections(func(template *forms.Template, s forms.Section) {
		whole := forms.Answers{}
		for n, q := range s.Questions {
			for text, want := range map[string]forms.Filled{"yes": 1 << n, "N/A": 1 << n, " \u200b": 0, "": 0} {
				f, err := template.Check(s.Number, forms.Answers{}.With(q.ID, text))
				require.NoError(t, err)
				require.Equal(t, want, f, "%s %q", q.ID, text)
			}
			whole = whole.With(q.ID, "yes")
		}
		f, err := template.Check(s.Number, whole)
		require.NoError(t, err)
		require.Equal(t, template.All(s.Number), f)
	})
}

func TestNoAnswersFillNothing(t *testing.T) {
	t.Parallel()
	for _, none := range []forms.Answers{{}, forms.NewAnswers(nil), forms.NewAnswers(map[string]string{})} {
		f, err := forms.TemplateOf(forms.EarlyYears).Check(1, none)
		require.NoError(t, err)
		require.Zero(t, f)
	}
}

func TestCheckRefusesAnswersThatCannotBeStored(t *testing.T) {
	t.Parallel()
	const secret = "Jane Doe"
	for _, tt := range []struct {
		name, question, text, want string
	}{
		{"20,000 characters", "carer", strings.Repeat("x", 20_000), ""},
		{"20,001 characters", "carer", strings.Repeat("x", 20_001), "carer"},
		{"20,000 characters of four bytes", "carer", strings.Repeat("😀", 20_000), ""},
		{"20,001 characters, one of four bytes", "carer", strings.Repeat("x", 20_000) + "😀", "carer"},
		{"white space counts", "carer", strings.Repeat(" ", 20_001), "carer"},
		{"not UTF-8", "carer", secret + "\xff", "carer"},
		{"half a character", "carer", "\xc3", "carer"},
		{"a surrogate", "carer", "\xed\xa0\x80", "carer"},
		{"another section's question", "health_plan", secret, "answers"},
		{"a question that does not exist", secret, secret, "answers"},
		{"a question that does not exist, with a blank answer", secret, "", "answers"},
		{"a question without a name", "", secret, "answers"},
		{"a question in capitals", "CARER", secret, "answers"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f, err := forms.TemplateOf(forms.PrimaryMainstream).Check(1, forms.NewAnswers(map[string]string{tt.question: tt.text}))
			require.Equal(t, tt.want, rule.InvalidMember(err))
			if tt.want != "" {
				require.Zero(t, f)
				require.NotContains(t, err.Error(), "Jane")
			}
		})
	}
}

func TestCheckNamesEveryFault(t *testing.T) {
	t.Parallel()
	_, err := forms.TemplateOf(forms.PrimaryMainstream).Check(1, forms.NewAnswers(map[string]string{
		"legal_name":  "\xff",
		"background":  "right",
		"carer":       strings.Repeat("x", 20_001),
		"health_plan": "from another section",
		"unheard_of":  "from no section",
	}))
	require.Equal(t, []string{"legal_name", "carer", "answers"}, rule.InvalidMembers(err))
}

func FuzzCheck(f *testing.F) {
	f.Add(uint8(2), uint8(1), "carer", "yes", "N/A")
	f.Add(uint8(1), uint8(6), "attendees", "\xff", "")
	f.Add(uint8(4), uint8(0), "", "\u200b", " ")
	f.Add(uint8(9), uint8(3), "interests", strings.Repeat("é", 20_001), "x")
	f.Fuzz(func(t *testing.T, formType, numbered uint8, question, text, other string) {
		number := int(numbered)
		template := forms.TemplateOf(forms.Type(formType))
		section, exists := template.Section(number)
		answers := forms.Answers{}.With(question, text)
		place := -1
		for n, q := range section.Questions {
			if q.ID == question {
				place = n
			}
		}
		if exists && place != 0 {
			answers = answers.With(section.Questions[0].ID, other)
		}
		acceptable := func(s string) bool { return utf8.ValidString(s) && utf8.RuneCountInString(s) <= forms.MaxAnswer }
		sound := exists && place >= 0 && acceptable(text) && (place == 0 || acceptable(other))
		got, err := template.Check(number, answers)
		if sound != (err == nil) {
			t.Fatalf("sound is %v: %v", sound, err)
		}
		if err != nil {
			require.NotEmpty(t, rule.InvalidMember(err))
			require.Zero(t, got)
			return
		}
		require.Equal(t, forms.Judge(text) != forms.Blank, got.Has(place))
		require.Equal(t, got, got&template.All(number))
		require.Equal(t, got == template.All(number), template.Complete(number, got))
	})
}
