package workflow_test

import (
	"context"
	"iter"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/private/privatetest"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term"
)

// The people who act in these tests.
var (
	adas       = peptest.Actor(pep.SocialWorker)
	somebody   = workflow.Actor{ID: record.PersonID{UUID: uid(77)}, Role: pep.SocialWorker}
	portal     = peptest.Actor(pep.DesignatedTeacher)
	colleague  = workflow.Actor{ID: record.PersonID{UUID: uid(78)}, Role: pep.DesignatedTeacher, Contributor: deputy}
	theOffice  = peptest.Actor(pep.BusinessSupport)
	theHead    = peptest.Actor(pep.VirtualSchoolHead)
	theDesk    = peptest.Actor(pep.ServiceDesk)
	theAdviser = peptest.Actor(pep.PersonalAdviser)
)

// TestRegisteredGoesByTheRegister: the register says whose case it is, the plan says
// who has the plan now, and the requests say what the service desk was asked to do.
func TestRegisteredGoesByTheRegister(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	plan := w.At(1, pep.Delegated).ID()
	for _, c := range []struct {
		name string
		by   workflow.Actor
		sees bool
	}{
		{"the child's social worker", adas, true},
		{"another social worker", somebody, false},
		{"the contributor", portal, true},
		{"a colleague of the contributor", colleague, false},
		{"business support", theOffice, true},
		{"the head", theHead, true},
		{"a personal adviser whom the register does not name", theAdviser, false},
		{"a reviewing officer", peptest.Actor(pep.IndependentReviewingOfficer), false},
		{"the service desk without a request", theDesk, false},
		{"the host's program", peptest.Actor(pep.System), true},
	} {
		_, err := w.Look(ctx, c.by, plan)
		if c.sees {
			require.NoError(t, err, c.name)
		} else {
			require.ErrorIs(t, err, storage.ErrNotFound, c.name)
		}
		_, unknown := w.Look(ctx, c.by, pep.ID{UUID: uid(99)})
		if !c.sees {
			require.Equal(t, replaced(unknown, pep.ID{UUID: uid(99)}, plan), err.Error(), "%s: an unknown plan and a hidden one give the same error", c.name)
		}
	}
	child := peptest.Child(1)
	child.Adviser = theAdviser.ID
	peptest.Put(t, w.Service, child)
	_, err := w.Look(ctx, theAdviser, plan)
	require.NoError(t, err, "CHG-5: the adviser reads")
	_, err = w.Do(ctx, workflow.Command{Key: "k", By: theAdviser, Plan: plan, Seen: 8, Do: pep.Cease{On: w.Today()}})
	requireKind(t, workflow.Forbidden, err)

	_, err = w.AddRequest(ctx, adas, toDelete())
	require.NoError(t, err)
	_, err = w.Look(ctx, theDesk, plan)
	require.NoError(t, err)
	err = w.Read(ctx, theDesk, plan, access.ReadAnswers, func(workflow.Reading) error { t.Fatal("the desk reads content"); return nil })
	require.ErrorIs(t, err, storage.ErrNotFound)
}

// replaced returns the text that an error would have if it were about another plan.
func replaced(err error, from, to pep.ID) string {
	e := *err.(*workflow.Error)
	e.Plan = to
	return e.Error()
}

func toDelete() record.Request {
	return record.Request{
		Kind: record.DeletePlan, Child: peptest.Child(1).ID, Meeting: peptest.Meeting(),
		SUNumber: private.NewText("SU1"), Description: private.NewText("A second plan for the term"),
	}
}

// TestAReplayedKeyIsAnsweredOnlyToSomebodyWhoMaySeeThePlan: a key does not let
// anybody bypass a permission.
func TestAReplayedKeyIsAnsweredOnlyToSomebodyWhoMaySeeThePlan(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	child := w.Child(1)
	start := workflow.Command{Key: "start", By: adas, Do: pep.StartInitial{Child: child, Meeting: peptest.Meeting()}}
	done, err := w.Do(ctx, start)
	require.NoError(t, err)
	again, err := w.Do(ctx, start)
	require.NoError(t, err)
	require.Equal(t, done, again)
	known, err := w.Outcome(ctx, adas, "start")
	require.NoError(t, err)
	require.Equal(t, done, known)
	_, err = w.Outcome(ctx, somebody, "start")
	require.ErrorIs(t, err, storage.ErrNotFound)

	moved := peptest.Child(1)
	moved.Worker = somebody.ID
	peptest.Put(t, w.Service, moved)
	again, err = w.Do(ctx, start)
	require.ErrorIs(t, err, storage.ErrNotFound, "the case is now somebody else's")
	require.Zero(t, again)
}

