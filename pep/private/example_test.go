package private_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"virtualschool.example/pep/private"
	"virtualschool.example/term/civil"
)

// If a private value is printed by accident, a placeholder appears. Reveal reads it
// on purpose.
func Example() {
	name := private.NewText("Ada Lovelace")
	fmt.Printf("%v %s %#v\n", name, name, struct{ Name private.Text }{name})
	fmt.Println(name.Reveal(private.Showing))
	// Output:
	// [private] [private] struct { Name private.Text }{Name:[private]}
	// Ada Lovelace
}

// Marshalling returns an error, so that the placeholder never replaces what is stored.
func ExampleText_MarshalJSON() {
	_, err := json.Marshal(private.NewText("Ada Lovelace"))
	fmt.Println(errors.Is(err, private.ErrPrivate))
	// Output: true
}

func ExampleDate() {
	born := private.NewDate(civil.MustParse("2015-12-10"))
	fmt.Println(born, born.Reveal(private.Deciding).AgeOn(civil.MustParse("2026-01-01"), civil.March1))
	// Output: [private] 10
}
