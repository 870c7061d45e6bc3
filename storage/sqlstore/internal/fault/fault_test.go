package fault

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/storage"
)

type coded struct {
	code int
	text string
}

func (c coded) Error() string { return c.text }
func (c coded) Code() int     { return c.code }

type stated string

func (s stated) Error() string    { return "Ada Lovelace" }
func (s stated) SQLState() string { return string(s) }

func TestADatabaseErrorHasOneMeaning(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		err  error
		want Kind
		code string
		out  error
	}{
		{"busy", coded{5, "x"}, Busy, "5", storage.ErrContention},
		{"an old snapshot", coded{517, "x"}, Busy, "517", storage.ErrContention},
		{"a shared cache", coded{262, "x"}, Busy, "262", storage.ErrContention},
		{"busy by its text", errors.New("database is locked (5) (SQLITE_BUSY)"), Busy, "5", storage.ErrContention},
		{"a taken key", coded{2067, "x"}, Unique, "2067", storage.ErrExists},
		{"a taken primary key", coded{1555, "x"}, Unique, "1555", storage.ErrExists},
		{"a taken key by its text", errors.New("UNIQUE constraint failed: pep_plan.child"), Unique, "2067", storage.ErrExists},
		{"a check", coded{275, "x"}, Check, "275", storage.ErrUnavailable},
		{"a trigger", coded{1811, "x"}, Check, "1811", storage.ErrUnavailable},
		{"no table", coded{1, "no such table: pep_plan"}, Schema, "1", storage.ErrSchema},
		{"no column", errors.New("table pep_plan has no column named x"), Schema, "", storage.ErrSchema},
		{"full", coded{13, "x"}, Failed, "13", storage.ErrUnavailable},
		{"read only", coded{1032, "x"}, Failed, "1032", storage.ErrUnavailable},
		{"a file that is not a database", coded{26, "x"}, Failed, "26", storage.ErrUnavailable},
		{"a failed sync", coded{1034, "x"}, Lost, "1034", storage.ErrUnavailable},
		{"a bad connection", fmt.Errorf("x: %w", driver.ErrBadConn), Lost, "", storage.ErrUnavailable},
		{"closed", errors.New("sql: database is closed"), Closed, "", storage.ErrClosed},
		{"anything else", errors.New("Ada Lovelace"), 0, "", storage.ErrUnavailable},
		{"not serialized", stated("40001"), Busy, "40001", storage.ErrContention},
		{"a deadlock", stated("40P01"), Busy, "40P01", storage.ErrContention},
		{"a lock timeout", stated("55P03"), Busy, "55P03", storage.ErrContention},
		{"a taken key by its state", fmt.Errorf("x: %w", stated("23505")), Unique, "23505", storage.ErrExists},
		{"a check by its state", stated("23514"), Check, "23514", storage.ErrUnavailable},
		{"a value out of range", stated("22003"), Check, "22003", storage.ErrUnavailable},
		{"no table by its state", stated("42P01"), Schema, "42P01", storage.ErrSchema},
		{"no transaction", stated("25P01"), Closed, "25P01", storage.ErrClosed},
		{"no savepoint", stated("3B001"), Closed, "3B001", storage.ErrClosed},
		{"no savepoint by its text", errors.New("no such savepoint: pep_1"), Closed, "", storage.ErrClosed},
		{"no permission", stated("42501"), Failed, "42501", storage.ErrUnavailable},
		{"a read-only server", stated("25006"), Failed, "25006", storage.ErrUnavailable},
		{"a full disk", stated("53100"), Failed, "53100", storage.ErrUnavailable},
		{"a wrong password", stated("28P01"), Failed, "28P01", storage.ErrUnavailable},
		{"a lost server", stated("08006"), Lost, "08006", storage.ErrUnavailable},
		{"a server that shuts down", stated("57P01"), Lost, "57P01", storage.ErrUnavailable},
		{"a commit not completed", stated("40003"), Lost, "40003", storage.ErrUnavailable},
		{"a state without a class", stated("P0002"), 0, "P0002", storage.ErrUnavailable},
		{"a plain error", coded{1, "near x: syntax error"}, 0, "1", storage.ErrUnavailable},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			kind, code := Of(tt.err)
			require.Equal(t, tt.want, kind)
			require.Equal(t, tt.code, code)
			out := Error("save", tt.err)
			require.ErrorIs(t, out, tt.out)
			require.NotErrorIs(t, out, tt.err)
			require.NotContains(t, out.Error(), "Ada")
		})
	}
}

func TestTheErrorOfAContextComesOutUnchanged(t *testing.T) {
	t.Parallel()
	for _, end := range []error{context.Canceled, context.DeadlineExceeded} {
		require.Equal(t, end, Error("save", fmt.Errorf("Ada Lovelace: %w", end)))
	}
}
