// Command termcycle plays one term of Personal Education Plans on a SQLite
// file: plans are started, filled, delegated, returned, graded, finalised and
// carried forward, and who is not allowed to do what is told with the rule.
//
//	go run ./examples/termcycle                        the whole term
//	go run ./examples/termcycle -as-of 2026-02-13      up to a day
//	go run ./examples/termcycle -children my.csv -db my.db
//	go run ./examples/termcycle -out folder            and what goes out: a report, e-mails, a plan
//
// A later run on the same file goes on where the earlier one stopped; what was
// done is not done again. Nobody in the children it ships with exists.
package main

import (
	"context"
	"os"

	"virtualschool.example/examples/termcycle/story"
)

func main() { os.Exit(story.Run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) }
