// Command missingplans invents a cohort of children, takes their plans through three terms
// in an SQLite file, and reports on those terms: which children need a plan, which have
// one, which lack one, and the measures. It also makes a payment run, twice.
//
//	go run ./examples/missingplans
//	go run ./examples/missingplans -children 100000 -out report
//
// It writes report.html and the same tables as CSV files, and prints how long each part
// took. A later run with the same SQLite file reports on the cohort in that file. Every
// child is invented.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
	_ "time/tzdata" // so that Europe/London is known on a machine without time zones

	"virtualschool.example/examples/internal/example"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// options holds the flags, which may have one dash or two.
type options struct {
	Children int    `default:"2000" help:"How many children the cohort has (default: 2000)."`
	Seed     uint64 `default:"1" help:"The seed of the cohort: the same seed gives the same cohort (default: 1)."`
	Out      string `default:"missingplans-out" placeholder:"DIR" help:"The folder that the report is written to (default: missingplans-out)."`
	DB       string `name:"db" placeholder:"FILE" help:"The SQLite file (default: missingplans.db in the folder)."`
}

// The three terms, and the report's as-at day, which is after the last term.
var terms = []term.Term{term.MustParse("AUTUMN 2025"), term.MustParse("SPRING 2026"), term.MustParse("SUMMER 2026")}

const asAt = "2026-09-30"

// The exit codes.
const (
	done     = 0
	failed   = 1
	unusable = 2 // the flags were wrong, and nothing was done
)

func main() { os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) }

// run does the work of main and returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var o options
	err := o.parse(args, stdout)
	if errors.Is(err, example.ErrHelp) {
		return done
	}
	if err != nil {
		fmt.Fprintln(stderr, err)
		return unusable
	}
	if err := o.report(ctx, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, err)
		return failed
	}
	return done
}

// parse reads the flags.
func (o *options) parse(args []string, stdout io.Writer) error {
	err := example.Parse(o, "missingplans", "Reports on an invented cohort whose plans went through three terms.", args, stdout)
	switch {
	case err != nil:
		return err
	case o.Children < 1 || o.Children > 1_000_000:
		return errors.New("--children must be a number from 1 to 1000000")
	}
	if o.DB == "" {
		o.DB = filepath.Join(o.Out, "missingplans.db")
	}
	return nil
}

// report fills the SQLite file if it is empty, and writes the report.
func (o *options) report(ctx context.Context, stdout, stderr io.Writer) error {
	if err := os.MkdirAll(o.Out, 0o700); err != nil {
		return err
	}
	h, err := open(ctx, o.DB, civil.MustParse(asAt))
	if err != nil {
		return err
	}
	defer h.Close()
	w := &watch{w: stdout}
	if h.empty {
		if err := w.time("inventing the children and their plans", func() error { return h.fill(ctx, o, stderr) }); err != nil {
			return err
		}
	}
	return h.write(ctx, o.Out, w)
}

// watch prints how long each part took.
type watch struct{ w io.Writer }

func (w *watch) time(part string, do func() error) error {
	began := time.Now()
	err := do()
	if err == nil {
		fmt.Fprintf(w.w, "%-42s %8.1f s\n", part, time.Since(began).Seconds())
	}
	return err
}
