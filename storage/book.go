package storage

import (
	"context"
	"errors"
	"iter"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// Book reads what is recorded outside the workflow: case notes, attachments and
// requests to the service desk. If a store keeps a book, its Readers implement
// Book.
type Book interface {
	// Notes iterates over a child's case notes that come after a place, by instant and
	// then by id. [B1] The caller may leave the loop early and may use the Book inside
	// it; the same holds for the other lists of a Book. [B2]
	Notes(ctx context.Context, of record.ChildID, after Moment) iter.Seq2[record.Note, error]

	// Attachments iterates over the files attached to a plan, in the order of its
	// events: each attachment takes its id and size from its event, and its name
	// from the event's text. [B3] Attachments stay whatever becomes of the plan;
	// for an unknown plan, the list is empty. [B4]
	Attachments(ctx context.Context, of pep.ID) iter.Seq2[record.Attachment, error]

	// Requests iterates over the requests to the service desk that q selects, by
	// instant and then by id. [B5] If q is invalid, Requests yields a
	// *rule.Invalid. [B6]
	Requests(ctx context.Context, q RequestQuery) iter.Seq2[record.Request, error]

	// Request returns a request to the service desk, with its reply if it has been
	// answered, or ErrNotFound. [B7]
	Request(ctx context.Context, id record.RequestID) (record.Request, error)
}

// Bookkeeper is a Book to which notes, requests and replies can be added. If a
// store keeps a book, its Txs implement Bookkeeper. Tx.Save adds the attachments.
type Bookkeeper interface {
	Book

	// AddNote adds a case note, which never changes afterwards, and returns ErrExists
	// if the id is taken. [B10] A note without an id, or whose Check fails, is
	// refused. [B11]
	AddNote(ctx context.Context, n record.Note) error

	// AddRequest adds a request to the service desk in the same way; it also refuses a
	// request that has a reply already (CheckRequest). [B12]
	AddRequest(ctx context.Context, r record.Request) error

	// AnswerRequest gives a request its reply, which never changes afterwards. It
	// returns ErrNotFound if the request is unknown, and ErrExists if it was answered
	// before. [B13] A reply whose Check fails is refused. [B14]
	AnswerRequest(ctx context.Context, id record.RequestID, reply record.Reply) error
}

// CheckRequest returns the error of the request's Check, and a *rule.Invalid for
// "reply" if the request has a reply already.
func CheckRequest(r record.Request) error {
	return errors.Join(r.Check(), rule.Need(r.Open(), "reply", "empty, because a new request has no reply yet"))
}

// RequestQuery selects requests to the service desk.
type RequestQuery struct {
	Scope Scope  // required: the scope (everything, a caseload or an establishment)
	Open  bool   // only requests that nobody has answered
	After Moment // only requests after this place
	Limit int    // the most requests to list; 0 means no limit
}

// Check returns a *rule.Invalid if the scope is not set or does not apply to
// requests, or if the limit is below zero.
func (q RequestQuery) Check() error { return check(q.Scope, q.Limit, withoutTray, casesOrPlaces...) }

const withoutTray = "a caseload, an establishment or everything"

// casesOrPlaces holds the scopes that a list about children or establishments
// accepts.
var casesOrPlaces = []scope{everything, caseload, establishment}
