package workflow_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/private/privatetest"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// ordered returns an order for every section, with a recipient whose name must not
// appear anywhere.
func ordered(change ...func(*workflow.ExportOrder)) workflow.ExportOrder {
	o := workflow.ExportOrder{Purpose: workflow.ForCourt, Recipient: text(privatetest.Canary), All: true}
	for _, c := range change {
		c(&o)
	}
	return o
}

// trail returns the audit trail of a world, without the ids of the entries and
// without the entries that peptest made.
func trail(t *testing.T, w *peptest.World) []storage.Entry {
	t.Helper()
	return slices.DeleteFunc((&world{TB: t, store: w.Store}).entries(), func(e storage.Entry) bool { return e.Name == "enter" || e.Name == "plan" })
}

// Each export has one audit entry, which holds the purpose but
// neither the recipient nor the content.
func TestAnExportIsOnRecord(t *testing.T) {
	t.Parallel()
	for _, audits := range []bool{false, true} {
		w := peptest.New(t, func(c *workflow.Config) { c.AuditReadings = audits })
		plan := w.At(1, pep.Draft)
		x, err := w.Export(ctx, adas, plan.ID(), ordered())
		require.NoError(t, err)
		require.Equal(t, plan.Version(), x.Plan.Version())
		require.Equal(t, "Quarry Bank School", x.Establishment)
		require.Equal(t, pep.SocialWorker, x.By)
		require.Zero(t, x.Child, "the order does not ask for the name")
		require.Len(t, x.Answers, 6)
		for section, answers := range x.Answers {
			require.True(t, peptest.Complete(plan.Type(), section).Equal(answers), section)
		}
		entries := trail(t, w)
		require.Equal(t, []storage.Entry{{
			By: adas.ID, Role: pep.SocialWorker, At: w.Clock.Now(), What: storage.Exported, Name: "export_court",
			Plan: plan.ID(), Child: plan.Child(),
		}}, entries, "one entry for the export, and none for a reading")
		privatetest.Sweep(t, entries)
	}
}

// mute is a store whose audit trail refuses every entry.
type mute struct{ storage.Plans }

var errMute = errors.New("the audit trail is full")

func (m mute) Update(ctx context.Context, fn func(storage.Tx) error) error {
	return m.Plans.Update(ctx, func(tx storage.Tx) error {
		return fn(muteTx{tx, tx.(storage.Register), tx.(storage.Audit)})
	})
}

type entered = storage.Audit

type muteTx struct {
	storage.Tx
	storage.Register
	entered
}

func (muteTx) Audit(context.Context, storage.Entry) error { return errMute }

// TestAnExportThatCannotBeEnteredGivesNothing: Export returns nothing if the audit
// trail fails or the transaction fails.
func TestAnExportThatCannotBeEnteredGivesNothing(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	plan := w.At(1, pep.Draft)
	x, err := w.In(mute{w.Store}).Export(ctx, adas, plan.ID(), ordered())
	require.ErrorIs(t, err, errMute)
	require.Zero(t, x)
	updates := 1
	x, err = w.In(failsLater{w.Store, &updates}).Export(ctx, adas, plan.ID(), ordered())
	require.ErrorIs(t, err, storage.ErrContention)
	require.Zero(t, x)
	require.Empty(t, trail(t, w))
}

