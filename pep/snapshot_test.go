package pep_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/goldentest"
	"virtualschool.example/pep/record"
	"virtualschool.example/term"
)

// everyMember returns steps after which every member of the plan's snapshot is set,
// except CeasedOn and Retracted.
func everyMember() []step {
	why := text("Because")
	return join(started(), answers(1, 6),
		step{sw, "2026-01-06", pep.Delegate{All: true}},
		step{dt, "2026-01-20", pep.SaveContribution{Section: 3, Answers: filled(forms.SecondaryMainstream, 3, "N/A")}},
		step{sys, "2026-04-01", pep.CarryForward{}},
		step{bs, "2026-04-02", pep.RescheduleMeeting{Meeting: on("2026-04-21")}},
		step{dt, "2026-04-22", pep.SubmitContribution{}},
		step{sw, "2026-04-23", pep.Reassign{Comment: text("summer - 10/11/2026")}},
		step{bs, "2026-04-24", pep.SendForGrading{Reason: why}},
		step{vsc, "2026-04-25", pep.AwardGrade{Grade: pep.Amber, Feedback: why}},
		step{bs, "2026-04-26", pep.Finalise{}},
		step{bs, "2026-05-01", pep.Revise{Reason: why}},
		step{sw, "2026-05-02", pep.Attach{Name: text("report.pdf"), Size: 1024}},
		step{sw, "2026-05-03", pep.Redelegate{Comments: why}},
	)
}

func TestASnapshotKeepsItsStoredForm(t *testing.T) {
	t.Parallel()
	p := run(t, atSchool(), everyMember()...)
	got, err := json.MarshalIndent(p.Snapshot(), "", "\t")
	require.NoError(t, err)
	goldentest.Require(t, "testdata/snapshot.golden.json", string(got)+"\n")

	var read pep.Snapshot
	require.NoError(t, json.Unmarshal(got, &read))
	require.Equal(t, p.Snapshot(), read)
}

func TestRestoredPlanIsTheSame(t *testing.T) {
	t.Parallel()
	p := run(t, atSchool(), everyMember()...)
	require.Zero(t, p.Stored())
	r, err := pep.Restore(p.Snapshot())
	require.NoError(t, err)
	require.Equal(t, p.Snapshot(), r.Snapshot())
	require.Equal(t, p.Version(), r.Stored())
	require.Empty(t, r.Pending())
	require.Empty(t, r.Content())

	require.NoError(t, r.Do(act(dt, "2026-05-10", atSchool()), pep.SubmitContribution{}))
	require.Equal(t, r.Stored()+1, r.Version())
	require.NotEqual(t, p.Snapshot(), r.Snapshot(), "the snapshot shares no memory")
}

