package sqlstore

import (
	"fmt"
	"io"

	"virtualschool.example/pep/rule"
)

// allowed says which protections a host has switched off.
type allowed struct{ losing, keeping bool }

// print writes a line about each protection that is switched off.
func (a allowed) print(w io.Writer) error {
	for _, l := range [...]struct {
		set  bool
		says string
	}{
		{a.losing, "AllowLosingCommitted is set: a power cut, a crash or the loss of a server may lose what was committed"},
		{a.keeping, "AllowKeepingCleared is set: what was cleared or destroyed may stay in SQLite's files"},
	} {
		if !l.set {
			continue
		}
		if _, err := fmt.Fprintln(w, "sqlstore: "+l.says); err != nil {
			return &rule.Invalid{Member: "warn", Want: "a writer that does not fail"}
		}
	}
	return nil
}
