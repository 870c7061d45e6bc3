// Package pgtest gives a test a fresh, empty database on a real PostgreSQL,
// version 13 or later.
//
// [Open] and [DSN] take the server that the environment variable
// PEP_TEST_POSTGRES names by its connection string, whose role may create
// databases. Where it is not set they start a cluster of the test binary's own
// from the binaries on the machine: in a temporary folder, on a Unix socket,
// without a password, as the user postgres or nobody where the test runs as
// root. It is UTF8 in the locale C.UTF-8, and is made at the first call. The
// server hangs on a pipe that the test binary holds: it ends, and its folder
// goes, when the test binary ends in any way, by SIGKILL too.
//
// Where there is neither, the test is skipped and says so. The word postgres
// in PEP_TEST_REQUIRE makes the skip a failure.
//
// The shared cluster does not wait for the disk (fsync is off), unless asked
// to be [Durable]. [Set] gives a setting of the sessions of one database, and
// [Schema] a schema of it that has nothing in it yet.
//
// # Clusters
//
// [Start] starts a cluster for one test, which may kill it, start it again,
// and give it standbys that stream from it and are promoted: see [Cluster].
// Such a cluster always comes from the binaries.
//
// # Secrets
//
// Nothing that this package prints has a connection string in it.
package pgtest
