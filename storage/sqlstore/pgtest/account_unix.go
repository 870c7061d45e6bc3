//go:build unix

package pgtest

import (
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// account is the user that a server runs as; nil for who runs the test.
type account struct{ uid, gid uint32 }

// servant returns who runs a server: PostgreSQL refuses root, so there it is
// postgres or nobody.
func servant() (*account, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		if found, err := user.Lookup(name); err == nil {
			return named(found)
		}
	}
	return nil, fault("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody")
}

func named(u *user.User) (*account, error) {
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	return &account{uint32(uid), uint32(gid)}, err
}

// process says that a process is of the account, and of a session of its own:
// what the terminal sends to the test does not reach it.
func (a *account) process() *syscall.SysProcAttr {
	own := &syscall.SysProcAttr{Setsid: true}
	if a != nil {
		own.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid}
	}
	return own
}

// take makes a folder the account's.
func (a *account) take(folder string) error {
	if a == nil {
		return nil
	}
	return os.Chown(folder, int(a.uid), int(a.gid))
}
