package lockstep

import (
	"iter"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// enter adds notes, requests, payments and entries, some of which exist already or
// are invalid, and compares lists of them.
func (w *walk) enter(*rapid.T) {
	w.tally.Steps++
	for range rapid.IntRange(1, 6).Draw(w.T, "entries") {
		switch rapid.SampledFrom([]int{0, 1, 2, 2, 3, 4, 5}).Draw(w.T, "ledger") {
		case 0:
			n := record.Note{ID: record.NoteID{UUID: w.entryID()}, Child: w.anyChild(), By: w.person(), At: w.instant(), Text: w.text("note")}
			adds(w, "note", storage.BookkeeperOf, func(to storage.Bookkeeper) error { return to.AddNote(w.ctx, n) })
		case 1:
			r := w.request()
			adds(w, "request", storage.BookkeeperOf, func(to storage.Bookkeeper) error { return to.AddRequest(w.ctx, r) })
		case 2:
			l := w.line()
			adds(w, "payment", storage.PayerOf, func(to storage.Payer) error { return to.Pay(w.ctx, l) })
		case 3:
			e := w.entry()
			adds(w, "entry", storage.AuditorOf, func(to storage.Auditor) error { return to.Audit(w.ctx, e) })
		case 4:
			id := rapid.SampledFrom(append([]record.RequestID{{}}, w.requests...)).Draw(w.T, "answered")
			reply := record.Reply{By: w.person(), At: w.instant(), Text: w.text("reply")}
			adds(w, "reply", storage.BookkeeperOf, func(to storage.Bookkeeper) error { return to.AnswerRequest(w.ctx, id, reply) })
		case 5:
			id, by, at := rapid.SampledFrom(append([]uuid.UUID{{}}, w.messages...)).Draw(w.T, "alert"), w.person(), w.instant()
			adds(w, "acknowledgement", storage.AcknowledgerOf, func(to storage.Acknowledger) error { return to.Acknowledge(w.ctx, id, by, at) })
		}
	}
	w.ledgers()
}

// adds makes every side add something through a role of its store.
func adds[Role any](w *walk, what string, of func(storage.Tx) (Role, error), add func(Role) error) {
	w.Helper()
	w.tell(what, func(s *side) error {
		return s.store.Update(w.ctx, func(tx storage.Tx) error {
			to, err := of(tx)
			if err != nil {
				return err
			}
			return add(to)
		})
	})
}

// found is the result of reading a list.
type found[T any] struct {
	All []T
	How verdict
}

// lists compares a list that each side reads through a role of its store.
func lists[Role, T any](w *walk, what string, of func(storage.Reader) (Role, error), list func(Role) iter.Seq2[T, error]) []T {
	w.Helper()
	return each(w, what, func(s *side) (f found[T]) {
		err := s.store.View(w.ctx, func(r storage.Reader) error {
			f = found[T]{}
			from, err := of(r)
			if err != nil {
				return err
			}
			for v, err := range list(from) {
				if err != nil {
					return err
				}
				f.All = append(f.All, v)
			}
			return nil
		})
		w.sound(s, what, err)
		f.How = judge(err)
		return f
	}).All
}

// ledgers compares a random list from each ledger.
func (w *walk) ledgers() {
	limit := func() int { return rapid.SampledFrom([]int{0, 0, 1, 3, -1}).Draw(w.T, "limit") }
	child, after := w.anyChild(), w.moment()
	lists(w, "notes", storage.BookOf, func(b storage.Book) iter.Seq2[record.Note, error] { return b.Notes(w.ctx, child, after) })
	r := storage.RequestQuery{Scope: w.scope(), Open: rapid.Bool().Draw(w.T, "open"), After: w.moment(), Limit: limit()}
	lists(w, "requests", storage.BookOf, func(b storage.Book) iter.Seq2[record.Request, error] { return b.Requests(w.ctx, r) })
	about := rapid.SliceOfN(rapid.SampledFrom(append([]record.ChildID{nobody}, often[:]...)), 0, 5).Draw(w.T, "alerts about")
	lists(w, "alerts", storage.AlertsOf, func(a storage.Alerts) iter.Seq2[storage.Message, error] { return a.Alerts(w.ctx, about...) })
	p := storage.PaymentQuery{Scope: w.scope(), Limit: limit()}
	if rapid.Bool().Draw(w.T, "of a term") {
		p.Term = w.term()
	}
	if rapid.Bool().Draw(w.T, "after") {
		p.After = storage.PaymentPlace{Term: w.term(), Child: w.anyChild()}
	}
	lists(w, "payments", storage.PaymentsOf, func(m storage.Payments) iter.Seq2[payment.Line, error] { return m.Paid(w.ctx, p) })
	a := storage.AuditQuery{Scope: w.trail(), From: w.bound(), To: w.bound(), After: w.moment(), Limit: limit()}
	lists(w, "entries", storage.AuditOf, func(t storage.Audit) iter.Seq2[storage.Entry, error] { return t.Entries(w.ctx, a) })
}

// allLedgers compares everything in each ledger.
func (w *walk) allLedgers() {
	all := storage.Everything()
	for _, child := range append(often[:], nobody) {
		lists(w, "notes", storage.BookOf, func(b storage.Book) iter.Seq2[record.Note, error] {
			return b.Notes(w.ctx, child, storage.Moment{})
		})
	}
	lists(w, "requests", storage.BookOf, func(b storage.Book) iter.Seq2[record.Request, error] {
		return b.Requests(w.ctx, storage.RequestQuery{Scope: all})
	})
	lists(w, "alerts", storage.AlertsOf, func(a storage.Alerts) iter.Seq2[storage.Message, error] {
		return a.Alerts(w.ctx, append(often[:], nobody)...)
	})
	lists(w, "payments", storage.PaymentsOf, func(m storage.Payments) iter.Seq2[payment.Line, error] {
		return m.Paid(w.ctx, storage.PaymentQuery{Scope: all})
	})
	lists(w, "entries", storage.AuditOf, func(t storage.Audit) iter.Seq2[storage.Entry, error] {
		return t.Entries(w.ctx, storage.AuditQuery{Scope: all})
	})
}

// attached compares a plan's attachments.
func (w *walk) attached(id pep.ID) {
	lists(w, "attachments", storage.BookOf, func(b storage.Book) iter.Seq2[record.Attachment, error] { return b.Attachments(w.ctx, id) })
}

// kinds lists the kinds of request to draw from; the last two are invalid.
var kinds = []record.RequestKind{
	record.TechnicalIssue, record.TechnicalIssue, record.TechnicalIssue, record.ReopenPlan, record.RestorePlan,
	record.NewAgency, record.CeasePortalUser, 0, record.RestorePlan + 1,
}

// request draws a request, which now and then has a required member missing.
func (w *walk) request() record.Request {
	r := record.Request{
		ID: record.RequestID{UUID: w.entryID()}, Kind: rapid.SampledFrom(kinds).Draw(w.T, "kind"), By: w.person(), At: w.instant(),
		Description: w.text("description"),
	}
	switch r.Kind {
	case record.NewAgency:
		r.Agency = record.Agency{Name: "Åsgård", Address: "1 High Street", PostCode: "PR1 0AA", Phone: "01772 000000", Portal: rapid.Bool().Draw(w.T, "portal")}
	case record.CeasePortalUser:
		r.Contributor, r.Person, r.Email, r.Establishment = teacher, w.text("person"), w.text("email"), w.establishment()
	case record.TechnicalIssue:
		r.Establishment = w.establishment()
		fallthrough
	default:
		r.Child, r.SUNumber, r.Meeting = w.anyChild(), w.text("number"), w.meeting()
	}
	w.requests = append(w.requests, r.ID)
	return r
}

func (w *walk) line() payment.Line {
	of := w.term()
	return payment.Line{
		Payment: record.Payment{
			Child: w.anyChild(), Term: of, Establishment: w.establishment(), PaidOn: civil.Of(w.at, w.at.Location()),
			Pence: rapid.SampledFrom([]int{80_000, 1, 1 << 40, 0}).Draw(w.T, "pence"),
		},
		Plan: pep.ID{UUID: w.entryID()}, Version: rapid.SampledFrom([]int64{1, 1 << 40, 0}).Draw(w.T, "version"),
		FinancialYear: of.FinancialYear(), Cause: rapid.SampledFrom([]payment.Cause{payment.Paid, payment.PaidByHead, payment.NotFinalised}).Draw(w.T, "reason"),
	}
}

func (w *walk) entry() storage.Entry {
	return storage.Entry{
		ID: w.entryID(), By: w.person(), For: w.person(), Role: pep.Role(rapid.IntRange(0, int(pep.System)).Draw(w.T, "role")), At: w.instant(),
		What: storage.Deed(rapid.IntRange(0, 5).Draw(w.T, "deed")), Name: rapid.SampledFrom([]string{"finalise", "history", "Ada", ""}).Draw(w.T, "name"),
		Plan: rapid.SampledFrom(append([]pep.ID{{}}, w.plans...)).Draw(w.T, "plan"), Child: w.anyChild(),
		Kind: rapid.SampledFrom([]string{"refused", ""}).Draw(w.T, "kind"),
	}
}

// entryID draws one of a few ids, sometimes the zero id. Larger draws do not give
// larger ids.
func (w *walk) entryID() (id uuid.UUID) {
	n := byte(rapid.IntRange(0, 60).Draw(w.T, "id"))
	id[0], id[15] = n*37, n
	return id
}

// instant draws one of a few instants around now, and remembers it as a place in a
// list. Now and then it returns the zero instant.
func (w *walk) instant() time.Time {
	at := w.at.Add(time.Duration(rapid.IntRange(-3, 3).Draw(w.T, "from now")) * time.Hour)
	w.instants = append(w.instants[max(0, len(w.instants)-20):], at)
	if rapid.IntRange(0, 30).Draw(w.T, "no instant") == 0 {
		return time.Time{}
	}
	return at
}

// bound draws the instant of something in a ledger, or sometimes the zero instant.
func (w *walk) bound() time.Time {
	return rapid.SampledFrom(append([]time.Time{{}, {}}, w.instants...)).Draw(w.T, "bound")
}

// moment draws a place in a list that is ordered by instant: the place of something
// in the list, a place near it, or the zero place.
func (w *walk) moment() (m storage.Moment) {
	if at := w.bound(); !at.IsZero() {
		m = storage.Moment{At: at, ID: w.entryID()}
	}
	return m
}

// term draws a term around now, or sometimes the zero term.
func (w *walk) term() term.Term {
	now := term.Lancashire().Of(civil.Of(w.at, w.at.Location()))
	if n := rapid.IntRange(-2, 3).Draw(w.T, "term"); n < 3 {
		return now.Add(n)
	}
	return term.Term{}
}

func (w *walk) anyChild() record.ChildID {
	return rapid.SampledFrom([]record.ChildID{year7, year7, year4, year12, special, nobody, {}}).Draw(w.T, "child")
}

func (w *walk) establishment() record.EstablishmentID {
	return rapid.SampledFrom([]record.EstablishmentID{school, school, college, nowhere, {}}).Draw(w.T, "establishment")
}

func (w *walk) person() record.PersonID {
	return rapid.SampledFrom([]record.PersonID{outsider, system.ID, {UUID: uuid.UUID{6, 15: 33}}, {}}).Draw(w.T, "person")
}

// trail draws a scope for a list of entries; some scopes are invalid for entries.
func (w *walk) trail() storage.Scope {
	switch rapid.IntRange(0, 3).Draw(w.T, "trail") {
	case 0:
		return storage.OnePlan(rapid.SampledFrom(append([]pep.ID{{}}, w.plans...)).Draw(w.T, "plan"))
	case 1:
		return storage.Person(w.person())
	}
	return w.scope()
}