// TestAHostCanMakeTheTableNarrower: somebody who may see the plan but may not take
// an action is told that they may not take it, and the view gives the same reason.
func TestAHostCanMakeTheTableNarrower(t *testing.T) {
	t.Parallel()
	narrow := access.Standard().Without(pep.SocialWorker, access.Act(pep.VerbRetract))
	w := peptest.New(t, func(c *workflow.Config) { c.Access = &narrow })
	plan := w.At(1, pep.Delegated)
	_, err := w.Do(ctx, workflow.Command{Key: "k", By: adas, Plan: plan.ID(), Seen: plan.Version(), Do: pep.Retract{ConfirmedWithSetting: true, Reason: text("By mistake")}})
	requireKind(t, workflow.Forbidden, err)
	requireRefused(t, rule.DELEG6, err)
	view, err := w.Look(ctx, adas, plan.ID())
	require.NoError(t, err)
	require.Equal(t, []rule.Reason{pep.VerbRetract.Refused(rule.NotPermitted)}, view.Options[pep.VerbRetract-1].Reasons)
	require.True(t, view.Options[pep.VerbChangeContributor-1].Verb == pep.VerbChangeContributor)
}

// TestTheDeskNeedsARequestIfTheHostSaysSo: the desk can delete a plan only while a
// request to delete that plan is open.
func TestTheDeskNeedsARequestIfTheHostSaysSo(t *testing.T) {
	t.Parallel()
	w := peptest.New(t, func(c *workflow.Config) { c.NeedRequests = true })
	plan := w.At(1, pep.Draft)
	tries := func(key storage.Key) error {
		_, err := w.Do(ctx, workflow.Command{Key: key, By: theDesk, Plan: plan.ID(), Seen: plan.Version(), Do: pep.Delete{Reason: text("A second plan")}})
		return err
	}
	other := toDelete()
	other.Kind = record.ReopenPlan
	_, err := w.AddRequest(ctx, adas, other)
	require.NoError(t, err)
	requireRefused(t, rule.FINAL4, tries("1"))
	view, err := w.Look(ctx, theDesk, plan.ID())
	require.NoError(t, err)
	require.Equal(t, rule.NotRequested, view.Options[pep.VerbDelete-1].Reasons[0].Code)

	id, err := w.AddRequest(ctx, adas, toDelete())
	require.NoError(t, err)
	view, err = w.Look(ctx, theDesk, plan.ID())
	require.NoError(t, err)
	require.True(t, view.Options[pep.VerbDelete-1].Allowed())
	require.NoError(t, w.AnswerRequest(ctx, theDesk, id, text("To be done tomorrow")))
	requireRefused(t, rule.FINAL4, tries("2"))
	_, err = w.AddRequest(ctx, adas, toDelete())
	require.NoError(t, err)
	require.NoError(t, tries("3"))
}

// TestAnAlertStaysUntilTheSocialWorkerAcknowledgesIt: the alert stays in the view
// and in the tray, and the audit trail says who acknowledged it.
func TestAnAlertStaysUntilTheSocialWorkerAcknowledgesIt(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	plan := w.At(1, pep.Returned).ID()
	view, err := w.Look(ctx, adas, plan)
	require.NoError(t, err)
	require.Len(t, view.Alerts, 1)
	require.Equal(t, "returned", view.Alerts[0].Kind)
	page, err := w.Tray(ctx, adas, workflow.TrayQuery{})
	require.NoError(t, err)
	require.Equal(t, view.Alerts, page.Views[0].Alerts)

	alert := view.Alerts[0].ID
	require.ErrorIs(t, w.Acknowledge(ctx, theOffice, plan, alert), storage.ErrNotFound, "the alert is not in their tray")
	require.ErrorIs(t, w.Acknowledge(ctx, adas, plan, uuid.New()), storage.ErrNotFound)
	require.NoError(t, w.Acknowledge(ctx, adas, plan, alert))
	view, err = w.Look(ctx, adas, plan)
	require.NoError(t, err)
	require.Empty(t, view.Alerts)
	require.NoError(t, w.Store.View(ctx, func(r storage.Reader) error {
		audit, err := storage.AuditOf(r)
		require.NoError(t, err)
		found := 0
		for e, err := range audit.Entries(ctx, storage.AuditQuery{Scope: storage.OnePlan(plan)}) {
			require.NoError(t, err)
			if e.Name == "acknowledge" && e.What == storage.Acted && e.By == adas.ID {
				found++
			}
		}
		require.Equal(t, 1, found)
		return nil
	}))
}

