package forms_test

import (
	"fmt"

	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/term/civil"
)

func ExampleYearGroupOf() {
	born := civil.MustParse("2014-08-31")
	for _, on := range []string{"2025-08-31", "2025-09-01"} {
		year, err := forms.YearGroupOf(born, civil.MustParse(on))
		fmt.Println(year, year.KeyStage(), err)
	}
	// Output:
	// Y6 KS2 <nil>
	// Y7 KS3 <nil>
}

// A recorded year group overrides the one that follows from the birth date.
// This one was recorded in the academic year before the meeting.
func ExampleYearGroupAt() {
	born, meeting := civil.MustParse("2014-08-31"), civil.MustParse("2025-11-05")
	for _, register := range []string{"X", "Y5"} {
		on := civil.MustParse("2025-06-12")
		recorded, err := forms.ParseRecorded(register)
		if err != nil {
			fmt.Println(err)
			return
		}
		year, err := forms.YearGroupAt(born, meeting, forms.Recorded{Year: recorded, On: on})
		fmt.Println(year, err)
	}
	// Output:
	// Y7 <nil>
	// Y6 <nil>
}

func ExampleParseRecorded() {
	for _, s := range []string{"R", "9", "Y14", "Year 9"} {
		year, err := forms.ParseRecorded(s)
		fmt.Printf("%q %v\n", year, err)
	}
	// Output:
	// "R" <nil>
	// "Y9" <nil>
	// "" forms.year_group: YEAR-4: there is no form for this year group; correct the recorded year group
	// "" recordedYear must be N1, N2, R, Y1 to Y13, 1 to 13, or X
}

func ExampleTable_Type() {
	table := forms.Lancashire()
	for _, setting := range []forms.Setting{forms.NoSetting, forms.Mainstream, forms.Special} {
		formType, err := table.Type(forms.Y12, setting)
		fmt.Println(setting, formType, err)
	}
	// Output:
	// none key_stage_5 <nil>
	// mainstream key_stage_5 <nil>
	// special secondary_special <nil>
}

// Another council uses the key stage 5 form for Years 12 and 13 at special
// schools too.
func ExampleNewTable() {
	rows := forms.Lancashire().Rows()
	rows[forms.Y12][forms.Special] = forms.KeyStage5
	rows[forms.Y13][forms.Special] = forms.KeyStage5
	table, err := forms.NewTable(rows)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(table.Type(forms.Y12, forms.Special))
	// Output: key_stage_5 <nil>
}

func ExampleGIASSet_Setting() {
	fmt.Println(forms.SpecialTypes.Setting(forms.CommunitySpecial))
	fmt.Println(forms.SpecialTypes.Setting(forms.PupilReferralUnit))
	// Output:
	// special
	// mainstream
}

func ExampleTemplateOf() {
	for section := range forms.TemplateOf(forms.EarlyYears).Sections() {
		fmt.Println(section.Number, section.Title, section.By, len(section.Questions))
	}
	// Output:
	// 1 My Personal Information social_worker 12
	// 2 My Health social_worker 11
	// 3 My Views designated_teacher 13
	// 4 My Learning, Development and Targets designated_teacher 14
	// 5 Attendees and Next PEP Meeting designated_teacher 10
}

func ExampleTemplate_Check() {
	template := forms.TemplateOf(forms.KeyStage5)
	answers := forms.NewAnswers(map[string]string{
		"attendees":      "The young person, the social worker, the head of sixth form",
		"apologies":      "n/a",
		"child_attended": "Yes",
		"actions":        " ",
	})
	filled, err := template.Check(6, answers)
	fmt.Println(filled.Count(), err, template.Complete(6, filled))
	for question := range template.Missing(6, filled) {
		fmt.Println("blank:", question)
	}
	// Output:
	// 3 <nil> false
	// blank: actions
	// blank: not_agreed
	// blank: copies
	// blank: completed_by
	// blank: care_review
	// blank: next_meeting
	// blank: next_invited
}

// Answers are revealed only to code that states its purpose.
func ExampleAnswers() {
	answers := forms.Answers{}.With("interests", "football")
	fmt.Println(answers)
	fmt.Println(answers.Reveal(private.Showing)["interests"])
	// Output:
	// [private]
	// football
}

func ExampleJudge() {
	for _, text := range []string{" \u200b", "n/a", "football"} {
		fmt.Println(forms.Judge(text))
	}
	// Output:
	// blank
	// not_applicable
	// answered
}
