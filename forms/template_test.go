package forms_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
)

// titles holds the section titles of each form type, written by hand. A star
// marks those that we wrote.
var titles = map[forms.Type][]string{
	forms.EarlyYears:          {"My Personal Information", "My Health", "*My Views", "*My Learning, Development and Targets", "Attendees and Next PEP Meeting"},
	forms.PrimaryMainstream:   sixTitles,
	forms.SecondaryMainstream: sixTitles,
	forms.KeyStage5:           sixTitles,
	forms.PrimarySpecial:      sixTitles,
	forms.SecondarySpecial:    sixTitles,
}

var sixTitles = []string{"My Personal Information", "My Health", "*My Views", "*My Education and Progress", "*My Targets and Funding", "Attendees and Next PEP Meeting"}

// sections calls do with every section of every form type.
func sections(do func(*forms.Template, forms.Section)) {
	for formType := range forms.AllTypes() {
		template := forms.TemplateOf(formType)
		for section := range template.Sections() {
			do(template, section)
		}
	}
}

func TestSectionsOfEveryFormType(t *testing.T) {
	t.Parallel()
	for formType := range forms.AllTypes() {
		template := forms.TemplateOf(formType)
		require.Equal(t, len(titles[formType]), template.Len())
		for n, want := range titles[formType] {
			section, ok := template.Section(n + 1)
			require.True(t, ok)
			require.Equal(t, n+1, section.Number)
			require.Equal(t, strings.TrimPrefix(want, "*"), section.Title)
			require.Equal(t, strings.HasPrefix(want, "*"), section.Proposed, want)
		}
	}
}

func TestOnlyFormTypesHaveTemplates(t *testing.T) {
	t.Parallel()
	for n := -1; n < 256; n++ {
		require.Equal(t, 1 <= n && n <= 6, forms.TemplateOf(forms.Type(n)) != nil, n)
	}
	var none *forms.Template
	require.Zero(t, none.Len())
	require.Zero(t, none.All(1))
	require.False(t, none.Complete(1, ^forms.Filled(0)))
	require.Empty(t, slices.Collect(none.Missing(1, 0)))
	require.Empty(t, slices.Collect(none.Incomplete(nil)))
	_, err := none.Check(1, forms.Answers{})
	require.Equal(t, "section", rule.InvalidMember(err))
}

func TestASectionThatTheFormDoesNotHave(t *testing.T) {
	t.Parallel()
	for formType := range forms.AllTypes() {
		template := forms.TemplateOf(formType)
		for n := -1; n < 256; n++ {
			number, exists := n, 1 <= n && n <= len(titles[formType])
			_, ok := template.Section(number)
			require.Equal(t, exists, ok)
			require.Equal(t, exists, template.All(number) != 0)
			require.Equal(t, exists, template.Complete(number, ^forms.Filled(0)))
			_, err := template.Check(number, forms.Answers{})
			require.Equal(t, !exists, rule.InvalidMember(err) == "section")
		}
	}
}

func TestSocialWorkerAnswersTheFirstTwoSections(t *testing.T) {
	t.Parallel()
	sections(func(_ *forms.Template, s forms.Section) {
		want := forms.DesignatedTeacher
		if s.Number <= forms.SocialWorkerSections {
			want = forms.SocialWorker
		}
		require.Equal(t, want, s.By, s.Title)
		for _, q := range s.Questions {
			if s.Number <= forms.SocialWorkerSections {
				require.Equal(t, forms.SocialWorker, q.By, q.ID)
			}
		}
	})
}

func TestEveryFormAsksForTheRequiredContent(t *testing.T) {
	t.Parallel()
	for formType := range forms.AllTypes() {
		asked := map[forms.Item]int{}
		for section := range forms.TemplateOf(formType).Sections() {
			require.GreaterOrEqual(t, len(section.Questions), 6, section.Title)
			for _, q := range section.Questions {
				asked[q.Statutory]++
			}
		}
		for item := forms.NoItem; item <= forms.Review; item++ {
			require.NotZero(t, asked[item], "%v does not ask for %v", formType, item)
		}
	}
}

func TestEveryQuestionIsProposed(t *testing.T) {
	t.Parallel()
	sections(func(_ *forms.Template, s forms.Section) {
		for _, q := range s.Questions {
			require.True(t, q.Proposed, q.ID)
		}
	})
}