// TestATrayBelongsToOnePersonOrOneGroup: the pages of a tray follow one another
// without a gap.
func TestATrayBelongsToOnePersonOrOneGroup(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	for n := range 5 {
		w.At(n, pep.Draft)
	}
	w.At(5, pep.Delegated)
	w.At(6, pep.Checking)
	other := peptest.Child(7)
	other.Worker = somebody.ID
	peptest.Put(t, w.Service, other)
	_, err := w.Do(ctx, workflow.Command{Key: "other", By: somebody, Do: pep.StartInitial{Child: other.ID, Meeting: peptest.Meeting()}})
	require.NoError(t, err)

	count := func(by workflow.Actor) int {
		page, err := w.Tray(ctx, by, workflow.TrayQuery{})
		require.NoError(t, err)
		return len(page.Views)
	}
	require.Equal(t, 5, count(adas))
	require.Equal(t, 1, count(somebody))
	require.Equal(t, 1, count(portal))
	require.Equal(t, 0, count(colleague))
	require.Equal(t, 1, count(theOffice))
	require.Equal(t, 0, count(peptest.Actor(pep.VirtualSchoolConsultant)))

	var seen []pep.ID
	q := workflow.TrayQuery{Limit: 2}
	for pages := 1; ; pages++ {
		page, err := w.Tray(ctx, adas, q)
		require.NoError(t, err)
		for _, v := range page.Views {
			seen = append(seen, v.Plan.ID())
		}
		if q.After = page.Next; page.Next.IsZero() {
			require.Equal(t, 3, pages)
			break
		}
		_, err = w.Tray(ctx, theOffice, workflow.TrayQuery{After: page.Next})
		require.Equal(t, "after", rule.InvalidMember(err), "a position in another list")
	}
	require.Len(t, seen, 5)
	for _, c := range []struct {
		want string
		by   workflow.Actor
		q    workflow.TrayQuery
	}{
		{"limit", adas, workflow.TrayQuery{Limit: workflow.MaxPage + 1}},
		{"limit", adas, workflow.TrayQuery{Limit: -1}},
		{"role", theHead, workflow.TrayQuery{}},
		{"role", workflow.Actor{ID: adas.ID}, workflow.TrayQuery{}},
		{"by", workflow.Actor{Role: pep.SocialWorker}, workflow.TrayQuery{}},
		{"contributor", workflow.Actor{ID: adas.ID, Role: pep.SocialWorker, Contributor: teacher}, workflow.TrayQuery{}},
		{"contributor", workflow.Actor{ID: adas.ID, Role: pep.DesignatedTeacher}, workflow.TrayQuery{}},
	} {
		_, err := w.Tray(ctx, c.by, c.q)
		require.Equal(t, c.want, rule.InvalidMember(err))
	}
	_, err = w.LookAll(ctx, adas, storage.Query{})
	require.Equal(t, "scope", rule.InvalidMember(err))
}

// TestContentIsReadByDeed: history, answers and documents each need their own
// permission, and each reading is audited if the host says so.
func TestContentIsReadByDeed(t *testing.T) {
	t.Parallel()
	w := peptest.New(t, func(c *workflow.Config) { c.AuditReadings = true })
	plan := w.At(1, pep.Delegated)
	require.NoError(t, w.Read(ctx, portal, plan.ID(), access.ReadAnswers, func(c workflow.Reading) error {
		answers, err := c.Answers(1, 1)
		require.NoError(t, err)
		require.NotZero(t, answers.Len())
		for _, err := range c.History() {
			require.Equal(t, "deed", rule.InvalidMember(err))
		}
		for _, err := range c.Attachments() {
			require.Equal(t, "deed", rule.InvalidMember(err))
		}
		return nil
	}))
	err := w.Read(ctx, portal, plan.ID(), access.ReadHistory, func(workflow.Reading) error { t.Fatal("read"); return nil })
	require.ErrorIs(t, err, storage.ErrNotFound)
	require.NoError(t, w.Read(ctx, adas, plan.ID(), access.ReadHistory, func(c workflow.Reading) error {
		n := 0
		for e, err := range c.History() {
			require.NoError(t, err)
			n++
			_, err = c.Text(e)
			require.ErrorIs(t, err, storage.ErrNotFound, "no event of this plan has a text")
		}
		require.EqualValues(t, c.Plan.Version(), n)
		_, err := c.Text(pep.Event{Plan: pep.ID{UUID: uid(9)}, Version: 1})
		require.ErrorIs(t, err, storage.ErrNotFound)
		return nil
	}))
	require.Equal(t, "deed", rule.InvalidMember(w.Read(ctx, adas, plan.ID(), access.Pay, nil)))
	names := map[string]int{}
	require.NoError(t, w.Store.View(ctx, func(r storage.Reader) error {
		audit, _ := storage.AuditOf(r)
		for e, err := range audit.Entries(ctx, storage.AuditQuery{Scope: storage.Everything()}) {
			require.NoError(t, err)
			names[e.What.String()+" "+e.Name]++
			privatetest.Sweep(t, e)
		}
		return nil
	}))
	require.Equal(t, 1, names["reading read_answers"])
	require.Equal(t, 1, names["reading read_history"])
	require.Equal(t, 1, names["denial read_history"])
}

