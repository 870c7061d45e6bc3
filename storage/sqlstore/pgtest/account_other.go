//go:build !unix

package pgtest

import "syscall"

// account is the user that a server runs as. This system has no such user.
type account struct{}

// servant returns errAbsent, because this package can start a cluster only on
// Unix.
func servant() (*account, error) { return nil, errAbsent }

func (*account) process() *syscall.SysProcAttr { return nil }

func (*account) take(string) error { return nil }
