package workflow

import (
	"context"
	"time"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

// attempt is what somebody tried, for the audit trail where they are told no.
type attempt struct {
	by     Actor
	name   string // of what was tried: a verb, or the service's method
	plan   pep.ID // zero for one that was to be started
	child  record.ChildID
	at     time.Time
	audits bool // the store keeps an audit trail
}

// on notes whose plan it is about.
func (a *attempt) on(r storage.Reader, child record.ChildID) {
	_, err := storage.AuditOf(r)
	a.child, a.audits = child, err == nil
}

// denied returns err, the answer to an attempt. Where it is a denial or a
// refusal, and the store keeps an audit trail, it is entered there first, in a
// transaction of its own; one that cannot be entered is the error then, since
// nobody is told no without a trace.
func (s *Service) denied(ctx context.Context, a attempt, err error) error {
	kind := KindOf(err)
	if !a.audits || kind != Forbidden && kind != Refused {
		return err
	}
	e := storage.Entry{
		ID: s.c.NewID(), By: a.by.ID, For: a.by.For, Role: a.by.Role, At: storage.Instant(a.at),
		What: storage.Denied, Name: a.name, Plan: a.plan, Child: a.child, Kind: kind.String(), Rule: ruleOf(err),
	}
	failure := s.c.Plans.Update(ctx, func(tx storage.Tx) error {
		auditor, err := storage.AuditorOf(tx)
		if err != nil {
			return err
		}
		return auditor.Audit(ctx, e)
	})
	if failure != nil {
		return failure
	}
	return err
}