// TestStartsSayWhichPlanAndWho: a social worker starts a first plan, business
// support starts a subsequent one, and neither can be started while a plan is open.
func TestStartsSayWhichPlanAndWho(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	starts, err := w.Starts(ctx, adas, w.Child(1))
	require.NoError(t, err)
	require.Len(t, starts, 2)
	require.True(t, starts[0].Allowed())
	require.Equal(t, pep.VerbStartInitial, starts[0].Verb)
	require.Equal(t, []pep.Role{pep.SocialWorker}, starts[0].By)
	require.Equal(t, []pep.Role{pep.BusinessSupport}, starts[1].By)
	w.At(2, pep.Draft)
	starts, err = w.Starts(ctx, adas, peptest.Child(2).ID)
	require.NoError(t, err)
	for _, s := range starts {
		require.Equal(t, rule.START2, s.Reasons[0].Rule)
	}
	_, err = w.Starts(ctx, somebody, peptest.Child(2).ID)
	require.ErrorIs(t, err, storage.ErrNotFound)
}

// TestNotesAreReadBeforeACaseIsTakenOver (NOTE-1): the new worker is told which
// notes are unread.
func TestNotesAreReadBeforeACaseIsTakenOver(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	child := w.Child(1)
	id, err := w.AddNote(ctx, adas, record.Note{Child: child, Text: text("The carer rang about the school bus")})
	require.NoError(t, err)
	notes, err := w.Notes(ctx, adas, child)
	require.NoError(t, err)
	require.Len(t, notes, 1)
	require.Equal(t, adas.ID, notes[0].By)
	moved := peptest.Child(1)
	moved.Worker = somebody.ID
	peptest.Put(t, w.Service, moved)
	unread, warning, err := w.Unread(ctx, somebody, pep.Reallocation{Child: child, To: somebody.ID, At: w.Clock.Now()})
	require.NoError(t, err)
	require.Equal(t, []record.NoteID{id}, unread)
	require.Equal(t, pep.NotesUnread, warning)
	_, err = w.Notes(ctx, adas, child)
	require.ErrorIs(t, err, storage.ErrNotFound, "the case is now another worker's")
	_, err = w.AddNote(ctx, somebody, record.Note{Child: child, Text: text("")})
	require.Equal(t, "text", rule.InvalidMember(err))
}

// TestRequestsSayWhatTheirKindNeeds: a request to delete a plan must name the
// child's SU number, and only the desk answers it, once.
func TestRequestsSayWhatTheirKindNeeds(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	w.Child(1)
	q := toDelete()
	q.SUNumber = private.Text{}
	_, err := w.AddRequest(ctx, adas, q)
	require.Equal(t, "suNumber", rule.InvalidMember(err))
	id, err := w.AddRequest(ctx, adas, toDelete())
	require.NoError(t, err)
	open, err := w.Requests(ctx, theDesk, storage.RequestQuery{Scope: storage.Everything(), Open: true})
	require.NoError(t, err)
	require.Len(t, open, 1)
	require.ErrorIs(t, w.AnswerRequest(ctx, adas, id, text("Done")), storage.ErrNotFound, "only the desk answers")
	require.NoError(t, w.AnswerRequest(ctx, theDesk, id, text("Done")))
	require.ErrorIs(t, w.AnswerRequest(ctx, theDesk, id, text("Done")), storage.ErrExists)
	open, err = w.Requests(ctx, theDesk, storage.RequestQuery{Scope: storage.Everything(), Open: true})
	require.NoError(t, err)
	require.Empty(t, open)
}

// TestPayPaysOnce: the store keeps the lines, a second run pays nothing, and the
// head can hold a payment (PAY-3, PAY-11).
func TestPayPaysOnce(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	paid, held := w.At(1, pep.Finalised), w.At(2, pep.Finalised)
	require.NoError(t, w.DecidePayment(ctx, theHead, payment.Discretion{Plan: held.ID(), Verdict: payment.Held, Reason: text("The school has closed")}))
	preview, err := w.PreviewPayments(ctx, theOffice, paid.Term())
	require.NoError(t, err)
	run, err := w.Pay(ctx, theOffice, paid.Term())
	require.NoError(t, err)
	require.Equal(t, preview, run)
	require.Len(t, run.Lines, 1, "%v", run.Exceptions)
	require.Equal(t, paid.ID(), run.Lines[0].Plan)
	require.Len(t, run.Exceptions, 1)
	require.Equal(t, payment.HeldByHead, run.Exceptions[0].Cause)
	lines := run.Lines
	run, err = w.Pay(ctx, theOffice, paid.Term())
	require.NoError(t, err)
	require.Empty(t, run.Lines)
	everything := storage.PaymentQuery{Scope: storage.Everything()}
	kept, err := w.Paid(ctx, theOffice, everything)
	require.NoError(t, err)
	require.Equal(t, lines, kept)
	_, err = w.Paid(ctx, adas, everything)
	require.ErrorIs(t, err, storage.ErrNotFound)
	_, err = w.Pay(ctx, adas, paid.Term())
	require.ErrorIs(t, err, storage.ErrNotFound)
	err = w.DecidePayment(ctx, theHead, payment.Discretion{Plan: held.ID(), Verdict: payment.Held})
	requireRefused(t, rule.PAY11, err)
}

