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

// errUnseen is the denial of somebody who may not see a case. It comes out as
// storage.ErrNotFound, as a plan does that does not exist, so that nobody can tell
// the two apart.
var errUnseen = errors.New("workflow: the actor may not see this case")

// ErrNoPolicy says that the plan is decided by a revision of the policy that
// the service was not given. It is of the kind Damaged: other plans are not
// concerned.
var ErrNoPolicy = errors.New("workflow: the service does not have the revision of the policy that the plan follows")

// Error says what failed and on which plan. It wraps a *rule.Refusal, a
// *rule.Invalid, a storage error or one of this package's, once.
type Error struct {
	Op   string // the action, or the service's method
	Plan pep.ID // zero for a plan that was not started
	Err  error
}

// Error returns what failed, on which plan, and why.
func (e *Error) Error() string {
	why := strings.TrimPrefix(e.Err.Error(), e.Op+": ") // a refusal says what was tried
	if e.Plan.IsZero() {
		return "workflow: " + e.Op + ": " + why
	}
	return "workflow: " + e.Op + " on " + e.Plan.String() + ": " + why
}

// MarshalJSON returns the error as an object: op, plan (unless it is zero), kind,
// message (the kind's Words) and, where it wraps them, refusal and invalid, a
// list of every *rule.Invalid. The text of any other error is left out, because
// it may be a host's and say anything.
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

// Unwrap returns the error that it is about.
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

// onRecord are the members that a rule refuses of a child's record. No caller
// gives them.
var onRecord = [...]string{"born", "authority"}

// ofRecord returns err as one of the kind Damaged where a rule refuses what is on
// record, so that nobody is blamed for what they did not give.
func ofRecord(err error) error {
	if slices.Contains(onRecord[:], rule.InvalidMember(err)) {
		return damaged(err)
	}
	return err
}

// damaged says of something that was read why it cannot be used.
func damaged(err error) error { return fmt.Errorf("%w: %w", storage.ErrDamaged, err) }
