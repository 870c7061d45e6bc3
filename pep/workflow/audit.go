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

// attempt is what somebody tried to do. It is entered in the audit trail if it is
// denied or refused.
type attempt struct {
	by     Actor
	name   string // what was tried: a verb, or a method of the service
	plan   pep.ID // zero if the attempt was to start a plan
	child  record.ChildID
	key    storage.Key // the key of the command; empty for any other attempt
	at     time.Time
	audits bool // whether the store keeps an audit trail
}

// on records the child that the attempt is about, and whether the store keeps an
// audit trail.
func (a *attempt) on(r storage.Reader, child record.ChildID) {
	_, err := storage.AuditOf(r)
	a.child, a.audits = child, err == nil
}

// attempts is the UUID name space for the ids of audit entries. It is also the id of
// the system if the host does not give one.
var attempts = uuid.UUID{0x91, 0x4e, 0x27, 0xd0, 0x63, 0x1b, 0x4c, 0x58, 0xb2, 0x7f, 0x0e, 0xc5, 0x38, 0xa6, 0x49, 0xfd}

// id makes the id of an attempt from who tried what, when, and with which command.
func (a *attempt) id() uuid.UUID {
	said := slices.Concat(a.by.ID.UUID[:], a.by.For.UUID[:], a.plan.UUID[:], a.child.UUID[:])
	said = binary.BigEndian.AppendUint64(said, uint64(a.at.UnixMicro()))
	return uuid.NewSHA1(attempts, fmt.Appendf(said, "%d %s %s", a.by.Role, a.name, a.key))
}

// entry returns the audit entry for an attempt.
func (a *attempt) entry(id uuid.UUID, what storage.Deed) storage.Entry {
	return storage.Entry{
		ID: id, By: a.by.ID, For: a.by.For, Role: a.by.Role, At: storage.Instant(a.at),
		What: what, Name: a.name, Plan: a.plan, Child: a.child,
	}
}

// denied returns err, the answer to an attempt. If err is a denial or a refusal, and
// the store keeps an audit trail, denied first enters the attempt there, in a
// transaction of its own. If that fails, denied returns the failure instead, because
// every denial and refusal must leave a trace. If the trail already has an entry for
// this attempt, that is not an error.
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
