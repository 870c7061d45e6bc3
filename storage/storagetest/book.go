package storagetest

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
	"virtualschool.example/term/civil"
)

// bookRows returns the cases of Book and Bookkeeper.
func bookRows() []row {
	return slices.Concat(notes.rows("B1", "B2", "B10"), requests.rows("B5", "B2", "B12"), []row{
		{name: "B1 a list of notes holds only the child's", run: notesOfChild},
		{name: "P3 a note's text comes back byte for byte", run: notesExact},
		{name: "B11 an invalid note is refused", run: noteRefused},
		{name: "B3 attachments come in the order of their events", run: attachments},
		{name: "B3 a transaction sees its own attachment at once", run: attachmentAtOnce},
		{name: "B4 attachments stay whatever becomes of the plan", run: attachmentsStay},
		{name: "B4 an unknown plan has no attachments", run: noAttachments},
		{name: "B5 a list of requests keeps to its scope", run: requestsOfScope},
		{name: "B5 full and minimal requests are kept complete", run: requestWhole},
		{name: "B6 a malformed query for requests is refused", run: badRequestQuery},
		{name: "B5 open requests are those that nobody has answered", run: requestsOpen},
		{name: "B7 a request is read by its id", run: requestByID},
		{name: "B12 an invalid request is refused", run: requestRefused},
		{name: "B13 a request is answered once", run: answeredOnce},
		{name: "B13 full and minimal replies are kept complete", run: replyWhole},
		{name: "B13 twenty answer a request at once and one succeeds", needs: []Capability{AtOnce}, run: answeredAtOnce},
		{name: "B14 an invalid reply is refused", run: replyRefused},
		{name: "P2 a request is neither read nor answered after its transaction", run: requestCloses},
		{name: "P6 a request is neither read nor answered once the context has ended", run: requestContextAtEnd},
		{name: "P13 an update that fails answers nothing", run: answeredInVain},
	})
}

var notes = ledger[record.Note]{
	name: "notes",
	nth:  func(n int) record.Note { return note("a", n) },
	again: func(n record.Note) record.Note {
		n.Child.UUID, n.Text = journey.ID("another", "child"), private.NewText("another")
		return n
	},
	add: func(e *env, ctx context.Context, tx storage.Tx, n record.Note) error {
		return role[storage.Bookkeeper](e, tx).AddNote(ctx, n)
	},
	all: func(e *env, ctx context.Context, r storage.Reader, after *record.Note, limit int) iter.Seq2[record.Note, error] {
		return upTo(limit, role[storage.Book](e, r).Notes(ctx, note("a", 0).Child, momentOf(after, func(n *record.Note) storage.Moment {
			return storage.Moment{At: n.At, ID: n.ID.UUID}
		})))
	},
	same: func(e *env, want, got record.Note) {
		e.Helper()
		require.True(e, want.Text.Equal(got.Text), "Text")
		want.At, want.Text = storage.Instant(want.At), got.Text
		require.Equal(e, want, got)
	},
}

func note(child string, n int) record.Note {
	return record.Note{
		ID: record.NoteID{UUID: ordinal(n)}, Child: record.ChildID{UUID: journey.ID(child, "child")},
		By: record.PersonID{UUID: who("worker")}, At: moment(n), Text: private.NewText(fmt.Sprint("note ", n)),
	}
}

// momentOf returns the place of v in a list, or the zero Moment if v is nil.
func momentOf[T any](v *T, of func(*T) storage.Moment) storage.Moment {
	if v == nil {
		return storage.Moment{}
	}
	return of(v)
}

// upTo stops a list after limit items; 0 means no limit.
func upTo[T any](limit int, list iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		n := 0
		for v, err := range list {
			if n++; !yield(v, err) || n == limit {
				return
			}
		}
	}
}

func (e *env) notes(child string) (found []record.Note) {
	e.Helper()
	e.view(func(r storage.Reader) {
		id := record.ChildID{UUID: journey.ID(child, "child")}
		found = collect(e, role[storage.Book](e, r).Notes(e.ctx, id, storage.Moment{}))
	})
	return found
}

func notesOfChild(e *env) {
	var want [2][]record.Note
	for n := range 12 {
		v := note([]string{"a", "b"}[n%2], n)
		want[n%2] = append(want[n%2], v)
		notes.added(e, v)
	}
	notes.equal(e, want[0], e.notes("a"))
	notes.equal(e, want[1], e.notes("b"))
	require.Empty(e, e.notes("c"))
}