func TestAQuestionIsTheSameInEveryFormThatAsksIt(t *testing.T) {
	t.Parallel()
	byID, byText := map[string]forms.Question{}, map[string]string{}
	sections(func(_ *forms.Template, s forms.Section) {
		for _, q := range s.Questions {
			if first, ok := byID[q.ID]; ok {
				require.Equal(t, first, q)
			}
			if id, ok := byText[q.Text]; ok {
				require.Equal(t, id, q.ID)
			}
			byID[q.ID], byText[q.Text] = q, q.ID
		}
	})
}

// TestTemplatesAreWellFormed requires what the workflow relies on: sections
// numbered from 1, one bit for each question, and ids that are unique within a
// form.
func TestTemplatesAreWellFormed(t *testing.T) {
	t.Parallel()
	id := regexp.MustCompile(`^[a-z0-9_]{1,40}$`)
	for formType := range forms.AllTypes() {
		seen, number := map[string]bool{}, 0
		for s := range forms.TemplateOf(formType).Sections() {
			number++
			require.Equal(t, number, s.Number)
			require.Equal(t, forms.Answered, forms.Judge(s.Title))
			require.NotEmpty(t, s.By.String())
			require.NotEmpty(t, s.Questions)
			require.LessOrEqual(t, len(s.Questions), forms.MaxQuestions)
			for _, q := range s.Questions {
				require.Regexp(t, id, q.ID)
				require.False(t, seen[q.ID], q.ID)
				seen[q.ID] = true
				require.Equal(t, forms.Answered, forms.Judge(q.Text), q.ID)
				require.NotEmpty(t, q.Statutory.String(), q.ID)
				require.NotEmpty(t, q.By.String(), q.ID)
			}
		}
		require.LessOrEqual(t, number, forms.MaxSections)
	}
}

func TestTemplatesShareNoMemory(t *testing.T) {
	t.Parallel()
	template := forms.TemplateOf(forms.KeyStage5)
	section, _ := template.Section(3)
	section.Questions[0].Text = "changed"
	again, _ := template.Section(3)
	require.NotEqual(t, "changed", again.Questions[0].Text)
}

func TestIteratorsStopWhenTheCallerBreaks(t *testing.T) {
	t.Parallel()
	for section := range forms.TemplateOf(forms.EarlyYears).Sections() {
		require.Equal(t, 1, section.Number)
		break
	}
	for question := range forms.TemplateOf(forms.EarlyYears).Missing(1, 0) {
		require.Equal(t, "legal_name", question)
		break
	}
	for number := range forms.TemplateOf(forms.EarlyYears).Incomplete(nil) {
		require.Equal(t, 1, number)
		break
	}
}

func TestOneBlankBoxLeavesASectionIncomplete(t *testing.T) {
	t.Parallel()
	sections(func(template *forms.Template, s forms.Section) {
		all := template.All(s.Number)
		require.Equal(t, len(s.Questions), all.Count())
		require.True(t, template.Complete(s.Number, all))
		require.Empty(t, slices.Collect(template.Missing(s.Number, all)))
		require.False(t, template.Complete(s.Number, 0))
		require.Len(t, slices.Collect(template.Missing(s.Number, 0)), len(s.Questions))
		for n, q := range s.Questions {
			but := all &^ (1 << n)
			require.False(t, but.Has(n))
			require.False(t, template.Complete(s.Number, but))
			require.Equal(t, []string{q.ID}, slices.Collect(template.Missing(s.Number, but)))
		}
	})
}

func TestIncompleteNamesTheSectionsWithABlankBox(t *testing.T) {
	t.Parallel()
	for formType := range forms.AllTypes() {
		template := forms.TemplateOf(formType)
		var filled [forms.MaxSections]forms.Filled
		var every []int
		for n := range template.Len() {
			filled[n] = template.All(n + 1)
			every = append(every, n+1)
		}
		require.Empty(t, slices.Collect(template.Incomplete(filled[:])))
		require.Equal(t, every, slices.Collect(template.Incomplete(nil)))
		require.Equal(t, every[1:], slices.Collect(template.Incomplete(filled[:1])))
		for n := range template.Len() {
			one := filled
			one[n] &^= 1
			require.Equal(t, []int{n + 1}, slices.Collect(template.Incomplete(one[:])))
		}
	}
}

func TestFilledHasOnlyBits0To63(t *testing.T) {
	t.Parallel()
	for n := -70; n < 140; n++ {
		require.Equal(t, 0 <= n && n < 64, (^forms.Filled(0)).Has(n), n)
		require.False(t, forms.Filled(0).Has(n))
	}
}
