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

// versionFlag prints what this program is and ends it.
type versionFlag bool

// BeforeReset is called where the flag stands on the command line.
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
	holidays := p.Delegation(civil.Date{}).Workdays // which hold throughout
	fmt.Fprintf(out, "policycheck %s\ncontract %d\npolicy %s@%d, with bank holidays up to %v\n",
		module, ask.Contract, p.Name(), p.Revision(), holidays.To())
}
