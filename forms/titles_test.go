package forms_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
)

// councilTitles returns the council's titles, for a test to change.
func councilTitles() map[forms.Type][]forms.Title {
	of := map[forms.Type][]forms.Title{}
	for form := range forms.AllTypes() {
		of[form] = forms.LancashireTitles().Of(form)
	}
	return of
}

// TestACouncilMayChangeTitlesButNotQuestions tests SECT-2, which lets a council
// name its sections.
func TestACouncilMayChangeTitlesButNotQuestions(t *testing.T) {
	t.Parallel()
	of := councilTitles()
	of[forms.KeyStage5][2] = forms.Title{Text: "What I think"}
	other, err := forms.NewTitles(of)
	require.NoError(t, err)
	of[forms.KeyStage5][2].Text = "changed later"
	for form := range forms.AllTypes() {
		ours, theirs := forms.TemplateOf(form), other.Template(form)
		require.Equal(t, ours, forms.LancashireTitles().Template(form))
		require.Equal(t, ours.Len(), theirs.Len())
		for n := range ours.Len() {
			want, _ := ours.Section(n + 1)
			if form == forms.KeyStage5 && n == 2 {
				want.Title, want.Proposed = "What I think", false
			}
			got, _ := theirs.Section(n + 1)
			require.Equal(t, want, got)
		}
	}
	require.Nil(t, other.Template(0))
	require.Nil(t, other.Template(forms.SecondarySpecial+1))
	require.Empty(t, other.Of(0))
	require.Nil(t, (*forms.Titles)(nil).Template(forms.KeyStage5))
}

func TestNewTitlesNamesAnInvalidTitle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, member string
		change       func(map[forms.Type][]forms.Title)
	}{
		{"a form type without titles", "sectionTitles.key_stage_5", func(of map[forms.Type][]forms.Title) { delete(of, forms.KeyStage5) }},
		{"too few", "sectionTitles.early_years", func(of map[forms.Type][]forms.Title) { of[forms.EarlyYears] = of[forms.EarlyYears][1:] }},
		{"too many", "sectionTitles.early_years", func(of map[forms.Type][]forms.Title) {
			of[forms.EarlyYears] = slices.Concat(of[forms.EarlyYears], of[forms.EarlyYears])
		}},
		{"a title that cannot be seen", "sectionTitles.primary_special.0", func(of map[forms.Type][]forms.Title) { of[forms.PrimarySpecial][0].Text = " \u200b" }},
		{"an unknown form type", "sectionTitles", func(of map[forms.Type][]forms.Title) { of[99] = nil }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			of := councilTitles()
			c.change(of)
			titles, err := forms.NewTitles(of)
			require.Nil(t, titles)
			require.Equal(t, c.member, rule.InvalidMember(err))
		})
	}
}
