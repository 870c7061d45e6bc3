package policy_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
)

// freeze writes the replay files of a new revision or format. An existing file
// holds a plan as it was stored at the time, and is never overwritten.
var freeze = flag.Bool("freeze", false, "write the replay files that are not there yet")

// stored is an old plan as it was stored: its events and the resulting state.
type stored struct {
	Events   []pep.Event  `json:"events"`
	Snapshot pep.Snapshot `json:"snapshot"`
}

// taken is one action of an old plan.
type taken struct {
	role pep.Role
	day  string
	do   pep.Action
}

const sw, dt, bs, vsc, sd, sys = pep.SocialWorker, pep.DesignatedTeacher, pep.BusinessSupport, pep.VirtualSchoolConsultant, pep.ServiceDesk, pep.System

// old holds plans of all kinds. The name of each says what happened to it.
var old = map[string]struct {
	born  string
	steps []taken
}{
	"revised": {"2013-10-01", []taken{
		{sw, "2026-01-05", pep.StartInitial{Meeting: on("2026-01-14")}},
		{sw, "2026-01-05", fill(1)}, {sw, "2026-01-05", fill(2)},
		{sw, "2026-01-06", pep.Delegate{All: true}},
		{dt, "2026-01-12", save(3)}, {dt, "2026-01-12", save(4)}, {dt, "2026-01-12", save(5)}, {dt, "2026-01-12", save(6)},
		{dt, "2026-01-20", pep.SubmitContribution{}},
		{sw, "2026-01-21", pep.Reassign{Comment: private.NewText("SPRING—17/06/2026")}},
		{bs, "2026-01-22", pep.SendForGrading{Reason: private.NewText("Asked for")}},
		{vsc, "2026-01-23", pep.AwardGrade{Grade: pep.Red, Feedback: private.NewText("No voice")}},
		{sw, "2026-01-24", pep.Activate{}},
		{sw, "2026-01-24", pep.Redelegate{Comments: private.NewText("More of the child's voice")}},
		{dt, "2026-01-28", save(3)},
		{dt, "2026-01-28", pep.SubmitContribution{}},
		{sw, "2026-01-29", pep.Reassign{Comment: private.NewText("SPRING—17/06/2026")}},
		{bs, "2026-01-30", pep.SendForGrading{}},
		{vsc, "2026-02-02", pep.AwardGrade{Grade: pep.Green}},
		{bs, "2026-02-03", pep.Finalise{}},
		{bs, "2026-02-10", pep.Revise{Reason: private.NewText("A new target")}},
	}},
	"carried": {"2013-10-01", []taken{
		{sw, "2026-03-02", pep.StartInitial{Meeting: on("2026-03-25")}},
		{sw, "2026-03-02", fill(1)}, {sw, "2026-03-02", fill(2)},
		{sw, "2026-03-03", pep.Delegate{All: true}},
		{sys, "2026-04-09", pep.CarryForward{}},
		{bs, "2026-05-11", pep.Cease{On: on("2026-05-10")}},
	}},
	"deleted": {"2022-02-28", []taken{
		{sw, "2026-04-20", pep.StartInitial{Meeting: on("2026-05-11")}},
		{sw, "2026-04-20", fill(1)}, {sw, "2026-04-20", fill(2)},
		{sw, "2026-04-21", pep.RescheduleMeeting{Meeting: on("2026-05-12")}},
		{sw, "2026-04-22", pep.Delegate{All: true, Due: on("2026-05-29")}},
		{dt, "2026-04-30", save(3)},
		{sw, "2026-05-01", pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("The wrong school")}},
		{sd, "2026-05-05", pep.Delete{Reason: private.NewText("Started in error")}},
	}},
}

// fill and save return actions that write every box of a section. The actions have
// no answers yet; the function filled adds them.
func fill(n int) pep.Action { return pep.Answer{Section: n} }
func save(n int) pep.Action { return pep.SaveContribution{Section: n} }

