package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"virtualschool.example/pep/corpora"
)

type corpusCommand struct {
	Out string `short:"o" required:"" placeholder:"DIR" help:"The folder to write to. It is created if it does not exist."`
}

// do writes the files of the project's own cases. It never overwrites a file.
func (c *corpusCommand) do(s *streams) int {
	cases, err := fs.Sub(corpora.Files(), "cases")
	if err != nil {
		return refuse(s.err, err)
	}
	switch err := os.CopyFS(c.Out, cases); {
	case errors.Is(err, fs.ErrExist):
		return refuse(s.err, fmt.Errorf("%w: no file is overwritten; name another folder, or remove the file first", err))
	case err != nil:
		return refuse(s.err, err)
	}
	return passed
}
