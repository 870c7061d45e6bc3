package policytest_test

import (
	"testing"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/corpora"
	"virtualschool.example/pep/policytest"
)

func ExampleRun() {
	_ = func(t *testing.T) { // in your own project, this is TestPolicy
		all, err := corpora.All()
		if err != nil {
			t.Fatal(err)
		}
		policytest.Run(t, ask.By(pep.Lancashire()), all...)
	}
	// Output:
}

func ExampleProgram() {
	_ = func(t *testing.T) { // this is TestTheirRules, for a system that is not written in Go
		all, err := corpora.All()
		if err != nil {
			t.Fatal(err)
		}
		theirs := policytest.Program{Command: []string{"java", "-jar", "rules.jar"}}.Start(t)
		policytest.Suite{Minimum: 1}.Run(t, theirs, all...)
	}
	// Output:
}