// TestMissingCountsTheRegister: the authority gets every child, and a social worker
// gets their caseload. It is not an error to leave the loop early.
func TestMissingCountsTheRegister(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	for n := range 3 {
		w.Child(n)
	}
	done := w.At(3, pep.Finalised)
	other := peptest.Child(4)
	other.Worker = somebody.ID
	peptest.Put(t, w.Service, other)
	count := func(by workflow.Actor) *workflow.Missing {
		m := w.Missing(ctx, by, done.Term())
		for _, err := range m.All() {
			require.NoError(t, err)
		}
		return m
	}
	all := count(theOffice)
	require.Equal(t, 4, all.Count[pep.MissingPlan])
	require.Equal(t, 1, all.Count[pep.Satisfied])
	require.Equal(t, 3, count(adas).Count[pep.MissingPlan])
	require.Equal(t, 1, count(somebody).Count[pep.MissingPlan])
	for range all.All() {
		break
	}
	require.Equal(t, 1, all.Count[pep.MissingPlan]+all.Count[pep.Satisfied])
	for _, err := range w.Missing(ctx, portal, done.Term()).All() {
		require.ErrorIs(t, err, storage.ErrNotFound)
	}
}

// TestTheRegisterIsSearchedAndChangedThroughTheService covers PRE-1 to PRE-4, CHG-3
// and the criteria for grading.
func TestTheRegisterIsSearchedAndChangedThroughTheService(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	plan := w.At(1, pep.Grading)
	school := peptest.School()
	found, err := w.Agencies(ctx, adas, school.Name, school.PostCode)
	require.NoError(t, err)
	require.Len(t, found, 1)
	found, err = w.Agencies(ctx, adas, school.Name, "ZZ9 9ZZ")
	require.NoError(t, err)
	require.Empty(t, found)

	fresh := record.Contributor{ID: deputy, Establishment: school.ID, Active: true, Actioned: w.Clock.Now()}
	require.NoError(t, w.Enter(ctx, theDesk, workflow.Entries{Contributors: []record.Contributor{fresh}}))
	check, err := w.Preflight(ctx, adas, deputy)
	require.NoError(t, err)
	require.Equal(t, rule.PRE3, check.Reasons[0].Rule)
	require.Equal(t, w.Clock.Now().AddDate(0, 0, 1), check.From)
	check, err = w.Preflight(ctx, adas, peptest.Teacher().ID)
	require.NoError(t, err)
	require.Empty(t, check.Reasons)

	require.NoError(t, w.Convert(ctx, theOffice, school.ID, pep.Conversion{Type: forms.AcademyConverter, DfENumber: "888/4001", URN: "100001"}))
	found, err = w.Agencies(ctx, adas, school.Name, school.PostCode)
	require.NoError(t, err)
	require.Equal(t, "888/4001", found[0].DfENumber)
	require.ErrorIs(t, w.Convert(ctx, adas, school.ID, pep.Conversion{}), storage.ErrNotFound)

	criteria, err := w.Criteria(ctx, peptest.Actor(pep.VirtualSchoolConsultant), plan.ID())
	require.NoError(t, err)
	require.NotEmpty(t, criteria)
}

// TestARelationThatCallsTheServiceDoesNotWaitForItself: a store in memory allows a
// view within a view.
func TestARelationThatCallsTheServiceDoesNotWaitForItself(t *testing.T) {
	t.Parallel()
	var w *peptest.World
	w = peptest.New(t, func(c *workflow.Config) {
		c.AuditReadings = true
		c.Relation = func(ctx context.Context, c workflow.Case) (access.Relations, error) {
			if c.Plan != nil && c.By == adas {
				if _, err := w.Plan(ctx, theOffice, c.Plan.ID()); err != nil {
					return 0, err
				}
			}
			return everything, nil
		}
	})
	w.At(1, pep.Draft)
	read := map[record.PersonID]int{}
	require.NoError(t, w.Store.View(ctx, func(r storage.Reader) error {
		audit, _ := storage.AuditOf(r)
		for e, err := range audit.Entries(ctx, storage.AuditQuery{Scope: storage.Everything()}) {
			require.NoError(t, err)
			if e.Name == "plan" {
				read[e.By]++
			}
		}
		return nil
	}))
	require.Contains(t, read, adas.ID)
	require.NotContains(t, read, theOffice.ID, "what a relation reads is not audited, because no person has read it")
}

