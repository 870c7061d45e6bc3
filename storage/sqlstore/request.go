package sqlstore

import (
	"context"
	"encoding/json"
	"iter"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

var requestsOf = ways{
	all: statement.Requests, child: statement.RequestsOfChild, children: statement.RequestsOfChildren,
	establishment: statement.RequestsOfEstablishment,
}

var openOf = ways{
	all: statement.Open, child: statement.OpenOfChild, children: statement.OpenOfChildren,
	establishment: statement.OpenOfEstablishment,
}

func (r *reader) Requests(ctx context.Context, q storage.RequestQuery) iter.Seq2[record.Request, error] {
	by := requestsOf
	if q.Open {
		by = openOf
	}
	requests := r.scoped(q.Scope, by).from(past(q.After))
	return listed(ctx, r.session, "requests", q.Check(), requests, q.Limit, request)
}

func (r *reader) Request(ctx context.Context, id record.RequestID) (found record.Request, err error) {
	err = r.one(ctx, "request", statement.Request, r.id(&id.UUID), func(scan scanner) error {
		found, err = request((&stretch{}).next(scan))
		return err
	})
	return found, err
}

// asked is the content of the body of a request's row.
type asked struct {
	Agency *agency `json:"agency,omitempty"`
	Person string  `json:"person,omitempty"`
	Email  string  `json:"email,omitempty"`
}

type agency struct {
	Name     string `json:"name,omitempty"`
	Address  string `json:"address,omitempty"`
	PostCode string `json:"postCode,omitempty"`
	Phone    string `json:"phone,omitempty"`
	Portal   bool   `json:"portal,omitempty"`
}

// request reads a row of pep_request.
func request(scan located) (record.Request, error) {
	var by, establishment, contributor, child, body []byte
	var kind, number, description string
	var meeting int64
	var reply answered
	at, err := scan(&kind, &by, &establishment, &contributor, &child, &number, &meeting, &description, &body, &reply.by, &reply.at, &reply.text)
	if err != nil {
		return record.Request{}, err
	}
	var a asked
	r := record.Request{
		ID: record.RequestID{UUID: at.which}, At: instantOf(at.when), By: record.PersonID{UUID: idOf(by)},
		Establishment: record.EstablishmentID{UUID: idOf(establishment)}, Contributor: record.ContributorID{UUID: idOf(contributor)},
		Child: record.ChildID{UUID: idOf(child)}, SUNumber: private.NewText(number), Meeting: dayOf(meeting),
		Description: private.NewText(description), Reply: reply.record(),
	}
	if r.Kind, err = record.ParseRequestKind(kind); err != nil || json.Unmarshal(body, &a) != nil {
		return record.Request{}, damaged("requests")
	}
	r.Person, r.Email = private.NewText(a.Person), private.NewText(a.Email)
	if a.Agency != nil {
		r.Agency = record.Agency(*a.Agency)
	}
	return r, nil
}

// answered holds the columns of a reply. They are NULL while the request is open.
type answered struct {
	by   []byte
	at   *int64
	text *string
}

func (a answered) record() record.Reply {
	if a.at == nil || a.text == nil {
		return record.Reply{}
	}
	return record.Reply{By: record.PersonID{UUID: idOf(a.by)}, At: instantOf(*a.at), Text: private.NewText(*a.text)}
}

func (t *tx) AddRequest(ctx context.Context, r record.Request) error {
	if err := t.putting(ctx, r.ID.IsZero(), func() error { return storage.CheckRequest(r) }); err != nil {
		return err
	}
	a := asked{Person: r.Person.Reveal(private.Storing), Email: r.Email.Reveal(private.Storing)}
	if r.Agency != (record.Agency{}) {
		kept := agency(r.Agency)
		a.Agency = &kept
	}
	body, err := json.Marshal(a)
	if err != nil {
		return damaged("add request")
	}
	return t.enter(ctx, "add request", statement.AddRequest, place{instant(r.At), r.ID.UUID},
		r.Kind.String(), t.id(&r.By.UUID), t.id(&r.Establishment.UUID), t.id(&r.Contributor.UUID), t.id(&r.Child.UUID),
		t.text(r.SUNumber.Reveal(private.Storing)), day(r.Meeting), t.text(r.Description.Reveal(private.Storing)), string(body))
}

func (t *tx) AnswerRequest(ctx context.Context, id record.RequestID, reply record.Reply) error {
	if err := t.putting(ctx, false, reply.Check); err != nil {
		return err
	}
	n, err := t.exec(ctx, "answer request", statement.AnswerRequest,
		t.id(&reply.By.UUID), instant(reply.At), t.text(reply.Text.Reveal(private.Storing)), t.authority(), t.id(&id.UUID))
	if err != nil || n == 1 {
		return err
	}
	if _, err := t.Request(ctx, id); err != nil {
		return err
	}
	return storage.ErrExists
}
