//go:build !wasip1

package main

import (
	"io"
	"os"
)

// standard returns the standard streams of the process.
func standard() (in io.Reader, out, errs io.Writer) { return os.Stdin, os.Stdout, os.Stderr }
