package workflow

import (
	"context"
	"errors"
	"slices"

	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
)

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

// sentinels is the kind of each sentinel, the most pressing first.
var sentinels = [...]struct {
	err  error
	kind Kind
}{
	{storage.ErrOutcomeUnknown, Unknown},
	{storage.ErrNotFound, NotFound},
	{storage.ErrConflict, Conflict},
	{storage.ErrExists, Conflict},
	{storage.ErrKeyReused, Conflict},
	{storage.ErrContention, Contention},
	{context.Canceled, Contention},
	{context.DeadlineExceeded, Contention},
}

// forbids are the codes of a refusal that is about the person, not the plan.
var forbids = [...]rule.Code{rule.WrongRole, rule.SocialWorkerNeverFinalises, rule.NotTheContributor, rule.NotPermitted}

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
		if slices.Contains(forbids[:], refusal.Code()) {
			return Forbidden
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

// failed reports whether err is a failure of the store rather than an answer.
func failed(err error) bool {
	var storeErr *storage.Error
	kind := KindOf(err)
	return kind == Contention || kind == Unknown || kind == Internal && (errors.As(err, &storeErr) || errors.Is(err, storage.ErrUnavailable))
}
