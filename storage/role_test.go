package storage_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
)

// Asking for a role that a store does not have returns that role's sentinel.
func TestAStoreWithoutARoleSaysSo(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	require.NoError(t, memstore.New().Update(ctx, func(tx storage.Tx) error {
		for op, asked := range map[string]struct {
			of   func(storage.Tx) error
			want error
		}{
			"register":     {func(tx storage.Tx) error { _, err := storage.RegisterOf(tx); return err }, storage.ErrNoRegister},
			"registrar":    {func(tx storage.Tx) error { _, err := storage.RegistrarOf(tx); return err }, storage.ErrNoRegister},
			"book":         {func(tx storage.Tx) error { _, err := storage.BookOf(tx); return err }, storage.ErrNoRole},
			"keeper":       {func(tx storage.Tx) error { _, err := storage.BookkeeperOf(tx); return err }, storage.ErrNoRole},
			"payments":     {func(tx storage.Tx) error { _, err := storage.PaymentsOf(tx); return err }, storage.ErrNoRole},
			"payer":        {func(tx storage.Tx) error { _, err := storage.PayerOf(tx); return err }, storage.ErrNoRole},
			"audit":        {func(tx storage.Tx) error { _, err := storage.AuditOf(tx); return err }, storage.ErrNoRole},
			"alerts":       {func(tx storage.Tx) error { _, err := storage.AlertsOf(tx); return err }, storage.ErrNoRole},
			"acknowledger": {func(tx storage.Tx) error { _, err := storage.AcknowledgerOf(tx); return err }, storage.ErrNoRole},
			"auditor":      {func(tx storage.Tx) error { _, err := storage.AuditorOf(tx); return err }, storage.ErrNoRole},
		} {
			require.NoError(t, asked.of(tx), op)
			err := asked.of(struct{ storage.Tx }{tx})
			require.ErrorIs(t, err, asked.want, op)
			require.IsType(t, &storage.Error{}, err, op)
		}
		return nil
	}))
}

// An audit entry holds words that a program chose, and nothing that a person
// wrote.
func TestAnEntryHoldsNoContent(t *testing.T) {
	t.Parallel()
	entry := storage.Entry{
		ID: uuid.Max, By: record.PersonID{UUID: uuid.Max}, Role: pep.System, At: time.Unix(0, 0), What: storage.Looked, Name: "answers_3",
	}
	require.NoError(t, entry.Check())
	for _, name := range []string{"", "Ada", "ada lovelace", "a-b", "a\x00", "é", strings.Repeat("a", 65), "a@b"} {
		bad := entry
		bad.Name = name
		require.Equal(t, "name", rule.InvalidMember(bad.Check()), name)
		bad = entry
		if bad.Kind = name; name != "" {
			require.Equal(t, "kind", rule.InvalidMember(bad.Check()), name)
		}
	}
	entry.What = storage.Denied
	require.Equal(t, "kind", rule.InvalidMember(entry.Check()), "a denial must say how it ended")
	entry.Kind = "forbidden"
	require.NoError(t, entry.Check())
}
