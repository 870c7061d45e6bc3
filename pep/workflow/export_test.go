package workflow

import "virtualschool.example/pep"

// Digest is what a command's key is entered with.
func (c Command) Digest() (pep.Digest, bool) { return c.digest() }
