package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
)

type askCommand struct {
	Policies []string `name:"policy" sep:"none" default:"lancashire" placeholder:"A" help:"A policy to apply, named as for run. If the option is repeated, a question names the policy that it means; otherwise the first one applies."`
	Schema   bool     `name:"schema" help:"Print the JSON Schema of questions, answers and corpora instead."`
}

func (c *askCommand) policies() (ask.Policies, error) {
	var all []*pep.Policy
	var faults error
	for _, name := range c.Policies {
		p, err := read(name)
		all, faults = append(all, p), errors.Join(faults, err)
	}
	if faults != nil {
		return ask.Policies{}, faults
	}
	return ask.NewPolicies(all[0], all[1:]...)
}

// do answers each line with a line. It flushes its answers whenever the next question
// has not fully arrived, so that another program can converse with it. A line that is
// too long gets an answer too; the rest of the line is skipped.
func (c *askCommand) do(s *streams) int {
	if c.Schema {
		if _, err := s.out.Write(ask.Schema()); err != nil {
			return refuse(s.err, err)
		}
		return passed
	}
	by, err := c.policies()
	if err != nil {
		return refuse(s.err, err)
	}
	in, out := bufio.NewReaderSize(s.in, ask.MaxLine+len("\r\n")), bufio.NewWriter(s.out)
	for {
		line, err := in.ReadSlice('\n')
		if len(line) > 0 {
			if err != bufio.ErrBufferFull {
				line = bytes.TrimSpace(line)
			}
			answer, _ := by.Ask(line) // never returns an error
			out.Write(answer)
			out.WriteByte('\n')
		}
		for err == bufio.ErrBufferFull {
			_, err = in.ReadSlice('\n')
		}
		if next, _ := in.Peek(in.Buffered()); err != nil || bytes.IndexByte(next, '\n') < 0 {
			if fault := out.Flush(); fault != nil {
				return refuse(s.err, fault)
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return passed
		case err != nil:
			return refuse(s.err, err)
		}
	}
}
