package sqlstore

import (
	"context"
	"iter"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

func (r *reader) Alerts(ctx context.Context, about ...record.ChildID) iter.Seq2[storage.Message, error] {
	return among(ctx, r.session, "alerts", statement.Alerts, about, func(scan scanner) (storage.Message, error) {
		m, err := scanned("alerts", scan)
		return m.Message, err
	})
}

func (t *tx) Acknowledge(ctx context.Context, id uuid.UUID, by record.PersonID, at time.Time) error {
	if err := t.putting(ctx, false, func() error { return storage.CheckAcknowledgement(by, at) }); err != nil {
		return err
	}
	n, err := t.exec(ctx, "acknowledge", statement.Acknowledge, t.id(&by.UUID), instant(at), t.authority(), t.id(&id))
	if err != nil || n == 1 {
		return err
	}
	var alert int64
	_, err = t.row(ctx, "acknowledge", statement.Alerting, []any{&alert}, t.authority(), t.id(&id))
	switch {
	case err != nil:
		return err
	case alert == 0: // it is not an alert, or the message is unknown
		return storage.ErrNotFound
	}
	return storage.ErrExists
}
