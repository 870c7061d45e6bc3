package lockstep

import (
	"errors"
	"strings"

	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

var errRolledBack = errors.New("lockstep: rolled back by the host")

// verdict is the part of an error that must be the same from every store. The zero
// verdict is the verdict on a nil error.
type verdict struct {
	Kind    string
	Reasons []rule.Reason
	Invalid string // the error's text if it names an invalid member, otherwise ""
	Is      string // the sentinels that the error wraps
}

// sentinels lists the errors that a verdict distinguishes.
var sentinels = [...]error{
	storage.ErrNotFound, storage.ErrConflict, storage.ErrExists, storage.ErrContention, storage.ErrOutcomeUnknown,
	storage.ErrKeyReused, storage.ErrClosed, storage.ErrNoRegister, storage.ErrNoRole, storage.ErrSchema,
	storage.ErrUnsafe, storage.ErrUnavailable, storage.ErrDamaged, workflow.ErrNoPolicy, errRolledBack,
}

// judge returns the verdict on an error.
func judge(err error) (v verdict) {
	if err == nil {
		return v
	}
	v.Kind = workflow.KindOf(err).String()
	if refusal := (*rule.Refusal)(nil); errors.As(err, &refusal) {
		v.Reasons = refusal.Reasons()
	}
	if rule.InvalidMember(err) != "" {
		v.Invalid = err.Error()
	}
	for _, s := range sentinels {
		if errors.Is(err, s) {
			v.Is += s.Error() + "; "
		}
	}
	return v
}

// fails reports whether an error means that the store failed, or has a text that
// shows content.
func fails(err error) bool {
	if err == nil || errors.Is(err, errRolledBack) {
		return false
	}
	kind := workflow.KindOf(err)
	return kind >= workflow.Contention || strings.Contains(err.Error(), canary)
}
