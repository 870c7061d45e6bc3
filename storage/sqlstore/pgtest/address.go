package pgtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver pgx
)

// patience is how long a server may take to answer, to start, to be promoted or to
// end.
const patience = time.Minute

// address is the connection string of a database on a server, usually the database
// from which the others are created.
type address string

type setting struct{ name, value string }

// of returns the connection string of another database on the server, or of the
// same one if database is "". Every session that is opened with this string begins
// with the given settings.
func (a address) of(database string, settings ...setting) string {
	if u, err := url.Parse(string(a)); err == nil && u.Scheme != "" {
		return located(u, database, settings)
	}
	words := []string{string(a)}
	if database != "" {
		words = append(words, word("dbname", database))
	}
	for _, s := range settings {
		words = append(words, word(s.name, s.value))
	}
	return strings.Join(words, " ")
}

// located writes the connection string as a URL. A plus sign in it means a plus
// sign and not a space.
func located(u *url.URL, database string, settings []setting) string {
	q, _ := url.ParseQuery(strings.ReplaceAll(u.RawQuery, "+", "%2B"))
	if database != "" {
		u.Path = "/" + database
		q.Del("dbname")
		q.Del("database")
	}
	for _, s := range settings {
		q.Set(s.name, s.value)
	}
	u.RawQuery = strings.ReplaceAll(q.Encode(), "+", "%20")
	return u.String()
}

// word writes one word of a connection string. If two words have the same name, the
// later one applies.
func word(name, value string) string {
	return name + "='" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(value) + "'"
}

// create creates a database with a new name, and returns the name.
func (a address) create() (string, error) {
	name := "pep_test_" + strings.ToLower(rand.Text())
	return name, a.exec("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8'")
}

// drop ends all sessions of a database and removes it.
func (a address) drop(name string) error {
	return a.exec("DROP DATABASE " + name + " WITH (FORCE)")
}

func (a address) exec(statement string) error {
	return a.with(func(ctx context.Context, db *sql.DB) error {
		_, err := db.ExecContext(ctx, statement)
		return err
	})
}

// holds returns the result of a query for one boolean.
func (a address) holds(query string, arguments ...any) (is bool, err error) {
	err = a.ask(&is, query, arguments...)
	return is, err
}

// number returns the result of a query for one number.
func (a address) number(query string, arguments ...any) (n int64, err error) {
	err = a.ask(&n, query, arguments...)
	return n, err
}

// ask scans the result of a query for one value.
func (a address) ask(into any, query string, arguments ...any) error {
	return a.with(func(ctx context.Context, db *sql.DB) error {
		return db.QueryRowContext(ctx, query, arguments...).Scan(into)
	})
}

// with calls fn with one connection to the server and a time limit (see patience).
func (a address) with(fn func(context.Context, *sql.DB) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	db, err := sql.Open("pgx", string(a))
	if err != nil {
		return plain(err)
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	return plain(fn(ctx, db))
}

// plain returns the part of an error that may be printed: what the server or the
// network said, without any connection string.
func plain(err error) error {
	var said interface {
		error
		SQLState() string
	}
	var network *net.OpError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &said):
		return said
	case errors.As(err, &network):
		return fmt.Errorf("%s %s: %w", network.Op, network.Net, network.Err)
	case errors.Is(err, context.DeadlineExceeded):
		return context.DeadlineExceeded
	}
	return errUnsaid
}

// errUnsaid replaces an error that may contain the connection string.
var errUnsaid error = fault("no answer; the reason is not shown because it may contain the connection string; check that the string is valid")
