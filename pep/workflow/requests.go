package workflow

import (
	"context"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

// AddRequest asks the service desk for something and returns the request's id. The
// service fills in who asks and when. A request without what its kind needs is a
// *rule.Invalid that names every missing member, such as "suNumber".
func (s *Service) AddRequest(ctx context.Context, by Actor, q record.Request) (id record.RequestID, err error) {
	q.ID, q.By, q.At = record.RequestID{UUID: s.c.NewID()}, by.ID, storage.Instant(s.c.Now())
	if err := q.Check(); err != nil {
		return id, wrap("add_request", pep.ID{}, err)
	}
	err = s.run(ctx, errand{by: by, deed: access.AddRequest, child: q.Child, acts: true}, func(v *visit, _ *pep.PEP) error {
		book, err := writing(v, storage.BookkeeperOf)
		if err != nil {
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
// oldest first. A query without a scope is a *rule.Invalid of "scope".
func (s *Service) Requests(ctx context.Context, by Actor, q storage.RequestQuery) (all []record.Request, err error) {
	child := record.ChildID{}
	if children, _ := q.Scope.Children(); len(children) == 1 {
		child = children[0]
	}
	err = s.run(ctx, errand{by: by, deed: access.ReadRequests, child: child}, func(v *visit, _ *pep.PEP) error {
		book, err := storage.BookOf(v.r)
		if err != nil {
			return err
		}
		all = nil
		for q, err := range book.Requests(ctx, q) {
			if err != nil {
				return err
			}
			all = append(all, q)
		}
		return nil
	})
	return all, err
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
