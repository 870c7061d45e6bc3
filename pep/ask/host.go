package ask

import (
	"errors"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/record"
)

// ParseAction reads an action from JSON for a host. The first argument is the verb in its
// text form. The second holds the action's members, as in the table of actions in
// README.md; if it is empty, the action has no members.
//
// In addition, a start takes the member "child", and delegate, redelegate and
// change_contributor take the member "to", a contributor; both are UUIDs. The member
// "fill" is refused here, because it is only for runs: a section must hold only what a
// person wrote. To clear a section, "clear": true is enough.
//
// A missing member is read as the zero value. If the plan or the service needs the
// member, it refuses the zero value. Only the size of a file is required, because zero is
// a valid size. ParseAction returns a *rule.Invalid for each fault. The fault names the
// member without a path, "do" if the verb is unknown, or "with" if the second argument is
// not a JSON object.
func ParseAction(verb string, with []byte) (pep.Action, error) {
	v, err := parseAction(verb)
	if err != nil {
		return nil, err
	}
	if len(with) == 0 {
		with = []byte("{}")
	}
	in := strict.Read(with, "with", MaxLine)
	read := actions[v](in)
	var named uuid.UUID
	switch v {
	case pep.VerbStartInitial, pep.VerbStartSubsequent:
		named = readID(in.May("child"))
	case pep.VerbDelegate, pep.VerbRedelegate, pep.VerbChangeContributor:
		named = readID(in.May("to"))
	case pep.VerbAnswer, pep.VerbSaveContribution:
		if fill := in.May("fill"); fill.Given() {
			fill.Fault("left out, because fill is only for runs; give answers instead")
		}
	case pep.VerbAttach:
		in.Need("size").Missing("a number of bytes")
	}
	if err := in.Err(); err != nil {
		return nil, err
	}
	return about(read.on(nil), named), nil
}

// about returns the action with its child or contributor set to id. An action that
// concerns neither is returned unchanged.
func about(a pep.Action, id uuid.UUID) pep.Action {
	switch a := a.(type) {
	case pep.StartInitial:
		a.Child = record.ChildID{UUID: id}
		return a
	case pep.StartSubsequent:
		a.Child = record.ChildID{UUID: id}
		return a
	case pep.Delegate:
		a.To = record.ContributorID{UUID: id}
		return a
	case pep.Redelegate:
		a.To = record.ContributorID{UUID: id}
		return a
	case pep.ChangeContributor:
		a.To = record.ContributorID{UUID: id}
		return a
	}
	return a
}

// idPattern is the usual form of a UUID.
const idPattern = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"

var errID = errors.New("not a UUID in its usual form")

// readID reads a UUID in its usual form. It returns the zero UUID if there is none.
func readID(v strict.Value) uuid.UUID {
	return strict.Parsed(v.Matching(idPattern), "a UUID such as 01234567-89ab-cdef-0123-456789abcdef", func(s string) (uuid.UUID, error) {
		if len(s) != len("01234567-89ab-cdef-0123-456789abcdef") {
			return uuid.UUID{}, errID
		}
		id, err := uuid.Parse(s)
		if id == (uuid.UUID{}) {
			return id, errID
		}
		return id, err
	})
}
