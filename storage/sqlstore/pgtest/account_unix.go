//go:build unix

package pgtest

import (
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// account is the user that a server runs as. A nil account means the user who runs
// the test.
type account struct{ uid, gid uint32 }

// servant returns the account for a server. PostgreSQL refuses to run as root; if
// root runs the test, the account is postgres or nobody.
func servant() (*account, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		if found, err := user.Lookup(name); err == nil {
			return named(found)
		}
	}
	return nil, fault("PostgreSQL refuses to run as root, and this machine has neither a user \"postgres\" nor a user \"nobody\"")
}

func named(u *user.User) (*account, error) {
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	return &account{uint32(uid), uint32(gid)}, err
}

// process makes a process run as the account, in its own session, so that signals
// from the terminal do not reach it.
func (a *account) process() *syscall.SysProcAttr {
	own := &syscall.SysProcAttr{Setsid: true}
	if a != nil {
		own.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid}
	}
	return own
}

// take makes the account the owner of a folder.
func (a *account) take(folder string) error {
	if a == nil {
		return nil
	}
	return os.Chown(folder, int(a.uid), int(a.gid))
}
