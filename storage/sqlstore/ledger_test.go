package sqlstore_test

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/term"
)

// entering adds a note, a request, a payment and an audit entry about one child, and returns
// the error of each.
func entering(ctx context.Context, tx storage.Tx) [4]error {
	text, id, of := private.NewText("Ada Lovelace was seen"), uuid.UUID{0: 8}, term.MustParse("SUMMER 2026")
	by := record.PersonID{UUID: uuid.UUID{0: 7}}
	return [4]error{
		tx.(storage.Bookkeeper).AddNote(ctx, record.Note{ID: record.NoteID{UUID: id}, Child: faultChild, By: by, At: lately, Text: text}),
		tx.(storage.Bookkeeper).AddRequest(ctx, record.Request{
			ID: record.RequestID{UUID: id}, Kind: record.TechnicalIssue, By: by, At: lately, Child: faultChild, Description: text,
		}),
		tx.(storage.Payer).Pay(ctx, payment.Line{
			Payment: record.Payment{Child: faultChild, Term: of, Establishment: school.ID, Pence: 80_000, PaidOn: today},
			Plan:    faultPlan, Version: 9, FinancialYear: of.FinancialYear(), Cause: payment.Paid,
		}),
		tx.(storage.Auditor).Audit(ctx, storage.Entry{
			ID: id, By: by, Role: pep.ServiceDesk, At: lately, What: storage.Looked, Name: "history", Plan: faultPlan, Child: faultChild,
		}),
	}
}

// enter calls entering, then adds a reply to the request and a payment decision, and joins
// all the errors.
func enter(ctx context.Context, tx storage.Tx) error {
	errs, by, why := entering(ctx, tx), record.PersonID{UUID: uuid.UUID{0: 7}}, private.NewText("Ada Lovelace was told")
	return errors.Join(errors.Join(errs[:]...),
		tx.(storage.Bookkeeper).AnswerRequest(ctx, record.RequestID{UUID: uuid.UUID{0: 8}}, record.Reply{By: by, At: lately, Text: why}),
		tx.(storage.Payer).Decide(ctx, payment.Discretion{
			Plan: faultPlan, Verdict: payment.Held, By: by, Role: pep.VirtualSchoolHead, On: today, Reason: why,
		}))
}

// gathered returns how many items a list yields before an error, and the error.
func gathered[T any](list iter.Seq2[T, error]) (n int, err error) {
	for _, err := range list {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// kept returns how many notes, requests, payments and audit entries are about the child, and
// the errors of the four lists.
func kept(s *sqlstore.Store) (n [4]int, errs [4]error) {
	scope := storage.Caseload(faultChild)
	_ = s.View(nowhere, func(r storage.Reader) error {
		n[0], errs[0] = gathered(r.(storage.Book).Notes(nowhere, faultChild, storage.Moment{}))
		n[1], errs[1] = gathered(r.(storage.Book).Requests(nowhere, storage.RequestQuery{Scope: scope}))
		n[2], errs[2] = gathered(r.(storage.Payments).Paid(nowhere, storage.PaymentQuery{Scope: scope}))
		n[3], errs[3] = gathered(r.(storage.Audit).Entries(nowhere, storage.AuditQuery{Scope: scope}))
		return nil
	})
	return n, errs
}

// databases holds, for each engine, a function that returns a new database.
var databases = map[string]func(testing.TB) (*sql.DB, engine){
	"SQLite":     func(t testing.TB) (*sql.DB, engine) { _, db := open(t); return db, sqliteEngine },
	"PostgreSQL": func(t testing.TB) (*sql.DB, engine) { _, db := onPostgres(t); return db, postgresEngine },
}

// TestATakenKeyDoesNotEndTheTransaction shows that the store returns ErrExists for a taken
// key, leaves the row as it is, and can go on with the transaction.
func TestATakenKeyDoesNotEndTheTransaction(t *testing.T) {
	t.Parallel()
	for name, of := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, e := of(t)
			s, p := e.over(t, db, "lancashire"), started(t, newChild(), "2026-05-20")
			require.NoError(t, s.Update(nowhere, func(tx storage.Tx) error { return enter(nowhere, tx) }))
			require.NoError(t, s.Update(nowhere, func(tx storage.Tx) error {
				for _, err := range entering(nowhere, tx) {
					require.Equal(t, storage.ErrExists, err)
				}
				return tx.Save(nowhere, p)
			}))
			require.NoError(t, read(s, p.ID()))
			n, errs := kept(s)
			require.Equal(t, [4]int{1, 1, 1, 1}, n)
			require.Equal(t, [4]error{}, errs)
		})
	}
}

// An authority does not see another authority's rows, and two authorities can use the same
// keys.
func TestAuthoritiesDoNotSeeEachOthersLedgers(t *testing.T) {
	t.Parallel()
	for name, of := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, e := of(t)
			s, other := e.over(t, db, "lancashire"), e.over(t, db, "cumbria")
			require.NoError(t, s.Update(nowhere, func(tx storage.Tx) error { return enter(nowhere, tx) }))
			n, errs := kept(other)
			require.Equal(t, [4]int{}, n)
			require.Equal(t, [4]error{}, errs)
			require.NoError(t, other.Update(nowhere, func(tx storage.Tx) error { return enter(nowhere, tx) }))
			n, _ = kept(s)
			require.Equal(t, [4]int{1, 1, 1, 1}, n)
		})
	}
}

// TestADamagedEntryIsNotRead damages rows in ways that the schema would prevent.
func TestADamagedEntryIsNotRead(t *testing.T) {
	t.Parallel()
	s, db := open(t)
	db.SetMaxOpenConns(1)
	require.NoError(t, s.Update(nowhere, func(tx storage.Tx) error { return enter(nowhere, tx) }))
	for _, spoils := range []string{
		"PRAGMA ignore_check_constraints = ON",
		"DROP TRIGGER pep_request_not_updated", "UPDATE pep_request SET kind = 'Ada Lovelace'",
		"DROP TRIGGER pep_payment_not_updated", "UPDATE pep_payment SET reason = 'Ada Lovelace'",
		"DROP TRIGGER pep_audit_not_updated", "UPDATE pep_audit SET role = 'Ada Lovelace'",
	} {
		_, err := db.Exec(spoils)
		require.NoError(t, err, spoils)
	}
	n, errs := kept(s)
	require.Equal(t, [4]int{1, 0, 0, 0}, n, "a note has no column that can be invalid")
	for _, err := range errs[1:] {
		requirePlain(t, err, storage.ErrDamaged)
		require.NotContains(t, err.Error(), "Ada")
	}
}
