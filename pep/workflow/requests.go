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
// service fills in who asks and when, and draws an id where the request has none. A
// request that the same person has added with the same id is not added again, so that
// a host can give one twice. A request without what its kind needs is a *rule.Invalid
// that names every missing member, such as "suNumber".
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

// Requests returns the requests to the service desk that a query selects, the
// oldest first, without those that the actor may not see: a request about a child is
// for those who may read the requests of that case, and any other is for its giver
// and for groups. A query without a scope is a *rule.Invalid of "scope".
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
		q.Limit = 0 // it counts what the actor may see
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

// seesRequest reports whether the actor, who may read requests, may see one.
func (v *visit) seesRequest(q *record.Request) (bool, error) {
	if q.Child.IsZero() {
		return v.c.Trusting || q.By == v.by.ID || v.may.have.Has(access.GroupTray), nil
	}
	may, err := v.permission(q.Child, nil)
	return err == nil && may.may(access.ReadRequests), err
}

// AnswerRequest records the service desk's answer, which closes the request. An
// unknown request is storage.ErrNotFound, and one that was answered before is
// storage.ErrExists.
func (s *Service) AnswerRequest(ctx context.Context, by Actor, id record.RequestID, text private.Text) error {
	return s.run(ctx, errand{by: by, deed: access.AnswerRequest, acts: true}, func(v *visit, _ *pep.PEP) error {
		book, err := writing(v, storage.BookkeeperOf)
		if err != nil {
			return err
		}
		return book.AnswerRequest(ctx, id, record.Reply{By: by.ID, At: storage.Instant(s.c.Now()), Text: text})
	})
}