// TestAnOrderIsCheckedAndNeverInterpreted: a faulty order is taken neither as an
// order for everything nor as the nearest valid one.
func TestAnOrderIsCheckedAndNeverInterpreted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*workflow.ExportOrder)
		want   []string
	}{
		{"nothing", func(o *workflow.ExportOrder) { *o = workflow.ExportOrder{} }, []string{"purpose", "recipient", "sections"}},
		{"an unknown purpose", func(o *workflow.ExportOrder) { o.Purpose = 99 }, []string{"purpose"}},
		{"a blank recipient", func(o *workflow.ExportOrder) { o.Recipient = text(" \u200b") }, []string{"recipient"}},
		{"a recipient of N/A", func(o *workflow.ExportOrder) { o.Recipient = text("n/a") }, []string{"recipient"}},
		{"a recipient that is not UTF-8", func(o *workflow.ExportOrder) { o.Recipient = text("Ada\xff") }, []string{"recipient"}},
		{"a recipient that is too long", func(o *workflow.ExportOrder) { o.Recipient = text(strings.Repeat("Ł", record.MaxLine+1)) }, []string{"recipient"}},
		{"no section", func(o *workflow.ExportOrder) { o.All = false }, []string{"sections"}},
		{"an empty list", func(o *workflow.ExportOrder) { o.All, o.Sections = false, []int{} }, []string{"sections"}},
		{"all and some", func(o *workflow.ExportOrder) { o.Sections = []int{1} }, []string{"sections"}},
		{"section 0", func(o *workflow.ExportOrder) { o.All, o.Sections = false, []int{0} }, []string{"sections"}},
		{"a section that the form does not have", func(o *workflow.ExportOrder) { o.All, o.Sections = false, []int{1, 7} }, []string{"sections"}},
		{"a section that no form has", func(o *workflow.ExportOrder) { o.All, o.Sections = false, []int{1 << 40} }, []string{"sections"}},
		{"a name that the register does not have", func(o *workflow.ExportOrder) { o.Named = true }, []string{"named"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := peptest.New(t)
			plan := w.At(1, pep.Draft)
			x, err := w.Export(ctx, adas, plan.ID(), ordered(c.change))
			requireKind(t, workflow.Invalid, err)
			require.Equal(t, c.want, rule.InvalidMembers(err))
			require.Zero(t, x)
			require.Empty(t, trail(t, w), "nothing was exported")
			privatetest.Sweep(t, err)
		})
	}
	w := peptest.New(t)
	_, err := w.Export(ctx, adas, w.At(1, pep.Draft).ID(), ordered(func(o *workflow.ExportOrder) { o.Recipient = text(strings.Repeat("Ł", record.MaxLine)) }))
	require.NoError(t, err, "the longest recipient is valid")
}

// TestOnlyTheSectionsThatAreOrderedLeave: the service reads the answers of no other
// section.
func TestOnlyTheSectionsThatAreOrderedLeave(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	x, err := w.Export(ctx, adas, w.At(1, pep.Draft).ID(), ordered(func(o *workflow.ExportOrder) { o.All, o.Sections = false, []int{6, 2, 6} }))
	require.NoError(t, err)
	require.Len(t, x.Answers, 2)
	require.NotZero(t, x.Answers[2])
	require.NotZero(t, x.Answers[6])
}

// TestSomebodyWhoMayNotExportIsToldThatThereIsNoPlan: a designated teacher may read
// but not export, and nobody may export without permission to read the answers.
func TestSomebodyWhoMayNotExportIsToldThatThereIsNoPlan(t *testing.T) {
	t.Parallel()
	silent := access.Standard().Without(pep.BusinessSupport, access.ReadAnswers)
	w := peptest.New(t, func(c *workflow.Config) { c.Access = &silent })
	plan := w.At(1, pep.Delegated).ID()
	for _, by := range []workflow.Actor{portal, somebody, theAdviser, theDesk, theOffice, peptest.Actor(pep.System)} {
		_, err := w.Export(ctx, by, plan, ordered())
		require.ErrorIs(t, err, storage.ErrNotFound, by.Role.String())
		_, unknown := w.Export(ctx, by, pep.ID{UUID: uid(99)}, ordered())
		require.Equal(t, replaced(unknown, pep.ID{UUID: uid(99)}, plan), err.Error(), "an unknown plan and a hidden one give the same error")
		_, none := w.Export(ctx, by, pep.ID{}, ordered())
		require.ErrorIs(t, none, storage.ErrNotFound)
	}
	for _, e := range trail(t, w) {
		require.Equal(t, storage.Denied, e.What)
		require.Equal(t, "export_court", e.Name)
	}
	require.Len(t, trail(t, w), 18)
	_, err := w.Export(ctx, theHead, plan, ordered())
	require.NoError(t, err)
}

