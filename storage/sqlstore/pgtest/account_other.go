//go:build !unix

package pgtest

import "syscall"

// account is the user that a server runs as: there is none on this system.
type account struct{}

// servant refuses: a cluster of our own needs Unix.
func servant() (*account, error) { return nil, errAbsent }

func (*account) process() *syscall.SysProcAttr { return nil }

func (*account) take(string) error { return nil }
