// Command termcycle plays one term of Personal Education Plans on a SQLite file. Plans
// are started, filled in, delegated, returned, graded, finalised and carried forward.
// Whenever somebody tries something that is not allowed, the program names the rule.
//
//	go run ./examples/termcycle                        the whole term
//	go run ./examples/termcycle -as-of 2026-02-13      the term up to a day
//	go run ./examples/termcycle -children my.csv -db my.db
//	go run ./examples/termcycle -out folder            also writes a report, e-mails and a plan
//
// A later run on the same file continues where the earlier one stopped, and repeats
// nothing. The children that the program ships with are invented.
package main

import (
	"context"
	"os"

	"virtualschool.example/examples/termcycle/story"
)

func main() { os.Exit(story.Run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) }
