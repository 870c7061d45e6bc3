// Package peptest has what a host's tests need: an invented child with a school and
// a teacher, the people who act, a clock that the test moves, and a plan at any
// stage. Everybody and everything in the package is invented.
//
//	world := peptest.New(t)
//	plan := world.At(1, pep.Checking)
//	view, err := world.Look(ctx, peptest.Actor(pep.BusinessSupport), plan.ID())
//
// New returns a World: a service over a store in memory, for tests that need no
// store or service of their own. A host that tests its own store or its own service
// calls Put to enter Child, School and Teacher in its register, and Bring to bring a
// plan to a stage. A Cohort invents as many children as a test of reports needs,
// with the histories of their plans.
//
// The package returns no errors. If something goes wrong, it calls the test's
// Fatalf.
package peptest
