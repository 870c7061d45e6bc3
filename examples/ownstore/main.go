// Command ownstore is a small existing case system that now keeps plans too. It has its
// own tables of children and tasks in an SQLite file, begins its own transactions,
// and uses the library to keep plans in the same file. A step of a plan and the
// system's own row are committed together, or neither is.
//
//	go run ./examples/ownstore              in a temporary folder
//	go run ./examples/ownstore office.db    in a file; a second run does nothing and says so
//
// Everybody in it is invented.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	_ "time/tzdata" // so that Europe/London is known on a machine without time zones
)

// The exit codes.
const (
	done     = 0
	failed   = 1
	unusable = 2 // the arguments were wrong, and nothing was done
)

func main() { os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) }

// run does the work of main and returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) > 1 || len(args) == 1 && (args[0] == "" || args[0][0] == '-') {
		fmt.Fprintln(stderr, "usage: ownstore [FILE]")
		return unusable
	}
	err := onFile(ctx, args, stdout)
	if err != nil {
		fmt.Fprintln(stderr, err)
		return failed
	}
	return done
}

// onFile plays the story on the named file, or on a temporary file.
func onFile(ctx context.Context, args []string, w io.Writer) error {
	if len(args) == 1 {
		return play(ctx, args[0], w)
	}
	dir, err := os.MkdirTemp("", "ownstore")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	return play(ctx, filepath.Join(dir, "office.db"), w)
}
