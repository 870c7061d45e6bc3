package policy

import (
	_ "embed"

	"virtualschool.example/pep"
)

//go:embed website.json
var website []byte

// Website returns the policy as the council's website describes it where it
// differs from the process book and the guide, which take precedence: a plan
// for every child from the age of 2, until the birthday, 10 working days to
// return it, and each child graded within 12 months. It is an overlay,
// website.json, on Lancashire's policy, and shows how much a second policy
// needs.
func Website() (*pep.Policy, error) { return Overlay(pep.Lancashire(), website) }
