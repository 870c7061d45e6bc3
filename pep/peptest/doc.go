// Package peptest has what the tests of a host need: an invented child with a
// school and a teacher, the people who act, a clock that the test moves, and a
// plan at whichever stage.
//
// New returns a World: a service over a store in memory, for tests that need
// nothing of their own. A host that tests its own store or its own service puts
// Child, School and Teacher into its register and calls Bring to bring a plan to a
// stage. A Cohort invents as many children as a test of reports needs, with what became of
// their plans. Nobody and nothing in the package exists.
package peptest
