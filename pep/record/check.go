package record

import (
	"errors"

	"virtualschool.example/pep/rule"
)

// member describes one member of a record: whether it is wrong, its name, and
// what it must be.
type member struct {
	wrong      bool
	name, want string
}

// check returns a *rule.Invalid for each member that is wrong, joined by
// errors.Join.
func check(members ...member) error {
	var errs []error
	for _, m := range members {
		if m.wrong {
			errs = append(errs, &rule.Invalid{Member: m.name, Want: m.want})
		}
	}
	return errors.Join(errs...)
}
