package sqlstore

import (
	"context"
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

func (r *reader) Requests(ctx context.Context, q storage.RequestQuery) iter.Seq2[record.Request, error] {
	requests := r.scoped(q.Scope, requestsOf).from(past(q.After))
	return listed(ctx, r.session, "requests", q.Check(), requests, q.Limit, request)
}

// request reads a row of pep_request.
func request(scan located) (record.Request, error) {
	var by, establishment, contributor, child []byte
	var kind, description string
	var meeting int64
	at, err := scan(&kind, &by, &establishment, &contributor, &child, &meeting, &description)
	if err != nil {
		return record.Request{}, err
	}
	r := record.Request{
		ID: record.RequestID{UUID: at.which}, At: instantOf(at.when), By: record.PersonID{UUID: idOf(by)},
		Establishment: record.EstablishmentID{UUID: idOf(establishment)}, Contributor: record.ContributorID{UUID: idOf(contributor)},
		Child: record.ChildID{UUID: idOf(child)}, Meeting: dayOf(meeting), Description: private.NewText(description),
	}
	if r.Kind, err = record.ParseRequestKind(kind); err != nil {
		return record.Request{}, damaged("requests")
	}
	return r, nil
}

func (t *tx) AddRequest(ctx context.Context, r record.Request) error {
	if err := t.putting(ctx, r.ID.IsZero(), r.Check); err != nil {
		return err
	}
	return t.enter(ctx, "add request", statement.AddRequest, place{instant(r.At), r.ID.UUID},
		r.Kind.String(), t.id(&r.By.UUID), t.id(&r.Establishment.UUID), t.id(&r.Contributor.UUID),
		t.id(&r.Child.UUID), day(r.Meeting), t.text(r.Description.Reveal(private.Storing)))
}
