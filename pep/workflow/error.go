package workflow

import (
	"context"
	"errors"

	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
)

// ErrForbidden says that the actor's relation to the case does not permit it.
var ErrForbidden = errors.New("workflow: not permitted on this case")

// ErrNoPolicy says that the plan is decided by a revision of the policy that
// the service was not given. Other plans are not concerned.
var ErrNoPolicy = errors.New("workflow: the plan's revision of the policy is not known here")

// ErrNoRegister says that the store keeps no register and none was given.
var ErrNoRegister = errors.New("workflow: no register of children")

// Error says what failed and on which plan. It wraps a *rule.Refusal, a
// *rule.Invalid, a storage error or one of this package's, once.
type Error struct {
	Op   string // the action, or the service's method
	Plan pep.ID // zero for a plan that was not started
	Err  error
}

// Error returns what failed, on which plan, and why.
func (e *Error) Error() string {
	if e.Plan.IsZero() {
		return "workflow: " + e.Op + ": " + e.Err.Error()
	}
	return "workflow: " + e.Op + " on " + e.Plan.String() + ": " + e.Err.Error()
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

// Kind sorts errors by what a host does about them. The zero Kind is none.
type Kind uint8

// The kinds of error. With HTTP they are 404, 409, 422, 403, 400, 503, 503 and 500.
const (
	NotFound   Kind = 1 + iota
	Conflict        // look again: somebody else changed it, or it exists
	Refused         // a rule says no
	Forbidden       // not this person, or not in this role
	Invalid         // the input cannot be a command
	Contention      // try again later; nothing was done
	Unknown         // give the same command with the same key again
	Internal        // the program or the database failed
)

var kinds = [...]string{"", "not_found", "conflict", "refused", "forbidden", "invalid", "contention", "unknown", "internal"}

// String returns the text form of k, such as "not_found".
func (k Kind) String() string { return rule.Name(kinds[:], k) }

// sentinels is the kind of each sentinel.
var sentinels = [...]struct {
	err  error
	kind Kind
}{
	{storage.ErrNotFound, NotFound},
	{storage.ErrConflict, Conflict},
	{storage.ErrExists, Conflict},
	{storage.ErrKeyReused, Conflict},
	{storage.ErrContention, Contention},
	{storage.ErrOutcomeUnknown, Unknown},
	{ErrForbidden, Forbidden},
	{context.Canceled, Contention},
	{context.DeadlineExceeded, Contention},
}

// forbids are the codes of a refusal that is about the person, not the plan.
var forbids = [...]rule.Code{rule.WrongRole, rule.SocialWorkerNeverFinalises, rule.NotTheContributor}

// KindOf returns the kind of an error of this module, zero for nil. What it
// does not know is Internal.
func KindOf(err error) Kind {
	if err == nil {
		return 0
	}
	for _, s := range sentinels {
		if errors.Is(err, s.err) {
			return s.kind
		}
	}
	var refusal *rule.Refusal
	if errors.As(err, &refusal) {
		for _, code := range forbids {
			if refusal.Code() == code {
				return Forbidden
			}
		}
		return Refused
	}
	if rule.InvalidMember(err) != "" {
		return Invalid
	}
	return Internal
}

// ruleOf returns the rule that refused, zero where none did.
func ruleOf(err error) rule.ID {
	var refusal *rule.Refusal
	if errors.As(err, &refusal) {
		return refusal.Rule()
	}
	return 0
}
