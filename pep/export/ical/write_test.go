package ical_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/pep"
	"virtualschool.example/pep/export/ical"
	"virtualschool.example/pep/goldentest"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/private/privatetest"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

var (
	ctx = context.Background()
	on  = civil.MustParse
	at  = time.Date(2026, time.January, 5, 12, 0, 0, 0, time.UTC)
)

// world is a world in which the plans have the same ids in every run and every child's name
// is the canary.
type world struct {
	*peptest.World
	testing.TB
}

func newWorld(t testing.TB) *world {
	n := uint64(0)
	return &world{peptest.New(t, func(c *workflow.Config) {
		c.NewID = func() (id uuid.UUID) {
			n++
			binary.BigEndian.PutUint32(id[:4], uint32(0x5e<<24|n))
			id[15] = byte(n)
			return id
		}
	}), t}
}

// at brings a plan of the nth child to a stage.
func (w *world) at(n int, stage pep.Stage) *pep.PEP {
	w.Helper()
	child := peptest.Child(n)
	child.Name = private.NewText(privatetest.Canary)
	peptest.Put(w, w.Service, child)
	return peptest.Bring(w, w.Service, child.ID, peptest.Meeting(), stage)
}

// do takes an action on a plan.
func (w *world) do(by pep.Role, plan pep.ID, do pep.Action) {
	w.Helper()
	p, err := w.Plan(ctx, peptest.Actor(pep.BusinessSupport), plan)
	require.NoError(w, err)
	_, err = w.Do(ctx, workflow.Command{Key: storage.Key(uuid.NewString()), By: peptest.Actor(by), Plan: plan, Seen: p.Version(), Do: do})
	require.NoError(w, err)
}

// feed returns the calendar of an actor in a role.
func (w *world) feed(by pep.Role) string {
	w.Helper()
	views, err := w.LookAll(ctx, peptest.Actor(by), storage.Query{Scope: storage.Everything()})
	require.NoError(w, err)
	return written(w, views)
}

// written returns a calendar. It requires the line lengths and the line ends of RFC 5545.
func written(t testing.TB, views []workflow.View) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, ical.Write(&out, views, at))
	feed := out.String()
	require.True(t, strings.HasSuffix(feed, "END:VCALENDAR\r\n"))
	for line := range strings.SplitSeq(strings.TrimSuffix(feed, "\r\n"), "\r\n") {
		require.LessOrEqual(t, len(line), 75, line)
		require.NotContains(t, line, "\n")
		require.NotContains(t, line, "\r")
	}
	require.True(t, utf8.ValidString(feed))
	return feed
}

// event is an entry as a calendar program would read it.
type event struct{ uid, summary, from, to, sequence string }

// events returns the entries of a calendar. It requires that no two have the same UID.
func events(t testing.TB, feed string) (all []event) {
	t.Helper()
	c, err := ics.ParseCalendar(strings.NewReader(feed))
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, e := range c.Events() {
		value := func(p ics.ComponentProperty) string { return e.GetProperty(p).Value }
		require.Equal(t, []string{"DATE"}, e.GetProperty(ics.ComponentPropertyDtStart).ICalParameters["VALUE"])
		require.Equal(t, []string{"DATE"}, e.GetProperty(ics.ComponentPropertyDtEnd).ICalParameters["VALUE"])
		require.Equal(t, "20260105T120000Z", value(ics.ComponentPropertyDtstamp))
		require.Equal(t, "PRIVATE", value(ics.ComponentPropertyClass))
		require.False(t, seen[e.Id()], e.Id())
		seen[e.Id()] = true
		all = append(all, event{e.Id(), value(ics.ComponentPropertySummary), value(ics.ComponentPropertyDtStart), value(ics.ComponentPropertyDtEnd), value(ics.ComponentPropertySequence)})
	}
	return all
}

// TestTheCalendarMatchesTheGoldenFile writes the calendar of a worker with plans at six
// stages. It must not hold a name, or the id of a child or of the school.
func TestTheCalendarMatchesTheGoldenFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for n, stage := range []pep.Stage{pep.Draft, pep.Delegated, pep.Returned, pep.Checking, pep.Finalised, pep.Cancelled} {
		w.at(n, stage)
	}
	feed := w.feed(pep.SocialWorker)
	goldentest.Require(t, "testdata/worker.ics", feed)
	require.Len(t, events(t, feed), 7, "five meetings, a due date and a reminder")
	require.NotContains(t, feed, privatetest.Canary)
	require.NotContains(t, feed, peptest.School().Name)
	for n := range 6 {
		require.NotContains(t, feed, peptest.Child(n).ID.String())
	}
	require.NotContains(t, feed, peptest.School().ID.String())
}

