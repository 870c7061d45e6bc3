package pgtest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// recorder is a testing.TB that records a failure or a skip.
type recorder struct {
	testing.TB
	ended, said string
}

func (r *recorder) Fatalf(format string, args ...any) { r.end("failed", format, args) }
func (r *recorder) Skipf(format string, args ...any)  { r.end("skipped", format, args) }

func (r *recorder) end(how, format string, args []any) {
	r.ended, r.said = how, fmt.Sprintf(format, args...)
	runtime.Goexit()
}

// record runs fn as a test.
func record(t *testing.T, fn func(testing.TB)) *recorder {
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		fn(r)
	}()
	<-done
	return r
}

func TestWithoutPostgreSQLATestIsSkippedUnlessItIsRequired(t *testing.T) {
	for _, c := range []struct {
		name, require string
		err           error
		want          string
	}{
		{"there", "postgres", nil, ""},
		{"absent", "", errAbsent, "skipped"},
		{"absent, another is required", "postgresql,mail", errAbsent, "skipped"},
		{"absent and required", "postgres", errAbsent, "failed"},
		{"absent and required among others", "mail,postgres", errAbsent, "failed"},
		{"does not start", "", errors.New("no space"), "failed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv(Require, c.require)
			r := record(t, func(t testing.TB) { able(t, c.err) })
			require.Equal(t, c.want, r.ended)
			if c.err != nil {
				require.Contains(t, r.said, c.err.Error())
			}
		})
	}
}

func TestTheFirstFolderWithAllTheBinariesIsTaken(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	folder := func(name string, binaries ...string) string {
		at := filepath.Join(root, name)
		require.NoError(t, os.MkdirAll(at, 0o755))
		for _, b := range binaries {
			require.NoError(t, os.WriteFile(filepath.Join(at, b), nil, 0o755))
		}
		return at
	}
	client := folder("client", "psql", "initdb")
	old, recent := folder("9", "initdb", "postgres"), folder("17", "initdb", "postgres")

	for _, none := range [][]string{nil, {"", ".", client, filepath.Join(root, "nowhere")}} {
		_, err := find(none)
		require.ErrorIs(t, err, errAbsent)
	}
	got, err := find([]string{client, recent, old})
	require.NoError(t, err)
	require.Equal(t, recent, got)
	require.Greater(t, version("/usr/lib/postgresql/17/bin"), version("/usr/lib/postgresql/9/bin"))

	link := filepath.Join(root, "postgres")
	require.NoError(t, os.Symlink(filepath.Join(recent, "postgres"), link))
	require.Equal(t, recent, beside(link))
}

func TestAnotherDatabaseOfAnAddress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, address, want string
	}{
		{"URL", "postgres://u:p%40@h:5433/main?sslmode=disable", "postgres://u:p%40@h:5433/one?TimeZone=UTC&sslmode=disable"},
		{"URL of several hosts", "postgresql://a:1,b:2/main", "postgresql://a:1,b:2/one?TimeZone=UTC"},
		{"URL without a database", "postgres://h", "postgres://h/one?TimeZone=UTC"},
		{"URL with the database among the settings", "postgres://h/?dbname=main&database=x", "postgres://h/one?TimeZone=UTC"},
		{"URL with a plus and a space", "postgres://h/?application_name=a+b%20c", "postgres://h/one?TimeZone=UTC&application_name=a%2Bb%20c"},
		{"words", "host=h password='p q' dbname=main", "host=h password='p q' dbname=main dbname='one' TimeZone='UTC'"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, address(c.address).of("one", setting{"TimeZone", "UTC"}))
		})
	}
}

// TestNoConnectionStringIsPrinted makes connecting fail in every way, and looks for
// the password in what is printed.
func TestNoConnectionStringIsPrinted(t *testing.T) {
	const canary = "c4nary"
	c := Start(t, Config{})
	require.NoError(t, c.address().exec("CREATE ROLE office LOGIN PASSWORD '"+canary+"'"))
	require.NoError(t, os.WriteFile(filepath.Join(c.data(), "pg_hba.conf"), []byte("local all office scram-sha-256\nlocal all all trust\n"), 0o600))
	require.NoError(t, c.address().exec("SELECT pg_reload_conf()"))
	for _, f := range []struct{ name, dsn, says string }{
		{"no server", "postgres://u:" + canary + "@127.0.0.1:1/d?sslmode=disable", "refused"},
		{"no socket", "host=/nowhere user=u password='" + canary + `\'` + canary + "'", "no such file"},
		{"malformed URL", "postgres://u:" + canary + "@[h/d%zz", "no answer"},
		{"malformed words", "password='" + canary + `\'` + canary + "' port=none", "no answer"},
		{"neither form", canary, "no answer"},
		{"wrong password", "host=" + c.folder + " user=office dbname=postgres password=not" + canary, "28P01"},
		{"no right to create", "host=" + c.folder + " user=office dbname=postgres password=" + canary, "42501"},
	} {
		t.Run(f.name, func(t *testing.T) {
			t.Setenv(Server, f.dsn)
			r := record(t, func(t testing.TB) { Open(t) })
			require.Equal(t, "failed", r.ended)
			require.Contains(t, r.said, f.says)
			require.NotContains(t, r.said, canary)
		})
	}
}