func notesExact(e *env) {
	var want []record.Note
	for n, text := range hard {
		v := note("a", n)
		v.Text = private.NewText(text)
		want = append(want, v)
	}
	notes.added(e, want...)
	notes.equal(e, want, e.notes("a"))
}

func noteRefused(e *env) {
	refusals(e, notes, map[string]func(*record.Note){
		"id":    func(n *record.Note) { n.ID, n.Text = record.NoteID{}, private.NewText(canary) },
		"child": func(n *record.Note) { n.Child, n.Text = record.ChildID{}, private.NewText(canary) },
		"text":  func(n *record.Note) { n.Text = private.Text{} },
	})
}

func (e *env) attachments(r storage.Reader, of pep.ID) []record.Attachment {
	e.Helper()
	return collect(e, role[storage.Book](e, r).Attachments(e.ctx, of))
}

// attach attaches documents with the given names to a plan and returns them.
func attach(j *journey.Journey, names ...string) (want []record.Attachment) {
	for _, name := range names {
		size := int64(len(want)) << 20
		j.Do(pep.Attach{Name: private.NewText(name), Size: size})
		last := j.Last()
		want = append(want, record.Attachment{ID: record.AttachmentID{UUID: last.ID()}, Name: private.NewText(name), Size: size})
	}
	return want
}

func (e *env) sameAttachments(want []record.Attachment, of pep.ID) {
	e.Helper()
	e.view(func(r storage.Reader) {
		got := e.attachments(r, of)
		require.Len(e, got, len(want))
		for i := range want {
			require.True(e, want[i].Name.Equal(got[i].Name), "Name")
			require.Equal(e, want[i].ID, got[i].ID)
			require.Equal(e, want[i].Size, got[i].Size)
		}
	})
}

func attachments(e *env) {
	j := e.plan("a").To(pep.Draft)
	want := attach(j, "z.pdf", "a.pdf", "z.pdf")
	e.save(j.Answer("between", 1))
	want = append(want, attach(j, "Łukasz \x00.docx")...)
	e.save(j)
	e.save(e.plan("b").To(pep.Draft))
	e.sameAttachments(want, j.Plan.ID())
	e.sameAttachments(nil, e.plan("b").Plan.ID())
}

func attachmentAtOnce(e *env) {
	j := e.plan("a").To(pep.Draft)
	attach(j, "a.pdf")
	e.update(func(tx storage.Tx) {
		require.NoError(e, tx.Save(e.ctx, j.Plan))
		require.Len(e, e.attachments(tx, j.Plan.ID()), 1)
	})
}

func attachmentsStay(e *env) {
	j := e.plan("a").To(pep.Draft)
	want := attach(j, "a.pdf")
	e.save(j.To(pep.Delegated))
	e.save(j.Do(pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("moved")}))
	e.sameAttachments(want, j.Plan.ID())
	e.save(j.To(pep.Deleted))
	e.sameAttachments(want, j.Plan.ID())
}

func noAttachments(e *env) {
	e.sameAttachments(nil, pep.ID{UUID: uuid.Max})
	e.sameAttachments(nil, pep.ID{})
}

var requests = ledger[record.Request]{
	name: "requests",
	nth:  request,
	again: func(r record.Request) record.Request {
		r.SUNumber, r.Description = private.NewText("another"), private.NewText("another")
		return r
	},
	add: func(e *env, ctx context.Context, tx storage.Tx, r record.Request) error {
		return role[storage.Bookkeeper](e, tx).AddRequest(ctx, r)
	},
	all: func(e *env, ctx context.Context, r storage.Reader, after *record.Request, limit int) iter.Seq2[record.Request, error] {
		return role[storage.Book](e, r).Requests(ctx, storage.RequestQuery{
			Scope: storage.Everything(), Limit: limit,
			After: momentOf(after, func(r *record.Request) storage.Moment { return storage.Moment{At: r.At, ID: r.ID.UUID} }),
		})
	},
	same: func(e *env, want, got record.Request) {
		e.Helper()
		e.sameRequest(want, got)
	},
}

