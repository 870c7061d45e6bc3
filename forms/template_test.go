package forms_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
)

// titles are the section titles of each form type, written by hand; a star
// marks the ones that are ours.
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
		require.Equal(t, formType, template.Type())
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

func TestNoTemplateOfNoFormType(t *testing.T) {
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

func TestNoSectionBeyondTheLast(t *testing.T) {
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

func TestEveryFormAsksWhatThePlanMustHold(t *testing.T) {
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

func TestEveryTemplateIsOneThatNewTemplateAccepts(t *testing.T) {
	t.Parallel()
	for formType := range forms.AllTypes() {
		ours := forms.TemplateOf(formType)
		same, err := forms.NewTemplate(formType, slices.Collect(ours.Sections())...)
		require.NoError(t, err)
		require.Equal(t, formType, same.Type())
		require.Equal(t, slices.Collect(ours.Sections()), slices.Collect(same.Sections()))
	}
}

func TestTemplatesShareNoMemory(t *testing.T) {
	t.Parallel()
	template := forms.TemplateOf(forms.KeyStage5)
	section, _ := template.Section(3)
	section.Questions[0].Text = "changed"
	again, _ := template.Section(3)
	require.NotEqual(t, "changed", again.Questions[0].Text)

	made, err := forms.NewTemplate(forms.KeyStage5, renumbered(section, 1))
	require.NoError(t, err)
	section.Questions[0].Text = "changed again"
	kept, _ := made.Section(1)
	require.Equal(t, "changed", kept.Questions[0].Text)
}

func renumbered(s forms.Section, number int) forms.Section {
	s.Number = number
	return s
}

func TestSectionsStopWhenTheCallerDoes(t *testing.T) {
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

// small returns a section of n questions that NewTemplate accepts as the first.
func small(n int) forms.Section {
	s := forms.Section{Number: 1, Title: "Title", By: forms.SocialWorker}
	for i := range n {
		s.Questions = append(s.Questions, forms.Question{ID: "q" + strconv.Itoa(i), Text: "?", Statutory: forms.NoItem, By: forms.SocialWorker})
	}
	return s
}

func TestNewTemplateNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, want string
		spoil      func(*forms.Section)
	}{
		{"number", "sections.0.number", func(s *forms.Section) { s.Number = 2 }},
		{"blank title", "sections.0.title", func(s *forms.Section) { s.Title = " " }},
		{"no author", "sections.0.by", func(s *forms.Section) { s.By = 0 }},
		{"no question", "sections.0.questions", func(s *forms.Section) { s.Questions = nil }},
		{"65 questions", "sections.0.questions", func(s *forms.Section) { s.Questions = small(65).Questions }},
		{"no id", "sections.0.questions.1.id", func(s *forms.Section) { s.Questions[1].ID = "" }},
		{"an id that is text", "sections.0.questions.1.id", func(s *forms.Section) { s.Questions[1].ID = "Jane Doe" }},
		{"a long id", "sections.0.questions.1.id", func(s *forms.Section) { s.Questions[1].ID = strings.Repeat("q", 41) }},
		{"an id twice", "sections.0.questions.1.id", func(s *forms.Section) { s.Questions[1].ID = "q0" }},
		{"blank text", "sections.0.questions.1.text", func(s *forms.Section) { s.Questions[1].Text = "" }},
		{"no item", "sections.0.questions.1.statutory", func(s *forms.Section) { s.Questions[1].Statutory = 0 }},
		{"nobody answers", "sections.0.questions.1.by", func(s *forms.Section) { s.Questions[1].By = 9 }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			section := small(3)
			tt.spoil(&section)
			_, err := forms.NewTemplate(forms.EarlyYears, section)
			require.Equal(t, tt.want, rule.InvalidMember(err))
			require.NotContains(t, err.Error(), "Jane")
			require.Len(t, rule.Invalids(err), 1)
		})
	}
}

func TestNewTemplateNamesAllThatIsWrong(t *testing.T) {
	t.Parallel()
	_, err := forms.NewTemplate(0, forms.Section{Questions: make([]forms.Question, 1)})
	require.Equal(t, []string{
		"formType", "sections.0.number", "sections.0.title", "sections.0.by", "sections.0.questions.0.id",
		"sections.0.questions.0.text", "sections.0.questions.0.statutory", "sections.0.questions.0.by",
	}, rule.InvalidMembers(err))
}

func TestTemplateBounds(t *testing.T) {
	t.Parallel()
	widest := small(forms.MaxQuestions)
	widest.Questions[0].ID = strings.Repeat("q", 40)
	template, err := forms.NewTemplate(forms.EarlyYears, widest)
	require.NoError(t, err)
	require.Equal(t, ^forms.Filled(0), template.All(1))
	require.False(t, template.Complete(1, ^forms.Filled(0)>>1))

	for n := range forms.MaxSections + 2 {
		var many []forms.Section
		for i := range n {
			s := small(1)
			s.Number, s.Questions[0].ID = i+1, "q"+strconv.Itoa(i)
			many = append(many, s)
		}
		_, err := forms.NewTemplate(forms.EarlyYears, many...)
		require.Equal(t, n == 0 || n > forms.MaxSections, rule.InvalidMember(err) == "sections", n)
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

func TestIncompleteNamesTheSections(t *testing.T) {
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

func TestFilledHasOnlyItsBits(t *testing.T) {
	t.Parallel()
	for n := -70; n < 140; n++ {
		require.Equal(t, 0 <= n && n < 64, (^forms.Filled(0)).Has(n), n)
		require.False(t, forms.Filled(0).Has(n))
	}
}
