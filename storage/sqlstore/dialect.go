package sqlstore

import (
	"embed"
	"io/fs"
	"strings"

	"github.com/Masterminds/squirrel"

	"virtualschool.example/storage/sqlstore/internal/statement"
)

// Dialect is the kind of database. The zero Dialect is none.
type Dialect uint8

// SQLite is SQLite 3.41 or later, through any database/sql driver.
const SQLite Dialect = 1

// SchemaVersion is the version of the schema that this package reads and
// writes: the number of the latest migration.
const SchemaVersion = 1

// dialects is how each dialect is called and written.
var dialects = [...]struct {
	name        string
	placeholder squirrel.PlaceholderFormat
	migrations  string
}{
	SQLite: {"sqlite", squirrel.Question, "migrations/sqlite"},
}

// String returns the name of d, such as "sqlite", or "" for none.
func (d Dialect) String() string {
	if !d.known() {
		return ""
	}
	return dialects[d].name
}

func (d Dialect) known() bool { return d > 0 && int(d) < len(dialects) }

// statements builds every statement of the dialect.
func (d Dialect) statements() (*statement.Set, error) {
	return statement.Build(dialects[d].placeholder)
}

//go:embed migrations
var migrations embed.FS

// Migrations returns the migrations of a dialect as goose reads them, in
// order of name; none for a dialect that is none. Package migrate runs them,
// and a host may run them with a tool of its own.
func Migrations(d Dialect) fs.FS {
	if !d.known() {
		return embed.FS{}
	}
	sub, err := fs.Sub(migrations, dialects[d].migrations)
	if err != nil {
		return embed.FS{}
	}
	return sub
}

// settings are the settings of a connection to SQLite, as the driver of
// modernc.org/sqlite is given them.
const settings = "?_txlock=immediate" +
	"&_pragma=busy_timeout(1000)" +
	"&_pragma=journal_mode(WAL)" +
	"&_pragma=synchronous(FULL)" +
	"&_pragma=foreign_keys(ON)" +
	"&_pragma=secure_delete(ON)" +
	"&_pragma=cache_size(-65536)"

// DSN returns the connection string for a SQLite file, for the driver of
// modernc.org/sqlite: writers begin at once, a write-ahead log that is synced
// at each commit, foreign keys, cleared space overwritten, 64 MB of cache for
// each connection. The path is taken as it is, whatever characters it has.
func (d Dialect) DSN(path string) string {
	escape := strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23")
	return "file:" + escape.Replace(path) + settings
}
