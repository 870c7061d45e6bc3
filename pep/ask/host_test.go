package ask_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

const someID = "0d521bb7-7e1a-4c8e-8d55-3a715e0c4902"

func TestParseActionReadsEveryAction(t *testing.T) {
	t.Parallel()
	day, text := civil.MustParse("2026-01-14"), private.NewText
	child, to := record.ChildID{UUID: uuid.MustParse(someID)}, record.ContributorID{UUID: uuid.MustParse(someID)}
	boxes := forms.NewAnswers(map[string]string{"attainment": "Reads well"})
	read := map[string]bool{}
	for _, c := range []struct {
		verb, with string
		want       pep.Action
	}{
		{"start_initial", `{"child": "` + someID + `", "meeting": "2026-01-14"}`, pep.StartInitial{Child: child, Meeting: day}},
		{"start_initial", `{}`, pep.StartInitial{}},
		{"start_subsequent", `{"child": "` + someID + `"}`, pep.StartSubsequent{Child: child}},
		{"answer", `{"section": 3, "answers": {"attainment": "Reads well"}}`, pep.Answer{Section: 3, Answers: boxes}},
		{"answer", `{"section": 3, "clear": true}`, pep.Answer{Section: 3, Clear: true, Answers: forms.NewAnswers(nil)}},
		{"answer", `{"section": 3}`, pep.Answer{Section: 3, Answers: forms.NewAnswers(nil)}},
		{"save_contribution", `{"section": 3, "answers": {"attainment": "Reads well"}}`, pep.SaveContribution{Section: 3, Answers: boxes}},
		{"reschedule_meeting", `{"meeting": "2026-01-14"}`, pep.RescheduleMeeting{Meeting: day}},
		{"attach", `{"name": "report.pdf", "size": 0}`, pep.Attach{Name: text("report.pdf")}},
		{"delegate", `{"to": "` + someID + `", "sections": "all", "due": "2026-01-14"}`, pep.Delegate{To: to, All: true, Due: day}},
		{"delegate", `{"sections": [3, 4]}`, pep.Delegate{Sections: []int{3, 4}}},
		{"submit_contribution", ``, pep.SubmitContribution{}},
		{"change_contributor", `{"to": "` + someID + `"}`, pep.ChangeContributor{To: to}},
		{"retract", `{"confirmedWithSetting": true, "reason": "moved"}`, pep.Retract{ConfirmedWithSetting: true, Reason: text("moved")}},
		{"activate", `{}`, pep.Activate{}},
		{"redelegate", `{"to": "` + someID + `", "comments": "more", "due": "2026-01-14"}`, pep.Redelegate{To: to, Comments: text("more"), Due: day}},
		{"reassign", `{"comment": "SPRING—17/06/2026"}`, pep.Reassign{Comment: text("SPRING—17/06/2026")}},
		{"send_for_grading", `{"reason": null}`, pep.SendForGrading{}},
		{"grade", `{"grade": "red", "feedback": "more"}`, pep.AwardGrade{Grade: pep.Red, Feedback: text("more")}},
		{"return_for_amendment", `{"reason": "r"}`, pep.ReturnForAmendment{Reason: text("r")}},
		{"finalise", `{"waiver": "w"}`, pep.Finalise{Waiver: text("w")}},
		{"revise", `{"reason": "r"}`, pep.Revise{Reason: text("r")}},
		{"reopen", `{"reason": "r"}`, pep.Reopen{Reason: text("r")}},
		{"restore", `{"reason": "r"}`, pep.RestoreSections{Reason: text("r")}},
		{"delete", `{"reason": "r"}`, pep.Delete{Reason: text("r")}},
		{"cease", `{"on": "2026-01-14"}`, pep.Cease{On: day}},
		{"carry_forward", `{}`, pep.CarryForward{}},
		{"repin", `{}`, pep.Repin{}},
	} {
		got, err := ask.ParseAction(c.verb, []byte(c.with))
		require.NoError(t, err, c.verb)
		require.Equal(t, c.want, got, "%s %s", c.verb, c.with)
		require.Equal(t, c.verb, got.Verb().String())
		read[c.verb] = true
	}
	for v := range pep.AllVerbs() {
		require.True(t, read[v.String()], "%s is not read", v)
	}
}