// TestPruneRemovesWhatNobodyNeeds: Prune removes old keys, and old messages that
// were delivered and are not alerts.
func TestPruneRemovesWhatNobodyNeeds(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	w.At(1, pep.Returned)
	keys := 0
	all, err := w.Store.Claim(ctx, 100, w.Clock.Now(), w.Clock.Now())
	require.NoError(t, err)
	for _, m := range all {
		require.NoError(t, w.Store.Delivered(ctx, m.ID))
		keys++
	}
	require.Equal(t, 2, keys, "one for delegated and one for returned")
	w.Clock.Noon(on("2026-03-01"))
	for _, day := range []string{"", "2026-03-01", "2026-01-30"} { // the last of these days is 30 days ago
		_, err = w.Prune(ctx, on(day))
		require.Equal(t, "before", rule.InvalidMember(err), day)
	}
	gone, err := w.Prune(ctx, on("2026-01-05"))
	require.NoError(t, err)
	require.Zero(t, gone, "nothing is older than that")
	gone, err = w.Prune(ctx, on("2026-01-29"))
	require.NoError(t, err)
	require.Equal(t, 1, gone.Messages, "the alert stays")
	require.Equal(t, 9, gone.Keys)
	gone, err = w.Prune(ctx, on("2026-01-29"))
	require.NoError(t, err)
	require.Zero(t, gone)
}

// TestOneBadRecordStopsNoList: if one child's record cannot be used, the tray and
// the list of missing plans report an error for that child alone and continue.
func TestOneBadRecordStopsNoList(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	bad := w.At(1, pep.Returned)
	w.At(2, pep.Returned)
	child := peptest.Child(1)
	child.Born = private.NewDate(on("2026-02-01")) // after the meeting
	peptest.Put(t, w.Service, child)
	page, err := w.Tray(ctx, adas, workflow.TrayQuery{})
	require.NoError(t, err)
	require.Len(t, page.Views, 2)
	for _, v := range page.Views {
		require.Equal(t, v.Plan.ID() == bad.ID(), v.Failed != nil)
		require.Equal(t, v.Plan.ID() == bad.ID(), len(v.Options) == 0)
		if v.Failed != nil {
			require.Equal(t, workflow.Damaged, workflow.KindOf(v.Failed))
			privatetest.Sweep(t, v.Failed.Error())
		}
	}
	child.Born = private.NewDate(on("1990-01-01"))
	peptest.Put(t, w.Service, child)
	failed := 0
	m := w.Missing(ctx, theOffice, bad.Term())
	for one, err := range m.All() {
		if err != nil {
			failed++
			require.Equal(t, child.ID, one.Child.ID)
			require.Equal(t, workflow.Damaged, workflow.KindOf(err))
		}
	}
	require.Equal(t, 1, failed)
	require.Equal(t, 1, m.Count[pep.Satisfied])
}

// TestWhatIsOutsideTheCaseloadLeavesNoTrace: no list of requests and no page of
// plans shows anything outside the caseload, and the limit counts only what the
// actor may see.
func TestWhatIsOutsideTheCaseloadLeavesNoTrace(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	hidden, own := w.Child(1), peptest.Child(2)
	w.At(1, pep.Draft)
	_, err := w.AddRequest(ctx, adas, toDelete())
	require.NoError(t, err)
	own.Worker = somebody.ID
	peptest.Put(t, w.Service, own)
	_, err = w.Do(ctx, workflow.Command{Key: "own", By: somebody, Do: pep.StartInitial{Child: own.ID, Meeting: peptest.Meeting().AddDays(1)}})
	require.NoError(t, err)
	_, err = w.AddRequest(ctx, adas, record.Request{Kind: record.TechnicalIssue, Description: text("The portal is slow")})
	require.NoError(t, err)
	for _, scope := range []storage.Scope{storage.Everything(), storage.Caseload(hidden), storage.Caseload(hidden, hidden), storage.Caseload(hidden, own.ID)} {
		found, err := w.Requests(ctx, somebody, storage.RequestQuery{Scope: scope})
		require.NoError(t, err)
		require.Empty(t, found)
		views, err := w.LookAll(ctx, somebody, storage.Query{Scope: scope, Limit: 1})
		require.NoError(t, err)
		if scope, _ := scope.Children(); len(scope) != 1 && (len(scope) == 0 || scope[1] == own.ID) {
			require.Len(t, views, 1, "the first plan is hidden and takes no place on the page")
			require.Equal(t, own.ID, views[0].Plan.Child())
		} else {
			require.Empty(t, views)
		}
	}
	found, err := w.Requests(ctx, adas, storage.RequestQuery{Scope: storage.Everything(), Limit: 1})
	require.NoError(t, err)
	require.Len(t, found, 1)
	found, err = w.Requests(ctx, theOffice, storage.RequestQuery{Scope: storage.Everything()})
	require.NoError(t, err)
	require.Len(t, found, 2)
	_, err = w.Requests(ctx, theOffice, storage.RequestQuery{})
	require.Equal(t, "scope", rule.InvalidMember(err))
}