// TestAMovedEntryKeepsItsUID also requires that the sequence number grows, so that a
// calendar program moves the entry.
func TestAMovedEntryKeepsItsUID(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	plan := w.at(1, pep.Delegated)
	before := events(t, w.feed(pep.SocialWorker))
	id := plan.ID().String()
	require.Equal(t, []event{
		{id + "-meeting", "PEP meeting (plan " + id[:8] + ")", "20260114", "20260115", "8"},
		{id + "-due", "PEP return due (plan " + id[:8] + ")", "20260128", "20260129", "8"},
		{id + "-reminder-1", "PEP reminder (plan " + id[:8] + ")", "20260114", "20260115", "8"},
	}, before)
	w.do(pep.SocialWorker, plan.ID(), pep.RescheduleMeeting{Meeting: on("2026-01-30")})
	after := events(t, w.feed(pep.SocialWorker))
	for n, day := range [][2]string{{"20260130", "20260131"}, {"20260213", "20260214"}, {"20260130", "20260131"}} {
		want := before[n]
		want.from, want.to, want.sequence = day[0], day[1], "9"
		require.Equal(t, want, after[n])
	}
}

// TestAnEntryStaysWhileItMatters requires a due date and a reminder while the plan is
// delegated, and no entry for a cancelled or deleted plan.
func TestAnEntryStaysWhileItMatters(t *testing.T) {
	t.Parallel()
	for stage, want := range map[pep.Stage]int{pep.Draft: 1, pep.Delegated: 3, pep.Returned: 1, pep.Checking: 1, pep.Grading: 1, pep.Finalised: 1, pep.Cancelled: 0} {
		w := newWorld(t)
		w.at(1, stage)
		require.Len(t, events(t, w.feed(pep.SocialWorker)), want, stage.String())
	}
	w := newWorld(t)
	plan := w.at(1, pep.Delegated)
	require.Len(t, events(t, w.feed(pep.DesignatedTeacher)), 3, "the teacher's own plan")
	view, err := w.Look(ctx, peptest.Actor(pep.BusinessSupport), plan.ID())
	require.NoError(t, err)
	deleted := plan.Snapshot()
	deleted.Stage = pep.Deleted
	view.Plan, err = pep.Restore(deleted)
	require.NoError(t, err)
	require.Empty(t, events(t, written(t, []workflow.View{view})))
}

// TestRemindersFollowThePolicy includes reminders before the due date (REM-2).
func TestRemindersFollowThePolicy(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	plan := w.at(1, pep.Delegated)
	par := pep.Lancashire().Parameters(plan.Meeting())
	par.Delegation.DueReminders, _ = delegation.NewOffsets(-7, -2)
	policy, err := pep.NewPolicy(par)
	require.NoError(t, err)
	got := events(t, written(t, []workflow.View{{Plan: plan, Policy: policy}}))
	require.Equal(t, []string{"20260114", "20260121", "20260126"}, []string{got[2].from, got[3].from, got[4].from})
	require.True(t, strings.HasSuffix(got[4].uid, "-reminder-3"))
}

// TestAPlanThatCouldNotBeReadIsSkipped requires that the other plans have their entries.
func TestAPlanThatCouldNotBeReadIsSkipped(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	good := workflow.View{Plan: w.at(1, pep.Draft), Policy: pep.Lancashire()}
	bad := workflow.View{Plan: pep.New(pep.ID{UUID: uuid.New()}), Failed: &workflow.Error{Err: storage.ErrDamaged}}
	require.Len(t, events(t, written(t, []workflow.View{bad, good})), 1)
	require.Empty(t, events(t, written(t, nil)))
}

// full is a full disk: every write fails.
type full struct{}

var errFull = errors.New("the disk is full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestAFailureToWriteIsReturned(t *testing.T) {
	t.Parallel()
	require.Equal(t, errFull, ical.Write(full{}, nil, at))
}

// FuzzWrite requires that, for any two plans, the calendar can be read back, that its
// lines follow RFC 5545, and that the UID of each entry does not depend on the plan's
// version.
func FuzzWrite(f *testing.F) {
	delegated := newWorld(f).at(1, pep.Delegated).Snapshot()
	f.Add([]byte{1}, int64(8), 0, 14)
	f.Add(bytes.Repeat([]byte{0xff}, 16), int64(1)<<62, 40, -3)
	f.Fuzz(func(t *testing.T, id []byte, version int64, meeting, due int) {
		var views []workflow.View
		for n := range byte(2) {
			s := delegated
			copy(s.ID.UUID[:15], id)
			s.ID.UUID[15] = n + 1
			s.Version, s.Meeting = version, s.Meeting.AddDays(meeting%10_000)
			s.Due = s.Meeting.AddDays(due % 1_000)
			p, err := pep.Restore(s)
			if err != nil {
				t.Skip("not a valid plan")
			}
			views = append(views, workflow.View{Plan: p, Policy: pep.Lancashire()})
		}
		got := events(t, written(t, views))
		require.GreaterOrEqual(t, len(got), 4)
		for _, e := range got {
			require.Regexp(t, `^[0-9a-f-]{36}-(meeting|due|reminder-1)$`, e.uid)
			from, err := time.Parse("20060102", e.from)
			require.NoError(t, err)
			require.Equal(t, from.AddDate(0, 0, 1).Format("20060102"), e.to)
		}
	})
}
