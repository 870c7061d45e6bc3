// Command policycheck answers questions about the PEP process in JSON, so that a
// system that is not written in Go can use the rules. It also runs corpora of cases,
// compares policies, and prints the rules, a policy or the workflow.
//
//	policycheck run [-json] [FILE…]    run corpora of cases; without a file, the project's own
//	policycheck check [-ask GLOB] [-rule ID] [FILE…] -- COMMAND…  run corpora against another program, which must answer as policycheck ask does
//	policycheck corpus -o DIR          write the files of the project's own cases to a folder
//	policycheck ask                    read a question from each line of standard input, and write each answer to a line of standard output
//	policycheck ask -schema            print the JSON Schema of questions, answers and corpora
//	policycheck rules [-json]          print the catalogue: each rule's id, title, source, parameters with the policy's values, and tests
//	policycheck rules -html [-on DAY]  print the rule book: all this and more, on one page to read and print
//	policycheck policy [A]             print a whole policy as JSON; -schema and -overlay-schema print the JSON Schema of a policy and of an overlay
//	policycheck compare [-json] [-explanations] A B [FILE…]  print how many answers differ between two policies, where, and by which rule
//	policycheck diagram FORMAT         print the workflow as mermaid or dot
//	policycheck --version              print the versions of the module, the contract and the policy, and the last day of its bank holidays
//
// With -policy A, another policy governs run, ask and rules. ask accepts several
// policies; a question names the one that it means, such as "kent" or "kent@3". A
// policy is lancashire, lancashire-website, or a file that package policy can read. A
// file with "whole": true is a whole policy and must have every member. Any other file
// is an overlay on lancashire. A checked program answers under its own policy.
//
// The exit code is 0 if all is well. It is 1 if a case failed, an answer differs, a
// rule has no test, or a checked program passes no case. It is 2 if the input cannot be
// used. A checked program must answer {"invalid": "ask"} to a question that it does not
// implement. If the reader of ask's output goes away, ask exits silently with 2 or, on
// Unix, is ended by the signal SIGPIPE.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"virtualschool.example/pep"
)

// The exit codes.
const (
	passed   = 0
	failed   = 1
	unusable = 2
)

func main() {
	in, out, errs := standard()
	os.Exit(run(os.Args[1:], in, out, errs))
}

// streams holds what a command reads from and writes to, and its policy.
type streams struct {
	in       io.Reader
	out, err io.Writer
	policy   *pep.Policy // the policy that governs the command; for compare, the first policy
}

// commands is the command line.
type commands struct {
	Version versionFlag `help:"Print the versions of the program, the contract and the policy, and the last day of the bank holidays."`

	Run     runCommand     `cmd:"" help:"Run corpora of cases."`
	Check   checkCommand   `cmd:"" help:"Run corpora of cases against another program: policycheck check [FILE…] -- COMMAND…"`
	Corpus  corpusCommand  `cmd:"" help:"Write the files of the project's own cases to a folder."`
	Ask     askCommand     `cmd:"" help:"Answer questions: JSON Lines in, JSON Lines out, in order."`
	Rules   rulesCommand   `cmd:"" help:"Print the catalogue of rules and what pins each."`
	Policy  policyCommand  `cmd:"" help:"Print a policy as JSON."`
	Compare compareCommand `cmd:"" help:"Print which answers differ between two policies, and because of which rule."`
	Diagram diagramCommand `cmd:"" help:"Print the workflow as a diagram."`
}

// command is a command of policycheck. The method do returns the exit code.
type command interface{ do(s *streams) int }

// governed holds the option that names the policy, for a command that one policy governs.
type governed struct {
	Policy string `default:"lancashire" placeholder:"A" help:"The policy to apply: lancashire, lancashire-website, or a file. Unless the file says that it is whole, it is an overlay on lancashire."`
}

func (g *governed) governedBy() (*pep.Policy, error) { return read(g.Policy) }

// run runs the program with the given arguments and streams, and returns the exit code.
func run(args []string, in io.Reader, out, errs io.Writer) int {
	out, errs = &plain{to: out}, &plain{to: errs}
	var line commands
	left := -1 // the exit code if the parser itself ends the program, as for help
	parser, err := kong.New(&line, kong.Name("policycheck"), kong.Writers(out, errs),
		kong.Description("Answers questions about the rules of the PEP process, in JSON."),
		kong.Exit(func(code int) { left = code }))
	if err != nil {
		return refuse(errs, err)
	}
	if n := slices.Index(args, "--"); n > 0 && args[0] == "check" {
		args, line.Check.Command = args[:n], args[n+1:]
	}
	parsed, err := parser.Parse(double(args))
	switch {
	case left >= 0:
		return left
	case err != nil:
		return refuse(errs, err)
	}
	chosen, ok := parsed.Selected().Target.Addr().Interface().(command)
	if !ok {
		return refuse(errs, fmt.Errorf("no such command"))
	}
	s := &streams{in: in, out: out, err: errs}
	if c, ok := chosen.(interface{ governedBy() (*pep.Policy, error) }); ok {
		if s.policy, err = c.governedBy(); err != nil {
			return refuse(errs, err)
		}
	}
	return chosen.do(s)
}

// refuse prints why the program cannot go on, unless that is because nobody is reading
// its output. It returns the exit code.
func refuse(errs io.Writer, err error) int {
	if !errors.Is(err, syscall.EPIPE) {
		fmt.Fprintln(errs, "policycheck:", err)
	}
	return unusable
}

// double gives options such as -json a second dash, so that one dash works too.
func double(args []string) []string {
	doubled := make([]string, 0, len(args))
	for _, a := range args {
		name, _, _ := strings.Cut(a, "=")
		if len(name) > 2 && name[0] == '-' && name[1] != '-' && !strings.ContainsAny(name, "/.") {
			a = "-" + a
		}
		doubled = append(doubled, a)
	}
	return doubled
}