// filled returns the action with an answer for every box of its section.
func filled(do pep.Action, form forms.Type) pep.Action {
	answers := func(n int) forms.Answers { return forms.TemplateOf(form).AnswerAll(n, "Yes") }
	switch do := do.(type) {
	case pep.Answer:
		return pep.Answer{Section: do.Section, Answers: answers(do.Section)}
	case pep.SaveContribution:
		return pep.SaveContribution{Section: do.Section, Answers: answers(do.Section)}
	}
	return do
}

// replayed takes the steps again, under a policy.
func replayed(t *testing.T, p *pep.Policy, born string, steps []taken) *pep.PEP {
	t.Helper()
	plan := pep.New(pep.ID{UUID: [16]byte{1}})
	for n, step := range steps {
		by := act(p, step.role)
		by.On = on(step.day)
		by.At = time.Date(by.On.Year(), by.On.Month(), by.On.Day(), 12, 0, 0, 0, time.UTC)
		by.Facts.Child.Born = private.NewDate(on(born))
		if step.role == dt {
			by.By, by.Contributor = record.PersonID(by.Facts.Contributor.ID), by.Facts.Contributor.ID
		}
		require.NoError(t, plan.Do(by, filled(step.do, plan.Type())), "step %d: %s", n+1, step.do.Verb())
	}
	return plan
}

// formats holds the folder with the stored plans of each format.
var formats = map[int]string{1: "testdata/replay", 2: "testdata/replay/format2"}

// TestOldPlansReplay reads every plan that was stored under revision 1 of the
// policy, in each format. Its events must fold to the same state, and the same
// steps must lead to the same decisions under that revision, which is read from
// its own stored document. A plan in today's format must also be written byte for
// byte as before.
func TestOldPlansReplay(t *testing.T) {
	t.Parallel()
	const revision = "testdata/replay/revision1.json"
	frozen(t, revision, func() []byte { return policy.Render(pep.Lancashire()) })
	doc, err := os.ReadFile(revision)
	require.NoError(t, err)
	first, err := policy.Parse(doc)
	require.NoError(t, err)
	for format, folder := range formats {
		for name, plan := range old {
			t.Run(fmt.Sprint(name, " of format ", format), func(t *testing.T) {
				t.Parallel()
				again := replayed(t, first, plan.born, plan.steps)
				now := stored{again.Pending(), again.Snapshot()}
				file := filepath.Join(folder, name+".json")
				frozen(t, file, func() []byte { return encoded(t, now) })
				want, err := os.ReadFile(file)
				require.NoError(t, err)
				var was stored
				require.NoError(t, json.Unmarshal(want, &was))
				require.Equal(t, format, was.Snapshot.Format)
				if format == pep.Format {
					require.Equal(t, string(want), string(encoded(t, was)), "written as it was stored")
				}
				folded, err := pep.Fold(was.Events)
				require.NoError(t, err)
				restored, err := pep.Restore(was.Snapshot)
				require.NoError(t, err)
				require.Equal(t, now.Snapshot, folded.Snapshot(), "the events fold to the same state")
				require.Equal(t, now.Snapshot, restored.Snapshot(), "the same steps lead to the same state")
				for n := range was.Events {
					was.Events[n].Format, was.Events[n].Questions = now.Events[n].Format, now.Events[n].Questions
				}
				require.Equal(t, now.Events, was.Events)
			})
		}
	}
}

// frozen writes a file that does not exist yet, if the flag freeze is set.
func frozen(t *testing.T, file string, content func() []byte) {
	t.Helper()
	if _, err := os.Stat(file); err == nil || !*freeze {
		return
	}
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
	require.NoError(t, os.WriteFile(file, content(), 0o644))
}

func encoded(t *testing.T, v any) []byte {
	t.Helper()
	var out bytes.Buffer
	to := json.NewEncoder(&out)
	to.SetIndent("", "\t")
	require.NoError(t, to.Encode(v))
	return out.Bytes()
}