// sameRequest requires two requests to be equal, and prints nothing private.
func (e *env) sameRequest(want, got record.Request) {
	e.Helper()
	for name, text := range map[string][2]*private.Text{
		"Description": {&want.Description, &got.Description}, "SUNumber": {&want.SUNumber, &got.SUNumber},
		"Person": {&want.Person, &got.Person}, "Email": {&want.Email, &got.Email}, "Reply.Text": {&want.Reply.Text, &got.Reply.Text},
	} {
		require.True(e, text[0].Equal(*text[1]), name)
		*text[0] = *text[1]
	}
	want.At = storage.Instant(want.At)
	if !want.Open() {
		want.Reply.At = storage.Instant(want.Reply.At)
	}
	require.Equal(e, want, got)
}

// request returns the n-th request, about one of three children and one of two
// establishments.
func request(n int) record.Request {
	return record.Request{
		ID: record.RequestID{UUID: ordinal(n)}, Kind: record.TechnicalIssue, By: record.PersonID{UUID: who("worker")}, At: moment(n),
		Establishment: record.EstablishmentID{UUID: sameID(n % 2)}, Contributor: record.ContributorID{UUID: who("teacher")},
		Child: record.ChildID{UUID: sameID(n % 3)}, SUNumber: private.NewText(fmt.Sprint("SU-", n)), Meeting: journey.Meeting(),
		Description: private.NewText(fmt.Sprint("request ", n)),
	}
}

// eachRequest returns a request of each kind, with every member that it may have.
func eachRequest() (all []record.Request) {
	agency := record.Agency{Name: "Moor End Ó", Address: "1 High Street\nPreston", PostCode: "PR1 0AA", Phone: "01772 000000", Portal: true}
	for n, kind := 0, record.NewAgency; kind <= record.RestorePlan; n, kind = n+1, kind+1 {
		r := request(n)
		r.Kind = kind
		switch kind {
		case record.NewAgency, record.AmendAgency:
			r.Agency = agency
			r.Contributor, r.Child, r.SUNumber, r.Meeting = record.ContributorID{}, record.ChildID{}, private.Text{}, civil.Date{}
		case record.NewPortalUser, record.AmendPortalUser, record.CeasePortalUser:
			r.Person, r.Email = private.NewText("Zoë \x00 Invented"), private.NewText("zoë@example.org")
			r.Child, r.SUNumber, r.Meeting = record.ChildID{}, private.Text{}, civil.Date{}
		case record.ReopenPlan, record.DeletePlan, record.RestorePlan:
			r.Establishment, r.Contributor = record.EstablishmentID{}, record.ContributorID{}
		}
		all = append(all, r)
	}
	return all
}

// sameID returns the n-th of a few ids that children, establishments, plans and
// people share, so that a store must look up the right kind of thing.
func sameID(n int) uuid.UUID { return uuid.UUID{0: byte(0x7f + n), 8: 1} }

// requestOrder returns the id of a request.
func requestOrder(r record.Request) uuid.UUID { return r.ID.UUID }

