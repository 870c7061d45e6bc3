package storage

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// Alert reports whether m is an alert: its notice goes to the social worker, who
// is to see it in the tray and on the plan. A reminder is no alert.
func (m *Message) Alert() bool {
	var n pep.Notice
	return n.UnmarshalText([]byte(m.Kind)) == nil && n.To().Has(pep.ToSocialWorker)
}

// Alerts says what social workers were told and nobody has acknowledged. A Reader
// of a store that keeps alerts is one.
type Alerts interface {
	// Alerts iterates over the alerts about children, by child, then by plan, version,
	// part and id; where no child is named, the list is empty. [L1] A message for which
	// Alert holds is an alert from when it is saved or posted until somebody
	// acknowledges it, whether it was delivered, set aside or neither. [L2] The
	// caller may leave early and may use the Alerts inside the loop. [L3]
	Alerts(ctx context.Context, about ...record.ChildID) iter.Seq2[Message, error]
}

// Acknowledger is Alerts that can be acknowledged. A Tx of a store that keeps
// alerts is one.
type Acknowledger interface {
	Alerts

	// Acknowledge notes who has seen an alert, and when, so that it is an alert
	// no longer. It returns ErrNotFound for a message that is not an alert or is not
	// there, and ErrExists for one that was acknowledged. [L10] Acknowledging neither
	// delivers the message nor keeps it from being delivered. [L11] Who acknowledges
	// the alert, and the instant, are needed (CheckAcknowledgement). [L12]
	Acknowledge(ctx context.Context, id uuid.UUID, by record.PersonID, at time.Time) error
}

// CheckAcknowledgement returns a *rule.Invalid for each member that is missing:
// who acknowledges an alert, and the instant.
func CheckAcknowledgement(by record.PersonID, at time.Time) error {
	return errors.Join(
		rule.Need(!by.IsZero(), "by", "who acknowledges it"),
		rule.Need(!at.IsZero(), "at", "the instant"),
	)
}
