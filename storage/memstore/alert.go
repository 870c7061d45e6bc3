package memstore

import (
	"context"
	"iter"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

// acknowledgement says who has seen an alert, and when. It is zero if nobody has.
type acknowledgement struct {
	by record.PersonID
	at time.Time
}

// alerts reports whether m is an alert that nobody has acknowledged.
func (m *message) alerts() bool { return m.acknowledged.by.IsZero() && m.Alert() }

// amongAlerts returns the key under which a message is listed among the alerts
// about its child.
func amongAlerts(m *storage.Message) turn {
	return turn{child: id(m.Child.UUID), plan: id(m.Plan.UUID), version: m.Version, part: m.Part, message: id(m.ID)}
}

func (r *reader) Alerts(ctx context.Context, about ...record.ChildID) iter.Seq2[storage.Message, error] {
	of := distinct(about)
	return each(ctx, r, func(s *state) iter.Seq[storage.Message] {
		return func(yield func(storage.Message) bool) {
			for _, child := range of {
				its := func(t turn) bool { return t.child == child }
				for _, alert := range s.alerts.from(turn{child: child, version: oldest}, its) {
					if m, _ := s.messages.get(alert); !yield(m.Message) {
						return
					}
				}
			}
		}
	})
}

func (t *tx) Acknowledge(ctx context.Context, of uuid.UUID, by record.PersonID, at time.Time) error {
	if err := t.usable(ctx); err != nil {
		return err
	}
	if err := storage.CheckAcknowledgement(by, at); err != nil {
		return err
	}
	m, known := t.state.messages.get(id(of))
	switch {
	case !known || !m.Alert():
		return storage.ErrNotFound
	case !m.acknowledged.by.IsZero():
		return storage.ErrExists
	}
	seen := *m
	seen.acknowledged = acknowledgement{by, storage.Instant(at)}
	t.state.hold(&seen)
	t.state.alerts.cut(t.state.owner, amongAlerts(&m.Message))
	if m.state == delivered {
		t.state.done.set(t.state.owner, byAge(&m.Message), id(of))
	}
	return nil
}
