package main

import (
	"fmt"
	"io"
	"syscall"
	"time"
)

// standard returns the standard streams of the module. Go's runtime sets them to
// non-blocking, and Node then reports an error if there is no input yet. standard sets
// them back to blocking.
func standard() (in io.Reader, out, errs io.Writer) {
	const stdin, stdout, stderr = stream(0), stream(1), stream(2)
	for _, s := range []stream{stdin, stdout, stderr} {
		_ = syscall.SetNonblock(int(s), false) // if the host cannot block, retry asks again
	}
	return stdin, stdout, stderr
}

// stream is the number of a standard stream. Unlike an *os.File, a stream waits even if the
// host does not. If nobody reads the output, a stream returns an error, whereas an *os.File
// in a module would end the program with a stack trace.
type stream int

// Read waits until there is input, and reads what there is.
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

// The shortest and the longest pause before retry asks a non-blocking host again.
const (
	shortest = 50 * time.Microsecond
	longest  = 10 * time.Millisecond
)

// retry repeats a call to the host until the host no longer asks for the call to be
// repeated.
func retry(call func() (int, error)) (int, error) {
	for pause := shortest; ; pause = min(2*pause, longest) {
		n, err := call()
		if err != syscall.EAGAIN && err != syscall.EINTR {
			return n, err
		}
		time.Sleep(pause)
	}
}