// TestTheDeskActsWhileAFittingRequestIsOpen: a request that was answered, or that
// does not ask for an action on a plan, does not let the desk see the plan.
func TestTheDeskActsWhileAFittingRequestIsOpen(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	plan := w.At(1, pep.Draft).ID()
	slow := record.Request{Kind: record.TechnicalIssue, Child: peptest.Child(1).ID, Description: text("The portal is slow")}
	_, err := w.AddRequest(ctx, adas, slow)
	require.NoError(t, err)
	_, err = w.Look(ctx, theDesk, plan)
	require.ErrorIs(t, err, storage.ErrNotFound)
	id, err := w.AddRequest(ctx, adas, toDelete())
	require.NoError(t, err)
	_, err = w.Look(ctx, theDesk, plan)
	require.NoError(t, err)
	require.NoError(t, w.AnswerRequest(ctx, theDesk, id, text("Done")))
	_, err = w.Look(ctx, theDesk, plan)
	require.ErrorIs(t, err, storage.ErrNotFound)
}

// TestTheZeroIDIsNotFound: a host may read a zero id from a web address.
func TestTheZeroIDIsNotFound(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	for name, try := range map[string]func() error{
		"plan":      func() error { _, err := w.Plan(ctx, theOffice, pep.ID{}); return err },
		"look":      func() error { _, err := w.Look(ctx, theOffice, pep.ID{}); return err },
		"repinning": func() error { _, err := w.Repinning(ctx, theOffice, pep.ID{}); return err },
		"criteria":  func() error { _, err := w.Criteria(ctx, theOffice, pep.ID{}); return err },
		"read":      func() error { return w.Read(ctx, theOffice, pep.ID{}, access.ReadHistory, nil) },
		"starts":    func() error { _, err := w.Starts(ctx, theOffice, record.ChildID{}); return err },
		"notes":     func() error { _, err := w.Notes(ctx, adas, record.ChildID{}); return err },
	} {
		require.ErrorIs(t, try(), storage.ErrNotFound, name)
	}
}

// TestATeacherIsAnsweredAgain: if the answer to a submission was lost, the same
// submission returns the first outcome, although the teacher no longer has the plan.
func TestATeacherIsAnsweredAgain(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	plan := w.At(1, pep.Delegated)
	submit := workflow.Command{Key: "submit", By: portal, Plan: plan.ID(), Seen: plan.Version(), Do: pep.SubmitContribution{}}
	done, err := w.Do(ctx, submit)
	require.NoError(t, err)
	again, err := w.Do(ctx, submit)
	require.NoError(t, err)
	require.Equal(t, done, again)
	_, err = w.Outcome(ctx, portal, "submit")
	require.NoError(t, err)
	_, err = w.Outcome(ctx, colleague, "submit")
	require.ErrorIs(t, err, storage.ErrNotFound)
	other := submit
	other.By, other.Do = somebody, pep.Activate{}
	_, err = w.Do(ctx, other)
	require.ErrorIs(t, err, storage.ErrNotFound, "the error must not say that the key was used")
}

// TestNobodyCanUseAKeyOfTheService: no command can mark the work of a day as done.
func TestNobodyCanUseAKeyOfTheService(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	_, err := w.Do(ctx, workflow.Command{Key: "workflow.RunDay/2026-01-06", By: adas, Do: pep.StartInitial{Child: w.Child(1), Meeting: peptest.Meeting()}})
	require.Equal(t, "key", rule.InvalidMember(err))
}

// TestOnlyTheHostsProgramEntersChildren: anybody else who could change a child's
// worker could give themselves the case.
func TestOnlyTheHostsProgramEntersChildren(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	for _, by := range []workflow.Actor{theOffice, theDesk, adas} {
		err := w.Enter(ctx, by, workflow.Entries{Children: []record.Child{peptest.Child(1)}})
		require.ErrorIs(t, err, storage.ErrNotFound)
	}
	require.NoError(t, w.Enter(ctx, peptest.Actor(pep.System), workflow.Entries{Children: []record.Child{peptest.Child(1)}}))
}

// TestOneBadPlanDoesNotStopAPaymentRun: the run lists the bad plan and pays the
// others.
func TestOneBadPlanDoesNotStopAPaymentRun(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	bad, good := w.At(1, pep.Finalised), w.At(2, pep.Finalised)
	child := peptest.Child(1)
	child.Born = private.NewDate(on("2026-02-01")) // after the meeting
	peptest.Put(t, w.Service, child)
	run, err := w.Pay(ctx, theOffice, bad.Term())
	require.NoError(t, err)
	require.Len(t, run.Lines, 1)
	require.Equal(t, good.ID(), run.Lines[0].Plan)
	require.Len(t, run.Failed, 1)
	require.Equal(t, bad.ID(), run.Failed[0].Plan)
	_, err = w.Pay(ctx, theOffice, term.Term{})
	require.Equal(t, "term", rule.InvalidMember(err))
	for _, err := range w.Missing(ctx, theOffice, term.Term{}).All() {
		require.Equal(t, "terms", rule.InvalidMember(err))
	}
}

