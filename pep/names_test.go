package pep_test

import (
	"encoding"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
)

// requireNames requires that each value has a text form of its own, in lower
// snake case, that reads back, and that everything else is refused by member.
// Where nothing is the zero value, "" reads as it.
func requireNames[E ~uint8, P interface {
	*E
	encoding.TextUnmarshaler
}](t *testing.T, first, last E, member string, none bool) {
	t.Helper()
	seen := map[string]bool{}
	for e := first; e <= last; e++ {
		raw, err := any(e).(encoding.TextMarshaler).MarshalText()
		require.NoError(t, err)
		text := string(raw)
		require.Equal(t, strings.ToLower(text), text)
		require.False(t, text == "" || seen[text], text)
		seen[text] = true
		var read E
		require.NoError(t, P(&read).UnmarshalText(raw))
		require.Equal(t, e, read)
	}
	beyond := any(last + 1).(interface{ String() string })
	require.Empty(t, beyond.String())
	for _, bad := range []string{"no_such", strings.ToUpper(slices.Collect(keys(seen))[0]), " "} {
		requireInvalid(t, member, P(new(E)).UnmarshalText([]byte(bad)))
	}
	read := last
	if err := P(&read).UnmarshalText(nil); none {
		require.NoError(t, err)
		require.Zero(t, read)
	} else {
		requireInvalid(t, member, err)
	}
}

func keys(m map[string]bool) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func TestNamesReadBack(t *testing.T) {
	t.Parallel()
	requireNames[pep.Stage](t, pep.None, pep.Deleted, "stage", false)
	requireNames[pep.Role](t, pep.SocialWorker, pep.System, "role", false)
	requireNames[pep.Verb](t, pep.VerbStartInitial, pep.VerbRepin, "do", false)
	requireNames[pep.PlanKind](t, pep.Initial, pep.Subsequent, "kind", false)
	requireNames[pep.Grade](t, pep.Red, pep.Green, "grade", true)
	requireNames[pep.Tray](t, pep.SocialWorkerTray, pep.ConsultantsTray, "tray", true)
	requireNames[pep.Notice](t, pep.NoticeDelegated, pep.NoticeFinalised, "notice", true)
}

func TestSwitchesOfThePolicyReadBack(t *testing.T) {
	t.Parallel()
	for _, b := range []pep.LowerBound{pep.BirthdayTerm, pep.TermAfterBirthday} {
		read, err := pep.ParseLowerBound(b.String())
		require.NoError(t, err)
		require.Equal(t, b, read)
	}
	for _, s := range []pep.Sampling{pep.PerEstablishmentPerTerm, pep.PerChild, pep.EveryPlan} {
		read, err := pep.ParseSampling(s.String())
		require.NoError(t, err)
		require.Equal(t, s, read)
	}
	_, err := pep.ParseLowerBound("")
	requireInvalid(t, "lowerBound", err)
	_, err = pep.ParseSampling("none")
	requireInvalid(t, "sampling", err)
}

// TestTrayOfEveryStage: where a plan lies is who has to do something with it.
func TestTrayOfEveryStage(t *testing.T) {
	t.Parallel()
	for stage, want := range map[pep.Stage]string{
		pep.None: "", pep.Draft: "social_worker", pep.Delegated: "establishment", pep.Returned: "social_worker",
		pep.Checking: "business_support", pep.Grading: "virtual_school_consultants",
		pep.Finalised: "", pep.Cancelled: "", pep.Deleted: "", pep.Deleted + 1: "", 255: "",
	} {
		require.Equal(t, want, stage.Tray().String(), stage)
		require.Equal(t, want != "", stage.Open(), stage)
	}
}

func TestEnumerationsMayBeLeftEarly(t *testing.T) {
	t.Parallel()
	for range pep.AllStages() {
		break
	}
	for role := range (pep.Roles(1<<pep.SocialWorker | 1<<pep.System)).All() {
		require.Equal(t, pep.SocialWorker, role)
		break
	}
	for row := range pep.Workflow() {
		require.Equal(t, pep.VerbStartInitial, row.Verb)
		break
	}
	p := run(t, atSchool(), started()...)
	require.Equal(t, planID, p.ID())
	require.Equal(t, childID, p.Child())
}
