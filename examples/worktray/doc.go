// Command worktray is the plans in a browser: every role's work tray and portal over
// a small invented council. Its pages use the service alone, are rendered on the
// server and need no script.
//
//	go run ./examples/worktray                     on a temporary file, at http://127.0.0.1:8080
//	go run ./examples/worktray -db trays.db        on a file that stays
//	go run ./examples/worktray -as-of 2026-03-04   on the morning of another day
//
// It is a demonstration: whoever can open it can sign in as anybody, so it listens on
// this machine alone. A host replaces the Authenticator. Nobody in it exists.
package main
