package pgtest_test

import (
	"testing"

	"virtualschool.example/storage/sqlstore/pgtest"
)

// A test that needs a database opens a new, empty one, which is dropped afterwards.
func ExampleOpen() {
	_ = func(t *testing.T) { // func TestPlansAreKept(t *testing.T)
		db := pgtest.Open(t, pgtest.Set("default_transaction_isolation", "serializable"))
		db.SetMaxOpenConns(8)
	}
}

// A primary is lost, and its standby has everything that was acknowledged.
func ExampleCluster() {
	_ = func(t *testing.T) { // func TestNothingAcknowledgedIsLost(t *testing.T)
		primary := pgtest.Start(t, pgtest.Config{Durable: true})
		standby := primary.Standby(t, "one")
		primary.Quorum(t, 1, standby)

		db := primary.Open(t)
		var name string
		_ = db.QueryRow("SELECT current_database()").Scan(&name)

		primary.Kill(t)
		standby.Promote(t)
		_ = standby.DSN(name)
	}
}
