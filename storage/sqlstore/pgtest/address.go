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

// patience is how long a server may take to answer, start, promote or end.
const patience = time.Minute

// address is a connection string, to the database from which others are made.
type address string

type setting struct{ name, value string }

// of returns the connection string of another database of the server, or of
// the same for "", whose sessions begin with the settings.
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

// located writes a URL, in which a plus is a plus and not a space.
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

// word writes one word of a connection string; of two of a name the later
// holds.
func word(name, value string) string {
	return name + "='" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(value) + "'"
}

// create makes a database that nobody else has, and returns its name.
func (a address) create() (string, error) {
	name := "pep_test_" + strings.ToLower(rand.Text())
	return name, a.exec("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8'")
}

// drop ends what sessions a database still has, and removes it.
func (a address) drop(name string) error {
	return a.exec("DROP DATABASE " + name + " WITH (FORCE)")
}

func (a address) exec(statement string) error {
	return a.with(func(ctx context.Context, db *sql.DB) error {
		_, err := db.ExecContext(ctx, statement)
		return err
	})
}

// holds reports whether a query for one boolean says true.
func (a address) holds(query string, arguments ...any) (is bool, err error) {
	err = a.ask(&is, query, arguments...)
	return is, err
}

// number returns what a query for one number says.
func (a address) number(query string, arguments ...any) (n int64, err error) {
	err = a.ask(&n, query, arguments...)
	return n, err
}

// ask scans the one value that a query is for.
func (a address) ask(into any, query string, arguments ...any) error {
	return a.with(func(ctx context.Context, db *sql.DB) error {
		return db.QueryRowContext(ctx, query, arguments...).Scan(into)
	})
}

// with gives fn the server for a while, over one connection.
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

// plain returns what of an error is fit to be printed: what the server or the
// network said, and never a connection string.
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

// errUnsaid stands for what drivers say with the connection string in it.
var errUnsaid error = fault("no answer, for a reason that may have the connection string in it: is that string one?")
