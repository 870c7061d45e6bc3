package policy

import (
	_ "embed"

	"virtualschool.example/pep"
)

//go:embed website.json
var website []byte

// Website returns Lancashire's policy as the council's website states it. The
// website differs from the process book and the guide, which take precedence, in
// four points: every child needs a plan from the age of 2; a child needs one only
// until they turn 18; the form must be returned within 10 working days; and each
// child has a plan graded at least once every 12 months. The changes are the
// overlay website.json, which shows how much a second policy needs.
func Website() (*pep.Policy, error) { return Overlay(pep.Lancashire(), website) }
