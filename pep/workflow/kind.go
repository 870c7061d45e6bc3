package workflow

import (
	"context"
	"errors"
	"slices"

	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// Kind sorts errors by what a host does about them. The zero Kind means no error.
type Kind uint8

// The kinds of error. In HTTP they are 404, 409, 422, 403, 400, 503, 503, 500
// and 500.
const (
	NotFound   Kind = 1 + iota
	Conflict        // somebody else changed the record, or it already exists; look again
	Refused         // a rule refuses the action
	Forbidden       // this person may not take the action, or not in this role
	Invalid         // the input is not a valid command or question
	Contention      // try again later; nothing was done
	Unknown         // give the same command with the same key again
	Damaged         // the stored plan or child cannot be used; other plans and children are not affected
	Internal        // the program or the database failed
)

var kinds = [...]struct{ name, words string }{
	NotFound:   {"not_found", "it does not exist, or this person is not allowed to see it"},
	Conflict:   {"conflict", "somebody else changed it, or it exists already"},
	Refused:    {"refused", "a rule does not allow it"},
	Forbidden:  {"forbidden", "the person, or the role, is not permitted to do it"},
	Invalid:    {"invalid", "the input cannot be used"},
	Contention: {"contention", "nothing was done, because too many others were writing; try again later"},
	Unknown:    {"unknown", "it is not known whether it was done; send the same command again"},
	Damaged:    {"damaged", "the stored record cannot be used"},
	Internal:   {"internal", "the program or the database failed"},
}

// ParseKind returns the kind whose text form is s, such as "not_found".
func ParseKind(s string) (Kind, error) {
	return rule.Find[Kind](len(kinds), s, "kind", "a kind of error, such as not_found")
}

// String returns the text form of k, such as "not_found", or "" for the zero Kind.
func (k Kind) String() string { return rule.Row(kinds[:], k).name }

// Words says in plain English what became of a request that failed with this kind of
// error.
func (k Kind) Words() string { return rule.Row(kinds[:], k).words }

// MarshalText returns the text form of k.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the text form of a kind as ParseKind does. Empty text gives
// the zero Kind.
func (k *Kind) UnmarshalText(text []byte) error { return rule.Unmarshal(text, k, ParseKind) }

// sentinels gives the kind of each sentinel error, the most pressing first.
var sentinels = [...]struct {
	err  error
	kind Kind
}{
	{storage.ErrOutcomeUnknown, Unknown},
	{storage.ErrDamaged, Damaged},
	{ErrNoPolicy, Damaged},
	{storage.ErrNotFound, NotFound},
	{storage.ErrConflict, Conflict},
	{storage.ErrExists, Conflict},
	{storage.ErrKeyReused, Conflict},
	{storage.ErrContention, Contention},
	{context.Canceled, Contention},
	{context.DeadlineExceeded, Contention},
	{civil.ErrDate, Invalid}, // package civil lies below rule, so it cannot return a *rule.Invalid
	{civil.ErrLeapBirthday, Invalid},
}

// forbids lists the codes of refusals that are about the person, not the plan.
var forbids = [...]rule.Code{rule.WrongRole, rule.SocialWorkerNeverFinalises, rule.NotTheContributor, rule.NotPermitted}

// KindOf returns the kind of an error of this module, or zero for nil. An error that
// it does not know is Internal.
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

// ruleOf returns the rule that refused, or zero if err is not a refusal.
func ruleOf(err error) rule.ID {
	var refusal *rule.Refusal
	if errors.As(err, &refusal) {
		return refusal.Rule()
	}
	return 0
}

// failed reports whether err is a failure of the store rather than an answer.
func failed(err error) bool {
	switch KindOf(err) {
	case Contention, Unknown, Damaged:
		return true
	case Internal:
		var storeErr *storage.Error
		return errors.As(err, &storeErr) || errors.Is(err, storage.ErrUnavailable)
	}
	return false
}
