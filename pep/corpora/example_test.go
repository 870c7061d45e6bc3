package corpora_test

import (
	"fmt"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/corpora"
)

func ExampleAll() {
	all, err := corpora.All()
	if err != nil {
		fmt.Println(err)
		return
	}
	failed := 0
	for result := range ask.Run(ask.By(pep.Lancashire()), all...) {
		if !result.Passed() {
			failed++
		}
	}
	fmt.Println(failed, "failed")
	// Output: 0 failed
}
