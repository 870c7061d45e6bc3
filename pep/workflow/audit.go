package workflow

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

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
	key    storage.Key // of a command
	at     time.Time
	audits bool // the store keeps an audit trail
}

// on notes whose plan it is about.
func (a *attempt) on(r storage.Reader, child record.ChildID) {
	_, err := storage.AuditOf(r)
	a.child, a.audits = child, err == nil
}

// attempts is the UUID name space of the ids of audit entries, and the id of the
// system where a host gives it none.
var attempts = uuid.UUID{0x91, 0x4e, 0x27, 0xd0, 0x63, 0x1b, 0x4c, 0x58, 0xb2, 0x7f, 0x0e, 0xc5, 0x38, 0xa6, 0x49, 0xfd}

// id returns the id of an attempt: of who, what, when and by which command.
func (a *attempt) id() uuid.UUID {
	said := slices.Concat(a.by.ID.UUID[:], a.by.For.UUID[:], a.plan.UUID[:], a.child.UUID[:])
	said = binary.BigEndian.AppendUint64(said, uint64(a.at.UnixMicro()))
	return uuid.NewSHA1(attempts, fmt.Appendf(said, "%d %s %s", a.by.Role, a.name, a.key))
}

// entry returns the entry of the audit trail that an attempt gives.
func (a *attempt) entry(id uuid.UUID, what storage.Deed) storage.Entry {
	return storage.Entry{
		ID: id, By: a.by.ID, For: a.by.For, Role: a.by.Role, At: storage.Instant(a.at),
		What: what, Name: a.name, Plan: a.plan, Child: a.child,
	}
}

// denied returns err, the answer to an attempt. Where it is a denial or a
// refusal, and the store keeps an audit trail, it is entered there first, in a
// transaction of its own; one that cannot be entered is the error then, since
// nobody is told no without a trace. The same attempt of the same instant, such
// as one whose answer was lost, is entered once.
func (s *Service) denied(ctx context.Context, a attempt, err error) error {
	kind := KindOf(err)
	if errors.Is(err, errUnseen) {
		kind, err = Forbidden, storage.ErrNotFound
	}
	if !a.audits || nested(ctx) || kind != Forbidden && kind != Refused {
		return err
	}
	e := a.entry(a.id(), storage.Denied)
	e.Kind, e.Rule = kind.String(), ruleOf(err)
	failure := s.c.Plans.Update(ctx, func(tx storage.Tx) error {
		auditor, err := storage.AuditorOf(tx)
		if err != nil {
			return err
		}
		return auditor.Audit(ctx, e)
	})
	if failure != nil && !errors.Is(failure, storage.ErrExists) {
		return failure
	}
	return err
}
