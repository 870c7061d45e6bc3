package main

import (
	"fmt"
	"io"
	"runtime/debug"

	"github.com/alecthomas/kong"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/term/civil"
)

// versionFlag is the flag that prints the version and ends the program.
type versionFlag bool

// BeforeReset is called if the flag is on the command line.
func (versionFlag) BeforeReset(app *kong.Kong) error {
	printVersion(app.Stdout, pep.Lancashire())
	app.Exit(passed)
	return nil
}

// printVersion prints the version of the Go module, the contract and a policy.
func printVersion(out io.Writer, p *pep.Policy) {
	module := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		module = info.Main.Version
	}
	holidays := p.Delegation(civil.Date{}).Workdays // a policy has a single list of bank holidays
	fmt.Fprintf(out, "policycheck %s\ncontract %d\npolicy %s@%d, with bank holidays up to %v\n",
		module, ask.Contract, p.Name(), p.Revision(), holidays.To())
}