func TestParseActionNamesEachMemberAtFault(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, verb, with, want string }{
		{"an unknown verb", "dance", `{}`, "do"},
		{"no verb", "", `{}`, "do"},
		{"invalid JSON", "finalise", `{`, "with"},
		{"a list", "finalise", `[]`, "with"},
		{"null", "finalise", `null`, "with"},
		{"an unknown member", "finalise", `{"wavier": "w"}`, "wavier"},
		{"a member of another action", "finalise", `{"to": "` + someID + `"}`, "to"},
		{"a member twice", "cease", `{"on": "2026-01-14", "on": "2026-01-15"}`, "on"},
		{"a day that does not exist", "cease", `{"on": "2026-02-30"}`, "on"},
		{"an unknown grade", "grade", `{"grade": "purple"}`, "grade"},
		{"no size", "attach", `{"name": "a.pdf"}`, "size"},
		{"a null size", "attach", `{"name": "a.pdf", "size": null}`, "size"},
		{"a size below zero", "attach", `{"name": "a.pdf", "size": -1}`, "size"},
		{"fill", "answer", `{"section": 1, "fill": "complete"}`, "fill"},
		{"fill of a contribution", "save_contribution", `{"section": 1, "fill": ""}`, "fill"},
		{"fill and answers", "answer", `{"section": 1, "fill": "x", "answers": {}}`, "fill fill"},
		{"a contributor's name", "delegate", `{"to": "Jane Doe"}`, "to"},
		{"a contributor in another form", "delegate", `{"to": "urn:uuid:` + someID + `"}`, "to"},
		{"a contributor without hyphens", "delegate", `{"to": "0d521bb77e1a4c8e8d553a715e0c4902"}`, "to"},
		{"a number for a child", "start_initial", `{"child": 7}`, "child"},
		{"several faults", "retract", `{"confirmedWithSetting": 1, "reason": 2}`, "confirmedWithSetting reason"},
	} {
		a, err := ask.ParseAction(c.verb, []byte(c.with))
		require.Nil(t, a, c.name)
		require.Equal(t, strings.Fields(c.want), rule.InvalidMembers(err), c.name)
		require.NotContains(t, err.Error(), "Jane", c.name)
	}
}

func FuzzParseAction(f *testing.F) {
	for v := range pep.AllVerbs() {
		f.Add(v.String(), []byte(`{"child": "`+someID+`", "meeting": "2026-01-14"}`))
		f.Add(v.String(), []byte(`{"to": "`+someID+`", "sections": [1], "due": "2026-01-14", "comments": "c"}`))
		f.Add(v.String(), []byte(`{"section": 1, "answers": {"attainment": "a"}, "fill": "x", "clear": true}`))
		f.Add(v.String(), []byte(`{"reason": "r", "grade": "red", "size": 1, "name": "n", "on": "2026-01-14"}`))
	}
	f.Fuzz(func(t *testing.T, verb string, with []byte) {
		a, err := ask.ParseAction(verb, with)
		if err != nil {
			require.Nil(t, a)
			require.NotEmpty(t, rule.InvalidMembers(err))
			_, err := json.Marshal(rule.Invalids(err))
			require.NoError(t, err)
			return
		}
		require.Equal(t, verb, a.Verb().String())
		require.True(t, len(with) == 0 || json.Valid(with))
		err = pep.New(pep.ID{UUID: uuid.MustParse(someID)}).Do(&pep.Act{}, a)
		require.NotEmpty(t, rule.InvalidMember(err), "an act without a role must be invalid")
	})
}
