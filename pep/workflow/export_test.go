package workflow

import "virtualschool.example/pep"

// Digest returns the digest that the store keeps with the command's key.
func (c Command) Digest() (pep.Digest, bool) { return c.digest() }
