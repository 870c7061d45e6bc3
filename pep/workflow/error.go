package workflow

import (
	"errors"
	"strings"

	"virtualschool.example/pep"
)

// errUnseen is the denial of somebody who may not see a case. It comes out as
// storage.ErrNotFound, as a plan does that does not exist, so that nobody can tell
// the two apart.
var errUnseen = errors.New("workflow: the actor may not see this case")

// ErrNoPolicy says that the plan is decided by a revision of the policy that
// the service was not given. Other plans are not concerned.
var ErrNoPolicy = errors.New("workflow: the plan's revision of the policy is not known here")

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
	return &Error{Op: op, Plan: plan, Err: err}
}
