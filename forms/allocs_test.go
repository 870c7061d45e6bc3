package forms_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/term/civil"
)

func TestDecidingNeverAllocates(t *testing.T) {
	table, template := forms.Lancashire(), forms.TemplateOf(forms.SecondaryMainstream)
	born, on := civil.MustParse("2012-01-10"), civil.MustParse("2025-11-05")
	answers := forms.NewAnswers(map[string]string{"attendees": "everybody", "apologies": "N/A"})
	for name, decide := range map[string]func(){
		"form type": func() {
			year, _ := forms.YearGroupAt(born, on, forms.Recorded{})
			_, _ = table.Type(year, forms.Special)
		},
		"check":    func() { _, _ = template.Check(6, answers) },
		"complete": func() { _ = template.Complete(6, 3) },
		"missing": func() {
			for range template.Missing(6, 3) {
			}
		},
		"recorded": func() { _, _ = forms.ParseRecorded("Y7") },
	} {
		require.Zero(t, testing.AllocsPerRun(100, decide), name)
	}
}
