package delegation

import "virtualschool.example/pep/rule"

// Move takes a section from one State to the next. The zero Move does nothing.
type Move uint8

// The moves.
const (
	Delegate   Move = 1 + iota // hands a section to the contributor
	Save                       // keeps what the contributor wrote, and marks the section with a star
	Submit                     // returns every outstanding section, locked (DELEG-8)
	Retract                    // takes a section back and loses what was written (DELEG-6)
	Activate                   // unlocks a returned section (DELEG-5)
	Redelegate                 // hands an activated section back and keeps its content (DELEG-7)
	Reassign                   // passes the form on, locked
	Revise                     // opens a finalised form once more (AMEND-1)
	moves                      // one past the last
)

var moveNames = [...]string{"", "delegate", "save", "submit", "retract", "activate", "redelegate", "reassign", "revise"}

// String returns the text form of m, or "" for the zero Move.
func (m Move) String() string { return *rule.Row(moveNames[:], m) }

// next is the only table of section states. Each entry gives the state before,
// the move and the state after. Any move that it does not list is refused.
var next = [states][moves]State{
	Editable:  {Delegate: Delegated, Reassign: Locked},
	Delegated: {Save: Saved, Submit: Locked, Retract: Editable},
	Saved:     {Save: Saved, Submit: Locked, Retract: Editable},
	Locked:    {Activate: Activated, Reassign: Locked, Revise: Activated},
	Activated: {Redelegate: Delegated, Reassign: Locked},
}
