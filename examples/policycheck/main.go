// Command policycheck asks the rules of the PEP process questions, from the
// command line and in JSON, so that a system that is not written in Go can use
// them and a team can check what they say.
//
//	policycheck run [-json] [FILE…]  run corpora of cases; without a file the project's own
//	policycheck check [-ask GLOB] [-rule ID] [FILE…] -- COMMAND…  run them against another program, which answers as policycheck ask does
//	policycheck corpus -o DIR        write the files of the project's own cases to a folder
//	policycheck ask                  JSON Lines on standard input, one answer a line on standard output
//	policycheck ask -schema          the JSON Schema of questions, answers and corpora
//	policycheck rules [-json]        the catalogue: id, title, source, parameters with the policy's values, and what pins each rule
//	policycheck rules -html [-on DAY]  the rule book: the same and more, on one page to read and print
//	policycheck policy [A]           the whole of a policy as JSON: -schema what one may be, -overlay-schema what an overlay may
//	policycheck compare [-json] [-explanations] A B [FILE…]  how many answers differ between two policies, where, and by which rule
//	policycheck diagram FORMAT       the workflow, as mermaid or dot
//	policycheck --version            what this program is: the module, the contract, the policy and how far its bank holidays go
//
// With -policy A another policy governs run, ask and rules. ask takes several: a
// question names the one that it means, as "kent" or "kent@3". A policy is
// lancashire, lancashire-website, or a file as package policy reads it: one that
// says "whole": true is a whole policy, from which no member may be missing;
// another is an overlay on the first. A program that is checked answers by its own.
//
// It exits with 0 where all is well, 1 where a case failed, an answer differs,
// nothing pins a rule or a program that is checked passes no case, and 2 where the
// input cannot be used. A program that is checked answers {"invalid": "ask"} to a
// question that it does not implement. When nobody reads its output any more, ask
// says nothing and exits with 2; on Unix the signal SIGPIPE ends it instead.
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

// streams is what a command reads, writes and is governed by.
type streams struct {
	in       io.Reader
	out, err io.Writer
	policy   *pep.Policy // that governs the command, or that it compares others with
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
	Compare compareCommand `cmd:"" help:"Print whose answers differ between two policies, and by which rule."`
	Diagram diagramCommand `cmd:"" help:"Print the workflow as a diagram."`
}

// command is one command of the line; it returns the exit code.
type command interface{ do(s *streams) int }

// governed is what a command that is governed by one policy takes.
type governed struct {
	Policy string `default:"lancashire" placeholder:"A" help:"The policy that governs: lancashire, lancashire-website, or a file with a policy, which is an overlay on the first unless it says that it is whole."`
}

func (g *governed) governedBy() (*pep.Policy, error) { return read(g.Policy) }

// run is the whole program, apart from the process.
func run(args []string, in io.Reader, out, errs io.Writer) int {
	out, errs = &plain{to: out}, &plain{to: errs}
	var line commands
	left := -1 // the code with which the parser itself ended the program, as for help
	parser, err := kong.New(&line, kong.Name("policycheck"), kong.Writers(out, errs),
		kong.Description("The rules of the PEP process, asked in JSON."),
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

// refuse says why nothing more can be done, unless it is that nobody reads what
// the program writes.
func refuse(errs io.Writer, err error) int {
	if !errors.Is(err, syscall.EPIPE) {
		fmt.Fprintln(errs, "policycheck:", err)
	}
	return unusable
}

// double writes options such as -json with two dashes, so that both work.
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