// TestTheFirstPageOfATrayHasTheAlertsOfEveryPlan: the page has the alerts about a
// plan even if the plan is not in the tray.
func TestTheFirstPageOfATrayHasTheAlertsOfEveryPlan(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	plan := w.At(1, pep.Finalised)
	page, err := w.Tray(ctx, adas, workflow.TrayQuery{})
	require.NoError(t, err)
	require.Empty(t, page.Views)
	var kinds []string
	for _, a := range page.Alerts {
		require.Equal(t, plan.ID(), a.Plan)
		kinds = append(kinds, a.Kind)
	}
	require.Equal(t, []string{"returned", "graded"}, kinds)
}

// asked is a register that counts the establishments whose staff the service asks
// for.
type asked struct {
	storage.Register
	storage.Batch
	schools *int
}

func (a asked) ContributorsAt(ctx context.Context, of ...record.EstablishmentID) iter.Seq2[record.Contributor, error] {
	*a.schools += len(of)
	return a.Batch.ContributorsAt(ctx, of...)
}

// TestWhatIsKnownIsNotReadAgain: if the actor may not see the first plans that
// LookAll reads, LookAll reads more, but asks for the staff of a school only once.
func TestWhatIsKnownIsNotReadAgain(t *testing.T) {
	t.Parallel()
	schools := 0
	w := peptest.New(t, func(c *workflow.Config) {
		c.Register = func(r storage.Reader) storage.Register {
			return asked{r.(storage.Register), r.(storage.Batch), &schools}
		}
	})
	for n := range 4 {
		w.At(n, pep.Draft)
	}
	own := peptest.Child(5)
	own.Worker = somebody.ID
	peptest.Put(t, w.Service, own)
	_, err := w.Do(ctx, workflow.Command{Key: "own", By: somebody, Do: pep.StartInitial{Child: own.ID, Meeting: peptest.Meeting().AddDays(1)}})
	require.NoError(t, err)
	schools = 0
	views, err := w.LookAll(ctx, somebody, storage.Query{Scope: storage.Everything(), Limit: 1})
	require.NoError(t, err)
	require.Len(t, views, 1)
	require.Equal(t, 1, schools)
}

// TestANoteAndARequestAreAddedOnce: a double click sends the note, or the request,
// twice with the same id.
func TestANoteAndARequestAreAddedOnce(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	n := record.Note{ID: record.NoteID{UUID: uuid.New()}, Child: w.Child(1), Text: text("The school rang")}
	q := toDelete()
	q.ID = record.RequestID{UUID: uuid.New()}
	for range 2 {
		noted, err := w.AddNote(ctx, adas, n)
		require.NoError(t, err)
		require.Equal(t, n.ID, noted)
		asked, err := w.AddRequest(ctx, adas, q)
		require.NoError(t, err)
		require.Equal(t, q.ID, asked)
	}
	notes, err := w.Notes(ctx, adas, n.Child)
	require.NoError(t, err)
	require.Len(t, notes, 1)
	all, err := w.Requests(ctx, adas, storage.RequestQuery{Scope: storage.Everything()})
	require.NoError(t, err)
	require.Len(t, all, 1)
	q.By, q.Kind = adas.ID, record.ReopenPlan
	_, err = w.AddRequest(ctx, adas, q)
	require.ErrorIs(t, err, storage.ErrExists, "another request with the same id")
}

// TestAViewSaysWhosePlanItIs: a screen can show the child and the place without
// reading anything else. A teacher, who may not see the case, gets both from the
// plan.
func TestAViewSaysWhosePlanItIs(t *testing.T) {
	t.Parallel()
	w := peptest.New(t, func(c *workflow.Config) { c.Trusting, c.Relation = false, workflow.Registered })
	p := w.At(1, pep.Delegated)
	teacher := peptest.Actor(pep.DesignatedTeacher)
	view, err := w.Look(ctx, teacher, p.ID())
	require.NoError(t, err)
	require.Equal(t, peptest.Child(1).Name.Reveal("testing"), view.Child.Reveal("testing"))
	require.Equal(t, peptest.School().Name, view.Place)
	_, err = w.Service.Child(ctx, teacher, p.Child())
	require.ErrorIs(t, err, storage.ErrNotFound)
	child, err := w.Service.Child(ctx, peptest.Actor(pep.BusinessSupport), p.Child())
	require.NoError(t, err)
	require.Equal(t, p.Child(), child.ID)
	staff, err := w.Contributors(ctx, peptest.Actor(pep.BusinessSupport), peptest.School().ID)
	require.NoError(t, err)
	require.Equal(t, peptest.Teacher().ID, staff[0].ID)
	_, err = w.Contributors(ctx, teacher, peptest.School().ID)
	require.ErrorIs(t, err, storage.ErrNotFound)
}
