package main

import (
	"fmt"
	"io"
	"syscall"
	"time"
)

// standard returns the standard streams of the module. Go's runtime has asked
// the host not to wait on them, and Node then reports that it has no input yet
// as an error; standard asks the host to wait again.
func standard() (in io.Reader, out, errs io.Writer) {
	const stdin, stdout, stderr = stream(0), stream(1), stream(2)
	for _, s := range []stream{stdin, stdout, stderr} {
		_ = syscall.SetNonblock(int(s), false) // a host that cannot wait is asked again and again
	}
	return stdin, stdout, stderr
}

// stream is a standard stream by its number. Unlike an *os.File it waits where
// the host does not, and a write that nobody reads returns an error: in a module
// an *os.File ends the program with a trace of the runtime.
type stream int

// Read reads what there is, and waits until there is something.
func (s stream) Read(b []byte) (int, error) {
	n, err := retry(func() (int, error) { return syscall.Read(int(s), b) })
	switch {
	case err != nil:
		return n, fmt.Errorf("standard input cannot be read: %w", err)
	case n == 0 && len(b) > 0:
		return 0, io.EOF
	}
	return n, nil
}

// Write writes all of b.
func (s stream) Write(b []byte) (wrote int, err error) {
	for wrote < len(b) && err == nil {
		var n int
		n, err = retry(func() (int, error) { return syscall.Write(int(s), b[wrote:]) })
		wrote += max(0, n)
	}
	return wrote, err
}

// The shortest and the longest pause before a host that does not wait is asked
// again.
const (
	shortest = 50 * time.Microsecond
	longest  = 10 * time.Millisecond
)

// retry calls the host until it has an answer other than that it must be asked
// again.
func retry(call func() (int, error)) (int, error) {
	for pause := shortest; ; pause = min(2*pause, longest) {
		n, err := call()
		if err != syscall.EAGAIN && err != syscall.EINTR {
			return n, err
		}
		time.Sleep(pause)
	}
}
