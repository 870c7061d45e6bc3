package policy

import (
	_ "embed"

	"virtualschool.example/pep"
)

//go:embed website.json
var website []byte

// Website returns the policy as the council's website has it where it differs
// from the process book and the guide, which decide: every child from 2, until
// the birthday, 10 working days, and each child graded within 12 months. It is
// an overlay on Lancashire's, website.json, and shows what a second policy
// takes.
func Website() (*pep.Policy, error) { return Overlay(pep.Lancashire(), website) }
