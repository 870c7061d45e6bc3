package pep_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/goldentest"
	"virtualschool.example/pep/private"
)

func TestEventsKeepTheirStoredForm(t *testing.T) {
	t.Parallel()
	p := run(t, atSchool(), join(everyMember(), nil,
		step{sw, "2026-05-10", pep.ChangeContributor{}},
		step{sw, "2026-05-11", pep.Retract{ConfirmedWithSetting: true, Reason: text("Moved away")}},
		step{bs, "2026-05-12", pep.Cease{On: on("2026-05-12")}})...)
	got, err := json.MarshalIndent(p.Pending(), "", "\t")
	require.NoError(t, err)
	goldentest.Require(t, "testdata/events.golden.json", string(got)+"\n")

	var read []pep.Event
	require.NoError(t, json.Unmarshal(got, &read))
	require.Equal(t, p.Pending(), read)
	folded, err := pep.Fold(read)
	require.NoError(t, err)
	require.Equal(t, p.Snapshot(), folded.Snapshot())
}

func TestPlanAsItWasKnown(t *testing.T) {
	t.Parallel()
	steps := everyMember()
	history := run(t, atSchool(), steps...).Pending()
	require.Len(t, history, len(steps), "a version is one event")
	for n := 1; n <= len(history); n++ {
		then, err := pep.Fold(history[:n])
		require.NoError(t, err)
		require.Equal(t, run(t, atSchool(), steps[:n]...).Snapshot(), then.Snapshot())
		require.Equal(t, int64(n), then.Stored())
	}
}

func TestEventIDFollowsFromPlanAndVersion(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, e := range run(t, atSchool(), everyMember()...).Pending() {
		require.Equal(t, e.ID(), (&pep.Event{Plan: e.Plan, Version: e.Version}).ID())
		require.Equal(t, 5, int(e.ID().Version()))
		require.False(t, seen[e.ID().String()])
		seen[e.ID().String()] = true
	}
	require.Equal(t, "f93e3b6f-824d-5d09-b0a8-b4f174172e45", (&pep.Event{Plan: planID, Version: 1}).ID().String())
}

func TestImpossibleHistoryIsRefused(t *testing.T) {
	t.Parallel()
	other := pep.ID{UUID: uid(77)}
	for _, c := range []struct {
		name   string
		change func([]pep.Event) []pep.Event
	}{
		{"its first event is missing", func(h []pep.Event) []pep.Event { return h[1:] }},
		{"one in the middle is missing", func(h []pep.Event) []pep.Event { return append(h[:3:3], h[4:]...) }},
		{"one comes twice", func(h []pep.Event) []pep.Event { return append(h[:3:3], h[2:]...) }},
		{"out of order", func(h []pep.Event) []pep.Event { h[1], h[2] = h[2], h[1]; return h }},
		{"another plan's event", func(h []pep.Event) []pep.Event { h[4].Plan = other; return h }},
		{"from another stage", func(h []pep.Event) []pep.Event { h[1].From = pep.Checking; return h }},
		{"to another stage", func(h []pep.Event) []pep.Event { h[1].To = pep.Finalised; return h }},
		{"by another role", func(h []pep.Event) []pep.Event { h[1].Role = pep.PersonalAdviser; return h }},
		{"an unknown role", func(h []pep.Event) []pep.Event { h[1].Role = 200; return h }},
		{"an unknown action", func(h []pep.Event) []pep.Event { h[1].Verb = 200; return h }},
		{"no action", func(h []pep.Event) []pep.Event { h[1].Verb = 0; return h }},
		{"section 0", func(h []pep.Event) []pep.Event { h[1].Section = 0; return h }},
		{"a section that the form does not have", func(h []pep.Event) []pep.Event { h[1].Section = 7; return h }},
		{"a revision too high", func(h []pep.Event) []pep.Event { h[1].Revision++; return h }},
		{"a revision too low", func(h []pep.Event) []pep.Event { h[0].Revision--; return h }},
		{"a later format", func(h []pep.Event) []pep.Event { h[1].Format = pep.Format + 1; return h }},
		{"a far section", func(h []pep.Event) []pep.Event { h[1].Section = 255; return h }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, err := pep.Fold(c.change(run(t, atSchool(), checking()...).Pending()))
			require.Nil(t, p)
			requireInvalid(t, "history", err)
		})
	}
	p, err := pep.Fold(nil)
	require.Nil(t, p)
	require.Error(t, err)
}

func TestEventHoldsTheDigestAndContentTheText(t *testing.T) {
	t.Parallel()
	p := run(t, atSchool(), join(started(), answers(1, 2), step{sw, "2026-01-06", pep.Attach{Name: text("report.pdf"), Size: 12}})...)
	events, content := p.Pending(), p.Content()
	require.Len(t, content, 3, "the content of two sections and of one file")
	require.Equal(t, events[1].ID(), content[0].Event)
	require.Equal(t, 1, content[0].Section)
	require.True(t, filled(forms.SecondaryMainstream, 1, "Yes").Equal(content[0].Answers))
	require.Equal(t, events[3].ID(), content[2].Event)
	require.Equal(t, "report.pdf", content[2].Text.Reveal(private.Storing))
	require.Equal(t, pep.DigestOf(content[2].Text), events[3].Digest)
	require.Empty(t, events[0].Digest.String(), "no text, no digest")

	clear(events)
	clear(content)
	require.NotZero(t, p.Pending()[0].Version, "the caller gets its own slices")
	require.NotZero(t, p.Content()[0].Section)
}

func TestDigestTextRoundTrips(t *testing.T) {
	t.Parallel()
	d := pep.DigestOf(text("abc"))
	require.Equal(t, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", d.String())
	for _, want := range []pep.Digest{d, {}} {
		raw, err := want.MarshalText()
		require.NoError(t, err)
		read := d
		require.NoError(t, read.UnmarshalText(raw))
		require.Equal(t, want, read)
	}
	for _, bad := range []string{"ba", d.String() + "00", strings.Repeat("x", 64), d.String()[1:]} {
		requireInvalid(t, "digest", new(pep.Digest).UnmarshalText([]byte(bad)))
	}
}
