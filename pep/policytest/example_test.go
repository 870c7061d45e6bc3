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
