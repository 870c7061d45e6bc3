package storage

import (
	"context"
	"errors"
	"iter"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// Book says what was written down beside the workflow. A Reader of a store
// that keeps a book is one.
type Book interface {
	// Notes iterates over the case notes of a child after a place, by instant
	// and then by id. [B1] The caller may leave early and may use the Book
	// inside the loop, here and in its other lists. [B2]
	Notes(ctx context.Context, of record.ChildID, after Moment) iter.Seq2[record.Note, error]

	// Attachments iterates over what was attached to a plan, in the order of
	// its events: each has the id of its event, the size in it, and its text
	// for a name. [B3] They stay whatever becomes of the plan, and a plan that
	// is not there has none. [B4]
	Attachments(ctx context.Context, of pep.ID) iter.Seq2[record.Attachment, error]

	// Requests iterates over the requests to the service desk that q selects,
	// by instant and then by id. [B5] What is no query is a *rule.Invalid. [B6]
	Requests(ctx context.Context, q RequestQuery) iter.Seq2[record.Request, error]

	// Request returns a request to the service desk, with its reply where it has
	// been answered, or ErrNotFound. [B7]
	Request(ctx context.Context, id record.RequestID) (record.Request, error)
}

// Bookkeeper is a Book that can be added to. A Tx of a store that keeps a book
// is one. Attachments come into it by Save.
type Bookkeeper interface {
	Book

	// AddNote adds a case note, which is not changed afterwards. One whose id
	// is taken is ErrExists. [B10] One without an id, or that its Check
	// refuses, is refused. [B11]
	AddNote(ctx context.Context, n record.Note) error

	// AddRequest adds a request to the service desk likewise; one that has a
	// reply already is refused too (CheckRequest). [B12]
	AddRequest(ctx context.Context, r record.Request) error

	// AnswerRequest gives a request its reply, which is not changed afterwards. It
	// returns ErrNotFound for an unknown request, and ErrExists for one that was
	// answered. [B13] A reply that its Check refuses is refused. [B14]
	AnswerRequest(ctx context.Context, id record.RequestID, reply record.Reply) error
}

// CheckRequest returns why a request cannot be added: what its Check returns, and
// a *rule.Invalid of "reply" where it has one already.
func CheckRequest(r record.Request) error {
	return errors.Join(r.Check(), rule.Need(r.Open(), "reply", "empty, because a new request has no reply yet"))
}

// RequestQuery selects requests to the service desk.
type RequestQuery struct {
	Scope Scope  // mandatory: everything, a caseload or an establishment
	Open  bool   // only requests that nobody has answered
	After Moment // only requests after this place
	Limit int    // at most so many; 0 is all
}

// Check returns a *rule.Invalid where q is no query: without a scope of
// requests, or with a limit below zero.
func (q RequestQuery) Check() error { return check(q.Scope, q.Limit, withoutTray, casesOrPlaces...) }

const withoutTray = "a caseload, an establishment or everything"

// casesOrPlaces are the scopes of what is of a child or an establishment.
var casesOrPlaces = []scope{everything, caseload, establishment}
