package privatetest_test

import (
	"testing"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/private/privatetest"
)

type Pupil struct {
	Name private.Text
	Born private.Date
}

// This is a test of a package whose types hold personal data.
func ExampleSweep() {
	_ = func(t *testing.T) { // func TestNothingShowsAPupil(t *testing.T)
		privatetest.Sweep(t, Pupil{}, &Pupil{}, []Pupil{{}})
	}
}