// TestCorruptSnapshotIsRefused corrupts a sound snapshot, one member at a time.
func TestCorruptSnapshotIsRefused(t *testing.T) {
	t.Parallel()
	activated := join(returned(), nil, step{sw, "2026-02-01", pep.Activate{}})
	ceased := join(delegated(), nil, step{sys, "2026-02-01", pep.Cease{On: on("2026-02-01")}})
	deleted := join(delegated(), nil, step{pep.ServiceDesk, "2026-02-01", pep.Delete{Reason: text("Entered twice")}})
	for _, c := range []struct {
		name    string
		at      []step
		want    string
		corrupt func(*pep.Snapshot)
	}{
		{"format 0", started(), "format", func(s *pep.Snapshot) { s.Format = 0 }},
		{"a later format", started(), "format", func(s *pep.Snapshot) { s.Format = pep.Format + 1 }},
		{"no id", started(), "id", func(s *pep.Snapshot) { s.ID = pep.ID{} }},
		{"no child", started(), "child", func(s *pep.Snapshot) { s.Child = record.ChildID{} }},
		{"version 0", started(), "version", func(s *pep.Snapshot) { s.Version = 0 }},
		{"version -1", started(), "version", func(s *pep.Snapshot) { s.Version = -1 }},
		{"no kind", started(), "kind", func(s *pep.Snapshot) { s.Kind = 0 }},
		{"an unknown kind", started(), "kind", func(s *pep.Snapshot) { s.Kind = 3 }},
		{"no type", started(), "type", func(s *pep.Snapshot) { s.Type = 0 }},
		{"an unknown type", started(), "type", func(s *pep.Snapshot) { s.Type = 255 }},
		{"the type of a shorter form", started(), "sections", func(s *pep.Snapshot) { s.Type = forms.EarlyYears }},
		{"policy 0", started(), "policy", func(s *pep.Snapshot) { s.Policy = 0 }},
		{"not started", started(), "stage", func(s *pep.Snapshot) { s.Stage = pep.None }},
		{"an unknown stage", started(), "stage", func(s *pep.Snapshot) { s.Stage = 9 }},
		{"a far stage", started(), "stage", func(s *pep.Snapshot) { s.Stage = 255 }},
		{"no day of coming to its stage", started(), "since", func(s *pep.Snapshot) { s.Since = on("") }},
		{"revision 0", started(), "revision", func(s *pep.Snapshot) { s.Revision = 0 }},
		{"no day of starting", started(), "started", func(s *pep.Snapshot) { s.Started = on("") }},
		{"no meeting", started(), "meeting", func(s *pep.Snapshot) { s.Meeting = on("") }},
		{"no term", started(), "term", func(s *pep.Snapshot) { s.Term = term.Term{} }},
		{"a term before the one carried to", everyMember(), "term", func(s *pep.Snapshot) { s.Term = s.CarriedTo.Previous() }},
		{"carried less than never", started(), "carried", func(s *pep.Snapshot) { s.Carried = -1 }},
		{"carried nowhere", started(), "carriedTo", func(s *pep.Snapshot) { s.Carried = 1 }},
		{"never carried, to a term", started(), "carriedTo", func(s *pep.Snapshot) { s.CarriedTo = s.Term }},
		{"a delegated draft", started(), "delegated", func(s *pep.Snapshot) { s.Delegated = s.Started }},
		{"delegated on no day", delegated(), "delegated", func(s *pep.Snapshot) { s.Delegated = on("") }},
		{"a due date in a draft", started(), "due", func(s *pep.Snapshot) { s.Due = s.Meeting }},
		{"no due date", delegated(), "due", func(s *pep.Snapshot) { s.Due, s.DueByDefault = on(""), false }},
		{"a default of no due date", started(), "dueByDefault", func(s *pep.Snapshot) { s.DueByDefault = true }},
		{"a contributor of a draft", started(), "contributor", func(s *pep.Snapshot) { s.Contributor = teacherID }},
		{"delegated to nobody", delegated(), "contributor", func(s *pep.Snapshot) { s.Contributor = record.ContributorID{} }},
		{"delegated nowhere", delegated(), "establishment", func(s *pep.Snapshot) { s.Establishment = record.EstablishmentID{} }},
		{"a grade on no day", checking(), "gradedOn", func(s *pep.Snapshot) { s.Grade = pep.Green }},
		{"graded without a grade", checking(), "gradedOn", func(s *pep.Snapshot) { s.GradedOn = s.Started }},
		{"an unknown grade", checking(), "grade", func(s *pep.Snapshot) { s.Grade, s.GradedOn = 4, s.Started }},
		{"finalised red", finalised(), "grade", func(s *pep.Snapshot) { s.Grade, s.GradedOn = pep.Red, s.Started }},
		{"finalised on no day", finalised(), "finalisedOn", func(s *pep.Snapshot) { s.Final.On = on("") }},
		{"revised, and finalised on no day", everyMember(), "finalisedOn", func(s *pep.Snapshot) { s.Final.On = on("") }},
		{"finalised without a record of it", finalised(), "finalRevision", func(s *pep.Snapshot) { s.Final = pep.Final{} }},
		{"finalised for another next meeting", finalised(), "finalRevision", func(s *pep.Snapshot) { s.Final.Next = s.Meeting }},
		{"revised, and finalised at that revision", everyMember(), "finalRevision", func(s *pep.Snapshot) { s.Final.Revision++ }},
		{"revised, and finalised red", everyMember(), "finalRevision", func(s *pep.Snapshot) { s.Final.Grade = pep.Red }},
		{"revised, and finalised with an unknown grade", everyMember(), "finalRevision", func(s *pep.Snapshot) { s.Final.Grade = 4 }},
		{"finalised and never revised", checking(), "finalRevision", func(s *pep.Snapshot) { s.Final.On = s.Started }},
		{"deleted and finalised", deleted, "finalRevision", func(s *pep.Snapshot) { s.Revision, s.Final.Revision, s.Final.On = 2, 1, s.Started }},
		{"a draft that was submitted", started(), "submitted", func(s *pep.Snapshot) { s.Submitted = s.Started }},
		{"retracted at no version", retracted(), "retracted", func(s *pep.Snapshot) { s.Retracted.Version = 0 }},
		{"retracted at a later version", retracted(), "retracted", func(s *pep.Snapshot) { s.Retracted.Version = s.Version + 1 }},
		{"sealed until no day", retracted(), "retracted", func(s *pep.Snapshot) { s.Retracted.Until = on("") }},
		{"a sealed box that the section does not have", retracted(), "retracted", func(s *pep.Snapshot) { s.Retracted.Filled[0] = 1 << 63 }},
		{"written since the retract", retracted(), "retracted", func(s *pep.Snapshot) { s.Filled[0] = 1 }},
		{"retracted and delegated", delegated(), "retracted", func(s *pep.Snapshot) {
			s.Retracted = pep.Retracted{Version: 1, Until: s.Meeting}
			s.Filled = [forms.MaxSections]forms.Filled{}
		}},
		{"ceased and open", started(), "ceasedOn", func(s *pep.Snapshot) { s.CeasedOn = s.Started }},
		{"cancelled on no day", ceased, "ceasedOn", func(s *pep.Snapshot) { s.CeasedOn = on("") }},
		{"a section that the form does not have", started(), "sections", func(s *pep.Snapshot) { s.Sections[6] = s.Sections[0] }},
		{"a section in no state", started(), "sections", func(s *pep.Snapshot) { s.Sections[5] = 0 }},
		{"a section in an unknown state", ceased, "sections", func(s *pep.Snapshot) { s.Sections[5] = 6 }},
		{"a locked section of a draft", started(), "sections", func(s *pep.Snapshot) { s.Sections[5]++; s.Sections[5]++; s.Sections[5]++ }},
		{"half of it activated", everyMember()[:16], "sections", func(s *pep.Snapshot) { s.Sections[5]++ }},
		{"returned, the first section activated and the others locked", returned(), "sections", func(s *pep.Snapshot) { s.Sections[0] = delegation.Activated }},
		{"returned, the last section activated and the others locked", returned(), "sections", func(s *pep.Snapshot) { s.Sections[5] = delegation.Activated }},
		{"activated, one section locked", activated, "sections", func(s *pep.Snapshot) { s.Sections[3] = delegation.Locked }},
		{"returned and editable", returned(), "sections", func(s *pep.Snapshot) { s.Sections[0] = 1 }},
		{"a box that the section does not have", started(), "filled", func(s *pep.Snapshot) { s.Filled[0] = 1 << 63 }},
		{"a box of a section that the form does not have", started(), "filled", func(s *pep.Snapshot) { s.Filled[6] = 1 }},
		{"checking with a blank box", checking(), "filled", func(s *pep.Snapshot) { s.Filled[5] &^= 1 }},
		{"grading with a blank section", grading(), "filled", func(s *pep.Snapshot) { s.Filled[2] = 0 }},
		{"finalised with a blank box", finalised(), "filled", func(s *pep.Snapshot) { s.Filled[0] &^= 2 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := run(t, atSchool(), c.at...).Snapshot()
			_, err := pep.Restore(s)
			require.NoError(t, err)
			c.corrupt(&s)
			p, err := pep.Restore(s)
			require.Nil(t, p)
			requireInvalid(t, c.want, err)
		})
	}
}

// FuzzRestore restores whatever the JSON decodes to. Restore must refuse it or return a
// sound plan, and must never panic.
func FuzzRestore(f *testing.F) {
	for _, steps := range [][]step{started(), checking(), everyMember()} {
		seed, err := json.Marshal(run(f, atSchool(), steps...).Snapshot())
		require.NoError(f, err)
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var s pep.Snapshot
		if json.Unmarshal(raw, &s) != nil {
			return
		}
		p, err := pep.Restore(s)
		if err != nil {
			require.Nil(t, p)
			return
		}
		require.NoError(t, p.Invariant())
		_, err = p.Options(act(sw, "2026-05-01", atSchool()))
		if s.Policy == 1 {
			require.NoError(t, err)
		}
		_, _ = p.Warnings(act(sw, "2026-05-01", atSchool()))
		_, _, _ = p.Blank(), p.Loss(), p.CompletedSections()
	})
}
