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

// Alert reports whether m is an alert: a notice to the social worker, which the
// tray and the plan show. A reminder is not an alert.
func (m *Message) Alert() bool {
	var n pep.Notice
	return n.UnmarshalText([]byte(m.Kind)) == nil && n.To().Has(pep.ToSocialWorker)
}

// Alerts reads the alerts: notices to social workers that nobody has acknowledged
// yet. If a store keeps alerts, its Readers implement Alerts.
type Alerts interface {
	// Alerts iterates over the alerts about the named children, by child, then by plan,
	// version, part and id; if no child is named, the list is empty. [L1] A message for
	// which Message.Alert returns true is an alert from the moment it is saved or
	// posted until somebody acknowledges it, whether or not it has been delivered or
	// set aside. [L2] The caller may leave the loop early and may use the Alerts inside
	// it. [L3]
	Alerts(ctx context.Context, about ...record.ChildID) iter.Seq2[Message, error]
}

// Acknowledger is an Alerts that can also acknowledge an alert. If a store keeps
// alerts, its Txs implement Acknowledger.
type Acknowledger interface {
	Alerts

	// Acknowledge notes who has seen an alert, and when, and ends the alert. It
	// returns ErrNotFound if the message is unknown or not an alert, and ErrExists if
	// it was acknowledged before. [L10] Acknowledging a message neither delivers it
	// nor prevents its delivery. [L11] The person and the instant are required
	// (CheckAcknowledgement). [L12]
	Acknowledge(ctx context.Context, id uuid.UUID, by record.PersonID, at time.Time) error
}

// CheckAcknowledgement returns a *rule.Invalid if the person who acknowledges an
// alert is missing, and another if the instant is missing.
func CheckAcknowledgement(by record.PersonID, at time.Time) error {
	return errors.Join(
		rule.Need(!by.IsZero(), "by", "the person who acknowledges it"),
		rule.Need(!at.IsZero(), "at", "the instant"),
	)
}
