package workflow

import (
	"context"
	"errors"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

// AddRequest asks the service desk for something and returns the request's id. The
// service fills in who asks and when, and generates an id if the request has none.
// If the same person has already added a request of that kind with that id, nothing
// is added, so a host can safely repeat the call. If a request lacks something that
// its kind needs, AddRequest returns a *rule.Invalid for every missing member, such
// as "suNumber".
func (s *Service) AddRequest(ctx context.Context, by Actor, q record.Request) (id record.RequestID, err error) {
	if q.ID.IsZero() {
		q.ID = record.RequestID{UUID: s.c.NewID()}
	}
	q.By, q.At = by.ID, storage.Instant(s.c.Now())
	if err := q.Check(); err != nil {
		return id, wrap("add_request", pep.ID{}, err)
	}
	about := aChild
	if q.Child.IsZero() {
		about = authority
	}
	err = s.run(ctx, errand{by: by, about: about, deed: access.AddRequest, child: q.Child, acts: true}, func(v *visit, _ *pep.PEP) error {
		book, err := writing(v, storage.BookkeeperOf)
		if err != nil {
			return err
		}
		had, err := book.Request(ctx, q.ID)
		if err == nil && had.By == q.By && had.Kind == q.Kind {
			return nil
		}
		if err != nil && !errors.Is(err, storage.ErrNotFound) {
			return err
		}
		return book.AddRequest(ctx, q)
	})
	if err != nil {
		return id, err
	}
	return q.ID, nil
}

// Requests returns the requests to the service desk that a query selects, the oldest
// first. It leaves out those that the actor may not see. A request about a child is
// shown to those who may read the requests of that case. Any other request is shown
// to the person who made it and to groups. The query's limit counts only what the
// actor may see. For a query without a scope, Requests returns a *rule.Invalid for
// "scope".
func (s *Service) Requests(ctx context.Context, by Actor, q storage.RequestQuery) (all []record.Request, err error) {
	limit := q.Limit
	err = s.run(ctx, errand{by: by, deed: access.ReadRequests}, func(v *visit, _ *pep.PEP) error {
		book, err := storage.BookOf(v.r)
		if err == nil {
			err = q.Check()
		}
		if err != nil {
			return err
		}
		all = nil
		q.Limit = 0 // the limit counts what the actor may see
		for one, err := range book.Requests(ctx, q) {
			if err != nil {
				return err
			}
			seen, err := v.seesRequest(&one)
			if err != nil {
				return err
			}
			if seen {
				all = append(all, one)
			}
			if limit > 0 && len(all) == limit {
				break
			}
		}
		return nil
	})
	return all, err
}

// seesRequest reports whether the actor may see one request. The actor must be
// permitted to read requests.
func (v *visit) seesRequest(q *record.Request) (bool, error) {
	if q.Child.IsZero() {
		return v.c.Trusting || q.By == v.by.ID || v.may.have.Has(access.GroupTray), nil
	}
	may, err := v.permission(q.Child, nil)
	return err == nil && may.may(access.ReadRequests), err
}

// AnswerRequest records the service desk's answer, which closes the request. It
// returns storage.ErrNotFound for an unknown request, and storage.ErrExists for one
// that was answered before.
func (s *Service) AnswerRequest(ctx context.Context, by Actor, id record.RequestID, text private.Text) error {
	return s.run(ctx, errand{by: by, deed: access.AnswerRequest, acts: true}, func(v *visit, _ *pep.PEP) error {
		book, err := writing(v, storage.BookkeeperOf)
		if err != nil {
			return err
		}
		return book.AnswerRequest(ctx, id, record.Reply{By: by.ID, At: storage.Instant(s.c.Now()), Text: text})
	})
}
