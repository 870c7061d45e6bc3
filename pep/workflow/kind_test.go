package workflow_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/term/civil"
)

func TestKindOfSortsEveryError(t *testing.T) {
	t.Parallel()
	refusal := func(code rule.Code) error { return rule.Refuse("finalise", rule.Reason{Rule: rule.FINAL2, Code: code}) }
	for _, c := range []struct {
		name string
		err  error
		want workflow.Kind
		text string
	}{
		{"none", nil, 0, ""},
		{"not found", storage.ErrNotFound, workflow.NotFound, "not_found"},
		{"conflict", storage.ErrConflict, workflow.Conflict, "conflict"},
		{"exists", storage.ErrExists, workflow.Conflict, "conflict"},
		{"key reused", storage.ErrKeyReused, workflow.Conflict, "conflict"},
		{"a rule", refusal(rule.WrongStage), workflow.Refused, "refused"},
		{"a role", refusal(rule.WrongRole), workflow.Forbidden, "forbidden"},
		{"a social worker", refusal(rule.SocialWorkerNeverFinalises), workflow.Forbidden, "forbidden"},
		{"another contributor", refusal(rule.NotTheContributor), workflow.Forbidden, "forbidden"},
		{"a relation that does not permit it", refusal(rule.NotPermitted), workflow.Forbidden, "forbidden"},
		{"invalid", &rule.Invalid{Member: "key"}, workflow.Invalid, "invalid"},
		{"several invalid", errors.Join(&rule.Invalid{Member: "key"}, &rule.Invalid{Member: "by"}), workflow.Invalid, "invalid"},
		{"contention", storage.ErrContention, workflow.Contention, "contention"},
		{"cancelled", context.Canceled, workflow.Contention, "contention"},
		{"too late", context.DeadlineExceeded, workflow.Contention, "contention"},
		{"unknown", storage.ErrOutcomeUnknown, workflow.Unknown, "unknown"},
		{"unknown because the context ended", errors.Join(context.Canceled, storage.ErrOutcomeUnknown), workflow.Unknown, "unknown"},
		{"no policy", workflow.ErrNoPolicy, workflow.Damaged, "damaged"},
		{"damaged", storage.ErrDamaged, workflow.Damaged, "damaged"},
		{"not a date", civil.ErrDate, workflow.Invalid, "invalid"},
		{"an unknown leap birthday", civil.ErrLeapBirthday, workflow.Invalid, "invalid"},
		{"no register", storage.ErrNoRegister, workflow.Internal, "internal"},
		{"closed", storage.ErrClosed, workflow.Internal, "internal"},
		{"unavailable", storage.ErrUnavailable, workflow.Internal, "internal"},
		{"anything else", errors.New("disk"), workflow.Internal, "internal"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, workflow.KindOf(c.err))
			require.Equal(t, c.text, workflow.KindOf(c.err).String())
			if c.err == nil {
				return
			}
			for _, err := range []error{
				fmt.Errorf("child: %w", c.err),
				&storage.Error{Op: "save", Err: c.err},
				&workflow.Error{Op: "finalise", Err: c.err},
				errors.Join(errors.New("before"), c.err),
			} {
				require.Equal(t, c.want, workflow.KindOf(err))
			}
		})
	}
	require.Empty(t, workflow.Kind(200).String())
}

func TestNewRefusesAnInvalidConfiguration(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		config workflow.Config
		want   string
	}{
		{"no store", workflow.Config{Trusting: true}, "plans"},
		{"a pointer to no store", workflow.Config{Plans: (*memstore.Store)(nil), Trusting: true}, "plans"},
		{"no relation", workflow.Config{Plans: memstore.New()}, "relation"},
		{"a relation and trust", workflow.Config{Plans: memstore.New(), Relation: workflow.Registered, Trusting: true}, "relation"},
		{"one revision twice", workflow.Config{Plans: memstore.New(), Trusting: true, Earlier: []*pep.Policy{pep.Lancashire()}}, "earlier"},
		{"an earlier one twice", workflow.Config{Plans: memstore.New(), Trusting: true, Earlier: []*pep.Policy{fixture.Second(), fixture.Second()}}, "earlier"},
		{"no policy among the earlier", workflow.Config{Plans: memstore.New(), Trusting: true, Earlier: []*pep.Policy{nil}}, "earlier"},
	} {
		s, err := workflow.New(c.config)
		require.Equal(t, c.want, rule.InvalidMember(err), c.name)
		require.Nil(t, s, c.name)
	}
}

// TestOnlyTheStoreAndPermissionAreRequired: everything else has a default.
func TestOnlyTheStoreAndPermissionAreRequired(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s, err := workflow.New(workflow.Config{Plans: w.store, Trusting: true})
	require.NoError(t, err)
	before := time.Now()
	o, err := s.Do(ctx, workflow.Command{Key: "k", By: worker, Do: pep.StartInitial{Child: ada, Meeting: s.Today()}})
	require.NoError(t, err)
	require.NotEqual(t, uuid.Nil, o.Plan.UUID)
	event := w.history(o.Plan)[0]
	require.WithinRange(t, event.At, before.Truncate(time.Microsecond), time.Now())
	require.Equal(t, time.UTC, event.At.Location())
	require.Zero(t, event.At.Nanosecond()%1000, "an instant is cut to the microsecond, as every store keeps it")
	require.Equal(t, 1, event.Policy)
}
