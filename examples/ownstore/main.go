// Command ownstore is a small case system that was there before the plans: it
// has its own tables of children and of tasks in an SQLite file, begins its own
// transactions, and has the library keep plans beside them. A step of a plan and
// the system's own row are committed together, or neither is.
//
//	go run ./examples/ownstore              in a temporary folder
//	go run ./examples/ownstore office.db    in a file; a second time it says so
//
// Nobody in it exists.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	_ "time/tzdata" // a machine without time zones has Europe/London too
)

// How the program ends.
const (
	done     = 0
	failed   = 1
	unusable = 2 // the arguments; nothing was done
)

func main() { os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) }

// run is main, with all that it needs of the world.
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

// onFile plays the story on the file that is named, or on one that is removed
// when it is over.
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
