// Package example holds code that several example programs share: Parse reads their flags,
// and WriteFile writes their files.
package example

import (
	"bufio"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"
)

// Parse returns ErrHelp after it has printed the help that the flags asked for.
var ErrHelp = errors.New("help")

// Parse reads the flags of a program, with one dash or two, into the struct that options
// points to. If a flag asks for help, Parse prints it to stdout and returns ErrHelp. It
// returns kong's error for invalid flags.
func Parse(options any, name, description string, args []string, stdout io.Writer) error {
	helped := false
	parser, err := kong.New(options, kong.Name(name), kong.Description(description), kong.Writers(stdout, stdout), kong.Exit(func(int) { helped = true }))
	if err != nil {
		return err
	}
	_, err = parser.Parse(twoDashes(args))
	if helped {
		return ErrHelp
	}
	return err
}

// twoDashes gives each flag the two dashes that kong needs, because Go programs also accept
// a single dash.
func twoDashes(args []string) []string {
	long := make([]string, len(args))
	for i, a := range args {
		if long[i] = a; strings.HasPrefix(a, "-") && !strings.HasPrefix(a, "--") && len(a) > 2 {
			long[i] = "-" + a
		}
	}
	return long
}

// WriteFile writes a file that only its owner can read. It returns any error from write or
// from the file system.
func WriteFile(name string, write func(io.Writer) error) (err error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	return errors.Join(write(w), w.Flush())
}
