// Package pgtest gives a test a new, empty database on a real PostgreSQL server,
// version 13 or later:
//
//	db := pgtest.Open(t)
//
// If the environment variable PEP_TEST_POSTGRES holds a connection string, [Open]
// and [DSN] use that server; its role must be allowed to create databases.
// Otherwise they start a cluster for the test binary at the first call, from the
// PostgreSQL binaries on the machine. The cluster is in a temporary folder, listens
// on a Unix socket, needs no password and uses UTF8 in the locale C.UTF-8. If the
// test runs as root, the cluster runs as the user postgres or nobody. The server
// ends, and its folder is removed, whenever the test binary ends, even by SIGKILL,
// because the server's supervisor reads from a pipe that the test binary holds.
//
// If there is neither a server nor the binaries, the test is skipped and says so.
// If PEP_TEST_REQUIRE contains the word postgres, the test fails instead.
//
// The shared cluster does not wait for the disk (fsync is off), unless the test
// asks for a [Durable] one. [Set] makes a setting for all sessions of one database,
// and [Schema] creates an empty schema in it.
//
// # Clusters
//
// [Start] starts a cluster for one test. The test may kill and restart it, and give
// it standbys that stream from it and can be promoted: see [Cluster]. Such a cluster
// always comes from the binaries on the machine.
//
// # Errors
//
// The functions fail the test on any error. Nothing that this package prints
// contains a connection string.
package pgtest
