package policytest_test

import (
	"testing"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/policytest"
)

func ExampleRun() {
	_ = func(t *testing.T) { // TestPolicy of a project of yours
		corpora, err := ask.Corpora()
		if err != nil {
			t.Fatal(err)
		}
		policytest.Run(t, ask.By(pep.Lancashire()), corpora...)
	}
	// Output:
}

func ExampleChild() {
	_ = func(t *testing.T) { // TestTheirRules of a system that is not written in Go
		corpora, err := ask.Corpora()
		if err != nil {
			t.Fatal(err)
		}
		theirs := policytest.Child{Command: []string{"java", "-jar", "rules.jar"}}.Start(t)
		policytest.Suite{Minimum: 1}.Run(t, theirs, corpora...)
	}
	// Output:
}
