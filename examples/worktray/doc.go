// Command worktray shows the plans of a small invented council in a browser, with a work
// tray for each role and a portal for designated teachers. Its pages use only the service,
// are rendered on the server and need no script.
//
//	go run ./examples/worktray                     on a temporary file, at http://127.0.0.1:8080
//	go run ./examples/worktray -db trays.db        on a file that stays
//	go run ./examples/worktray -as-of 2026-03-04   on the morning of another day
//
// It is a demonstration. Anybody who can open it can sign in as anybody, so it listens only
// on this machine. A real host replaces the Authenticator. Everybody in it is invented.
package main
