package workflow

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
)

// errUnseen says that somebody may not see a case. They are given
// storage.ErrNotFound instead, as for a plan that does not exist, so that nobody can
// tell the two apart.
var errUnseen = errors.New("workflow: the actor may not see this case")

// ErrNoPolicy says that a plan follows a revision of the policy that the service was
// not given. Its kind is Damaged. Other plans are not affected.
var ErrNoPolicy = errors.New("workflow: the service does not have the revision of the policy that the plan follows")

// Error says what failed and on which plan. It wraps a *rule.Refusal, a
// *rule.Invalid, or an error of package storage or of this package, but never
// another Error.
type Error struct {
	Op   string // the action, or the service's method
	Plan pep.ID // zero if the error is not about a plan that exists
	Err  error
}

// Error returns what failed, on which plan, and why.
func (e *Error) Error() string {
	why := strings.TrimPrefix(e.Err.Error(), e.Op+": ") // a refusal's text begins with the action
	if e.Plan.IsZero() {
		return "workflow: " + e.Op + ": " + why
	}
	return "workflow: " + e.Op + " on " + e.Plan.String() + ": " + why
}

// MarshalJSON returns the error as an object with the members op, plan (unless it is
// zero), kind and message (the kind's Words). If the error wraps a refusal, the
// object also has the member refusal. If it wraps one *rule.Invalid or several, the
// member invalid lists them all. The text of any other error is left out, because it
// may come from the host and could say anything.
func (e *Error) MarshalJSON() ([]byte, error) {
	kind := KindOf(e)
	said := struct {
		Op      string          `json:"op"`
		Plan    pep.ID          `json:"plan,omitzero"`
		Kind    Kind            `json:"kind"`
		Message string          `json:"message"`
		Refusal *rule.Refusal   `json:"refusal,omitempty"`
		Invalid []*rule.Invalid `json:"invalid,omitempty"`
	}{Op: e.Op, Plan: e.Plan, Kind: kind, Message: kind.Words(), Invalid: rule.Invalids(e)}
	errors.As(e, &said.Refusal)
	return json.Marshal(said)
}

// Unwrap returns Err.
func (e *Error) Unwrap() error { return e.Err }

func wrap(op string, plan pep.ID, err error) error {
	if err == nil {
		return nil
	}
	var already *Error
	if errors.As(err, &already) {
		return err
	}
	return &Error{Op: op, Plan: plan, Err: ofRecord(err)}
}

// onRecord lists the members of a child's record that a rule may find invalid. They
// come from the register, not from the caller.
var onRecord = [...]string{"born", "authority"}

// ofRecord gives err the kind Damaged if a rule finds a child's record invalid, so
// that a caller is not blamed for data that it did not supply.
func ofRecord(err error) error {
	if slices.Contains(onRecord[:], rule.InvalidMember(err)) {
		return damaged(err)
	}
	return err
}

// damaged returns an error of the kind Damaged. err says why the stored record
// cannot be used.
func damaged(err error) error { return fmt.Errorf("%w: %w", storage.ErrDamaged, err) }
