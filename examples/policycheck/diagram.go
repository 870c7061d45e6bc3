package main

import "virtualschool.example/pep/notation"

type diagramCommand struct {
	Format string `arg:"" optional:"" enum:"mermaid,dot" default:"mermaid" help:"mermaid or dot."`
}

func (c *diagramCommand) do(s *streams) int {
	draw := notation.Mermaid
	if c.Format == "dot" {
		draw = notation.DOT
	}
	if err := draw(s.out); err != nil {
		return refuse(s.err, err)
	}
	return passed
}