// TestAPlanWhoseChildIsDamagedIsNotExported: the error names the plan and nothing else.
func TestAPlanWhoseChildIsDamagedIsNotExported(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.start(ada, "2026-01-14")
	host := &directory{child: record.Child{ID: ada, Name: canary(), Consent: 9, Born: private.NewDate(born)}}
	w.make(func(c *workflow.Config) { c.Register = func(storage.Reader) storage.Register { return host } })
	_, err := w.Export(ctx, support, id, ordered())
	requireKind(t, workflow.Damaged, err)
	require.Contains(t, err.Error(), id.String())
	privatetest.Sweep(t, err)
	require.NotContains(t, err.Error(), ada.String())
	require.Empty(t, w.entries())
}

// TestAPlanIsNotExportedForTheSchoolIfConsentIsWithheld (DELEG-9): the plan can still
// be exported for a court, and consent does not matter at another key stage.
func TestAPlanIsNotExportedForTheSchoolIfConsentIsWithheld(t *testing.T) {
	t.Parallel()
	school := ordered(func(o *workflow.ExportOrder) { o.Purpose = workflow.ForSchool })
	for _, c := range []struct {
		name    string
		born    string
		consent record.Consent
		refused bool
	}{
		{"withheld at key stage 5", "2009-03-05", record.Withheld, true},
		{"given at key stage 5", "2009-03-05", record.Given, false},
		{"not asked at key stage 5", "2009-03-05", 0, false},
		{"withheld in year 7", "2014-03-05", record.Withheld, false},
	} {
		w := newWorld(t)
		w.change(ada, func(r *record.Child) { r.Born, r.Consent = private.NewDate(on(c.born)), c.consent })
		id := w.start(ada, "2026-01-14")
		_, err := w.Export(ctx, support, id, school)
		if !c.refused {
			require.NoError(t, err, c.name)
			continue
		}
		requireRefused(t, rule.DELEG9, err)
		requireKind(t, workflow.Refused, err)
		require.Equal(t, "workflow: export_school on "+id.String()+": DELEG-9: "+rule.ConsentWithheld.Sentence()+"; "+rule.ConsentWithheld.Remedy(), err.Error())
		_, err = w.Export(ctx, support, id, ordered())
		require.NoError(t, err, c.name)
	}
}

// TestTheChildsNameIsGivenOnlyIfTheOrderAsks: an export has the child's name, as in
// the register, only if the order sets Named.
func TestTheChildsNameIsGivenOnlyIfTheOrderAsks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.start(ada, "2026-01-14")
	x, err := w.Export(ctx, support, id, ordered(func(o *workflow.ExportOrder) { o.Named = true }))
	require.NoError(t, err)
	require.Equal(t, privatetest.Canary, x.Child.Reveal(private.Exporting))
	x, err = w.Export(ctx, support, id, ordered())
	require.NoError(t, err)
	require.Zero(t, x.Child)
}

// TestAnExportHasThePlansCurrentRevision: a section that this revision did not change
// has its answers from the revision before.
func TestAnExportHasThePlansCurrentRevision(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.finalised(ada, "2026-01-14", "SPRING—06/05/2026")
	w.must(support, id, pep.Revise{Reason: text("A box was wrong")})
	changed := forms.TemplateOf(forms.SecondaryMainstream).AnswerAll(3, "changed")
	w.must(worker, id, pep.Answer{Section: 3, Answers: changed})
	x, err := w.Export(ctx, support, id, ordered())
	require.NoError(t, err)
	require.Equal(t, 2, x.Plan.Snapshot().Revision)
	require.True(t, changed.Equal(x.Answers[3]))
	require.True(t, filled(forms.SecondaryMainstream, 4).Equal(x.Answers[4]))
}
