package main

import (
	"encoding/json"

	"virtualschool.example/pep/policy"
)

type policyCommand struct{}

func (*policyCommand) do(s *streams) int {
	printJSON(s.out, json.RawMessage(policy.Render(s.policy)))
	return passed
}