func requestsOfScope(e *env) {
	all := requests.fill(e, 12)
	child := func(n int) record.ChildID { return record.ChildID{UUID: sameID(n)} }
	for name, c := range map[string]struct {
		q    storage.RequestQuery
		want []int
	}{
		"everything":                        {storage.RequestQuery{Scope: storage.Everything()}, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
		"an establishment":                  {storage.RequestQuery{Scope: storage.Establishment(record.EstablishmentID{UUID: sameID(1)})}, []int{1, 3, 5, 7, 9, 11}},
		"an establishment without requests": {storage.RequestQuery{Scope: storage.Establishment(record.EstablishmentID{UUID: sameID(2)})}, nil},
		"one child":                         {storage.RequestQuery{Scope: storage.Caseload(child(2))}, []int{2, 5, 8, 11}},
		"two children, one twice":           {storage.RequestQuery{Scope: storage.Caseload(child(2), child(0), child(2))}, []int{0, 2, 3, 5, 6, 8, 9, 11}},
		"a page of two children":            {storage.RequestQuery{Scope: storage.Caseload(child(2), child(0)), After: storage.Moment{At: all[3].At, ID: all[3].ID.UUID}, Limit: 3}, []int{5, 6, 8}},
		"no children":                       {storage.RequestQuery{Scope: storage.Caseload()}, nil},
	} {
		e.view(func(r storage.Reader) {
			found := collect(e, role[storage.Book](e, r).Requests(e.ctx, c.q))
			require.Equal(e, c.want, placed(e, all, found, requestOrder), name)
		})
	}
}

func requestWhole(e *env) {
	bare := record.Request{
		ID: record.RequestID{UUID: uuid.Max}, Kind: record.TechnicalIssue, By: record.PersonID{UUID: uuid.Max}, At: moment(20),
		Description: private.NewText("a blank page"),
	}
	long := request(24)
	long.Description = private.NewText(canary + "\x00 \ufffd é")
	want := append(eachRequest(), bare, long)
	requests.added(e, want...)
	requests.equal(e, want, requests.list(e, nil, 0))
	e.view(func(r storage.Reader) {
		none := storage.RequestQuery{Scope: storage.Caseload(record.ChildID{})}
		require.Empty(e, collect(e, role[storage.Book](e, r).Requests(e.ctx, none)), "the zero child must not select requests about no child")
	})
}

func badRequestQuery(e *env) {
	requests.fill(e, 2)
	badQueries(e, func(r storage.Reader, s storage.Scope, limit int) iter.Seq2[record.Request, error] {
		return role[storage.Book](e, r).Requests(e.ctx, storage.RequestQuery{Scope: s, Limit: limit})
	}, storage.Scope{}, storage.Tray(pep.SocialWorkerTray), storage.OnePlan(pep.ID{UUID: uuid.Max}), storage.Person(record.PersonID{UUID: uuid.Max}))
}

func requestRefused(e *env) {
	refusals(e, requests, map[string]func(*record.Request){
		"id":          func(r *record.Request) { r.ID, r.Description = record.RequestID{}, private.NewText(canary) },
		"kind":        func(r *record.Request) { r.Kind, r.Description = 0, private.NewText(canary) },
		"description": func(r *record.Request) { r.Description = private.Text{} },
		"suNumber":    func(r *record.Request) { *r = eachRequest()[6]; r.SUNumber = private.Text{} },
		"person":      func(r *record.Request) { r.Person = private.NewText(canary) },
		"reply":       func(r *record.Request) { r.Reply = reply() },
	})
}

// reply returns a reply with every member set.
func reply() record.Reply {
	return record.Reply{By: record.PersonID{UUID: who("desk")}, At: moment(31), Text: private.NewText("Done \x00 é")}
}

func (e *env) tryAnswer(id record.RequestID, r record.Reply) error {
	return e.store.Update(e.ctx, func(tx storage.Tx) error {
		return role[storage.Bookkeeper](e, tx).AnswerRequest(e.ctx, id, r)
	})
}

func (e *env) answer(id record.RequestID, r record.Reply) {
	e.Helper()
	require.NoError(e, e.tryAnswer(id, r))
}

func (e *env) request(id record.RequestID) (found record.Request) {
	e.Helper()
	e.view(func(r storage.Reader) {
		var err error
		found, err = role[storage.Book](e, r).Request(e.ctx, id)
		require.NoError(e, err)
	})
	return found
}

func requestsOpen(e *env) {
	all := requests.fill(e, 12)
	for n := 0; n < 12; n += 5 {
		all[n].Reply = reply()
		e.answer(all[n].ID, all[n].Reply)
	}
	child := func(n int) record.ChildID { return record.ChildID{UUID: sameID(n)} }
	after := storage.Moment{At: all[1].At, ID: all[1].ID.UUID}
	for name, c := range map[string]struct {
		q    storage.RequestQuery
		want []int
	}{
		"everything":       {storage.RequestQuery{Scope: storage.Everything()}, []int{1, 2, 3, 4, 6, 7, 8, 9, 11}},
		"a page":           {storage.RequestQuery{Scope: storage.Everything(), After: after, Limit: 4}, []int{2, 3, 4, 6}},
		"an establishment": {storage.RequestQuery{Scope: storage.Establishment(record.EstablishmentID{UUID: sameID(0)})}, []int{2, 4, 6, 8}},
		"one child":        {storage.RequestQuery{Scope: storage.Caseload(child(0))}, []int{3, 6, 9}},
		"two children":     {storage.RequestQuery{Scope: storage.Caseload(child(1), child(0)), Limit: 5}, []int{1, 3, 4, 6, 7}},
		"no children":      {storage.RequestQuery{Scope: storage.Caseload()}, nil},
	} {
		c.q.Open = true
		e.view(func(r storage.Reader) {
			found := collect(e, role[storage.Book](e, r).Requests(e.ctx, c.q))
			require.Equal(e, c.want, placed(e, all, found, requestOrder), name)
		})
	}
	requests.equal(e, all, requests.list(e, nil, 0))
}

func requestByID(e *env) {
	for _, want := range append(eachRequest(), request(30)) {
		requests.added(e, want)
		e.sameRequest(want, e.request(want.ID))
	}
	e.view(func(r storage.Reader) {
		for _, id := range []uuid.UUID{{}, uuid.Max} {
			_, err := role[storage.Book](e, r).Request(e.ctx, record.RequestID{UUID: id})
			require.ErrorIs(e, err, storage.ErrNotFound)
		}
	})
}

func answeredOnce(e *env) {
	want, other := request(1), request(2)
	requests.added(e, want, other)
	require.ErrorIs(e, e.tryAnswer(record.RequestID{UUID: uuid.Max}, reply()), storage.ErrNotFound)
	want.Reply = reply()
	e.answer(want.ID, want.Reply)
	again := reply()
	again.Text = private.NewText("another")
	for _, second := range []record.Reply{want.Reply, again} {
		require.ErrorIs(e, e.tryAnswer(want.ID, second), storage.ErrExists)
	}
	require.ErrorIs(e, requests.tryAdd(e, request(1)), storage.ErrExists, "an answered request cannot be added again")
	requests.equal(e, []record.Request{want, other}, requests.list(e, nil, 0))
	e.sameRequest(want, e.request(want.ID))
}

func replyWhole(e *env) {
	all := requests.fill(e, 4)
	all[1].Reply = reply()
	all[2].Reply = record.Reply{By: record.PersonID{UUID: uuid.Max}, At: moment(0)}
	e.update(func(tx storage.Tx) {
		for _, r := range all[1:3] {
			require.NoError(e, role[storage.Bookkeeper](e, tx).AnswerRequest(e.ctx, r.ID, r.Reply))
			found, err := role[storage.Book](e, tx).Request(e.ctx, r.ID)
			require.NoError(e, err)
			e.sameRequest(r, found)
		}
	})
	for _, r := range all {
		e.sameRequest(r, e.request(r.ID))
	}
	e.view(func(r storage.Reader) {
		q := storage.RequestQuery{Scope: storage.Caseload(all[1].Child)}
		requests.equal(e, all[1:2], collect(e, role[storage.Book](e, r).Requests(e.ctx, q)))
	})
}

func answeredAtOnce(e *env) {
	requests.added(e, request(1))
	e.winner(storage.ErrExists, func(n int) error {
		r := reply()
		r.Text = private.NewText(fmt.Sprint("by ", n))
		return e.tryAnswer(request(1).ID, r)
	})
}

func replyRefused(e *env) {
	requests.added(e, request(1))
	for member, spoil := range map[string]func(*record.Reply){
		"by":   func(r *record.Reply) { r.By = record.PersonID{} },
		"at":   func(r *record.Reply) { r.At = time.Time{} },
		"text": func(r *record.Reply) { r.Text = private.NewText(canary + "\xff") },
	} {
		bad := reply()
		spoil(&bad)
		err := e.tryAnswer(request(1).ID, bad)
		e.invalid(member, err)
		require.NotContains(e, fmt.Sprintf("%v %+v", err, err), canary)
	}
	found := e.request(request(1).ID)
	require.True(e, found.Open())
}

func requestCloses(e *env) {
	requests.added(e, request(1))
	var reader storage.Reader
	var tx storage.Tx
	e.view(func(r storage.Reader) { reader = r })
	e.update(func(t storage.Tx) { tx = t })
	_, read := role[storage.Book](e, reader).Request(e.ctx, request(1).ID)
	e.all(storage.ErrClosed, map[string]error{
		"Request": read, "AnswerRequest": role[storage.Bookkeeper](e, tx).AnswerRequest(e.ctx, request(1).ID, reply()),
	})
}

func requestContextAtEnd(e *env) {
	requests.added(e, request(1))
	ended, cancel := context.WithCancel(e.ctx)
	cancel()
	_ = e.store.Update(e.ctx, func(tx storage.Tx) error {
		_, err := role[storage.Book](e, tx).Request(ended, request(1).ID)
		require.ErrorIs(e, err, context.Canceled)
		require.ErrorIs(e, role[storage.Bookkeeper](e, tx).AnswerRequest(ended, request(1).ID, reply()), context.Canceled)
		return errOwn
	})
}

func answeredInVain(e *env) {
	requests.added(e, request(1))
	failing(e, func(tx storage.Tx) {
		require.NoError(e, role[storage.Bookkeeper](e, tx).AnswerRequest(e.ctx, request(1).ID, reply()))
	})
	found := e.request(request(1).ID)
	require.True(e, found.Open())
	e.answer(request(1).ID, reply())
}
