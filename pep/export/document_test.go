package export_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/export"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/private/privatetest"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

func TestNothingShowsWhatADocumentHolds(t *testing.T) {
	t.Parallel()
	privatetest.Package(t, export.Document{Parts: []export.Part{{Boxes: []export.Box{{}}}}}, export.Part{Boxes: []export.Box{{}}}, export.Box{}, export.Detail{})
}

// TestADocumentSaysHowFarThePlanHasCome checks the details, such as the stage and the grade,
// and the state of each section.
func TestADocumentSaysHowFarThePlanHasCome(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.answer(2, map[string]string{"health_plan": ""})
	w.answer(3, map[string]string{"enjoys": "", "trusts": "\u200b"})
	said := func() (details map[string]string, states []string) {
		d := w.export(order())
		details = map[string]string{}
		for _, f := range d.Details {
			details[f.Label] = f.Value
		}
		for _, p := range d.Parts {
			states = append(states, p.State)
		}
		return details, states
	}
	details, states := said()
	require.Equal(t, map[string]string{
		"Council": "Lancashire", "Establishment": "Quarry Bank School", "Form": "secondary mainstream, a first plan", "Term": "SPRING 2026",
		"Meeting": "14 January 2026", "Stage": "a draft with the social worker, since 5 January 2026", "Revision": "1", "Grade": "not graded",
	}, details)
	require.Equal(t, "Complete. The section is with the social worker.", states[0])
	require.Equal(t, "1 of 10 boxes is left blank. The section is with the social worker.", states[1])
	require.Equal(t, "2 of 13 boxes are left blank. The section is with the social worker.", states[2])

	w.answer(2, nil)
	w.do(pep.SocialWorker, pep.Delegate{All: true, To: peptest.Teacher().ID})
	w.do(pep.DesignatedTeacher, pep.SaveContribution{Section: 3, Answers: peptest.Complete(forms.SecondaryMainstream, 3)})
	details, states = said()
	require.Equal(t, "28 January 2026", details["Return due"])
	require.Equal(t, "with the establishment, since 5 January 2026", details["Stage"])
	require.Equal(t, "Complete. The section is with the contributor.", states[1])
	require.Equal(t, "Complete. The section is with the contributor, who has written in it: it has its star.", states[2])

	w.Clock.Noon(civil.MustParse("2026-04-20"))
	w.do(pep.System, pep.CarryForward{})
	details, _ = said()
	require.Equal(t, "SUMMER 2026, carried forward once", details["Term"])
	w.do(pep.SocialWorker, pep.Cease{On: civil.MustParse("2026-04-18")})
	details, _ = said()
	require.Equal(t, "18 April 2026", details["Care ended"])

	w = graded(t)
	details, states = said()
	require.Equal(t, "amber, on 5 January 2026", details["Grade"])
	require.Equal(t, "5 January 2026", details["Finalised"])
	require.Equal(t, "5 January 2026", details["Returned"])
	require.Equal(t, "6 May 2026", details["Next meeting"])
	require.Equal(t, "Complete. The section is locked.", states[0])
}

// TestTheStampSaysWhyForWhomWhenAndByWhom also requires that the stamp is one line, whatever
// the recipient's text holds.
func TestTheStampSaysWhyForWhomWhenAndByWhom(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	o := order()
	o.Recipient = private.NewText("Dr Ada\n\u202eNosrednA")
	w.Clock.Noon(civil.MustParse("2026-07-01")) // British Summer Time
	require.Equal(t, "Exported on 1 July 2026 at 13:00 by business support, for the review of the child's case. "+
		"Recipient: Dr Ada [U+202E]NosrednA. Plan "+w.plan.String()+", version 7.", w.export(o).Stamp.Reveal(private.Showing))
}

// TestWhatIsLeftOutNeverAppears plants a canary in every section that the order does
// not name.
func TestWhatIsLeftOutNeverAppears(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for section := 1; section <= 6; section++ {
		texts := peptest.Complete(forms.SecondaryMainstream, section).Reveal(private.Showing)
		for question := range texts {
			texts[question] = privatetest.Canary
		}
		if section != 4 {
			w.answer(section, texts)
		}
	}
	o := order()
	o.All, o.Named, o.Sections = false, false, []int{4}
	d := w.export(o)
	for n, p := range d.Parts {
		require.Equal(t, n+1 != 4, p.LeftOut)
		require.Equal(t, p.LeftOut, p.Boxes == nil)
		require.Equal(t, p.LeftOut, p.State == "", "a section that is left out has no state")
	}
	page := html(t, d)
	require.NotContains(t, page, privatetest.Canary)
	require.NotContains(t, page, name)
	require.Contains(t, page, "My Health</a> (left out of this export)")
	require.Equal(t, 5, strings.Count(page, "This section was left out of this export."))
	require.Zero(t, d.Child)
	privatetest.Sweep(t, d)
}

// TestAFormForPaperHasEveryQuestionAndRoom checks the form of every type.
func TestAFormForPaperHasEveryQuestionAndRoom(t *testing.T) {
	t.Parallel()
	for form := range forms.AllTypes() {
		d, err := export.Blank(pep.Lancashire(), form, peptest.Meeting())
		require.NoError(t, err)
		n := 0
		for section := range forms.TemplateOf(form).Sections() {
			require.Equal(t, section.Title, d.Parts[section.Number-1].Title)
			for m, q := range section.Questions {
				require.Equal(t, export.Box{Question: q.Text}, d.Parts[section.Number-1].Boxes[m])
				n++
			}
		}
		require.Equal(t, n, strings.Count(html(t, d), `<div class="room"></div>`))
	}
	for want, ask := range map[string]func() (export.Document, error){
		"policy":   func() (export.Document, error) { return export.Blank(nil, forms.KeyStage5, peptest.Meeting()) },
		"formType": func() (export.Document, error) { return export.Blank(pep.Lancashire(), 0, peptest.Meeting()) },
		"meeting":  func() (export.Document, error) { return export.Blank(pep.Lancashire(), forms.KeyStage5, civil.Date{}) },
	} {
		_, err := ask()
		require.Equal(t, want, rule.InvalidMember(err))
	}
}

// TestEveryCharacterShows requires a code in place of each character that is invisible or
// changes the order of others.
func TestEveryCharacterShows(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                           "",
		"Łukasz, é, 你好, مرحبا, 🎉":    "Łukasz, é, 你好, مرحبا, 🎉",
		"a\tb\nc\r\nd\re":            "a\tb\nc\nd\ne",
		"a\u202eb\u2066c":            "a[U+202E]b[U+2066]c",
		"a\u200bb\u200dc\ufeffd":     "a[U+200B]b[U+200D]c[U+FEFF]d",
		"a\x00b\x1bc\u0085d\u2028e":  "a[U+0000]b[U+001B]c[U+0085]d[U+2028]e",
		"a\u3164b\u115fc":            "a[U+3164]b[U+115F]c",
		"a\ue000b\U000e0041c\ufffed": "a[U+E000]b[U+E0041]c[U+FFFE]d",
		"a\xffb":                     "a\ufffdb",
		"a\xffb\u200b":               "a\ufffdb[U+200B]",
		"e\u0301 ❤\ufe0f":            "e\u0301 ❤\ufe0f",
		"a\U000e0100b\u180bc":        "a[U+E0100]b[U+180B]c",
	} {
		require.Equal(t, want, export.Visible(text), "%q", text)
		require.Equal(t, want, export.Visible(want), "a visible text is left unchanged: %q", want)
	}
}
