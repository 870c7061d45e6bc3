package delegation

import "virtualschool.example/pep/rule"

// Act is what moves a section from one State to the next. The zero Act is none.
type Act uint8

// The acts.
const (
	Delegate   Act = 1 + iota // hands a section to the contributor
	Save                      // keeps what the contributor wrote, and sets the star
	Submit                    // returns what is outstanding, locked (DELEG-8)
	Retract                   // takes it back and loses what was written (DELEG-6)
	Activate                  // unlocks a returned section (DELEG-5)
	Redelegate                // hands an activated section back, content kept (DELEG-7)
	Reassign                  // passes the form on, locked
	Revise                    // opens a finalised form once more (AMEND-1)
	acts                      // one past the last
)

var actNames = [...]string{"", "delegate", "save", "submit", "retract", "activate", "redelegate", "reassign", "revise"}

// ParseAct returns the act whose text form is s, such as "retract".
func ParseAct(s string) (Act, error) {
	return rule.Named[Act](actNames[:], s, "act", "delegate, save, submit, retract, activate, redelegate, reassign or revise")
}

// String returns the text form of a, or "" for none.
func (a Act) String() string { return rule.Name(actNames[:], a) }

// MarshalText returns the text form of a.
func (a Act) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads the text form of an act. It refuses what ParseAct refuses.
func (a *Act) UnmarshalText(text []byte) (err error) {
	*a, err = ParseAct(string(text))
	return err
}

// Clears reports whether the act loses what was written into the section,
// which retracting does and no other act (DELEG-6).
func (a Act) Clears() bool { return a == Retract }

// next is the one table of what may follow: a state, an act, the next state.
var next = [states][acts]State{
	Editable:  {Delegate: Delegated, Reassign: Locked},
	Delegated: {Save: Saved, Submit: Locked, Retract: Editable},
	Saved:     {Save: Saved, Submit: Locked, Retract: Editable},
	Locked:    {Activate: Activated, Reassign: Locked, Revise: Activated},
	Activated: {Redelegate: Delegated, Reassign: Locked},
}

// Transition is one row of the table of section states.
type Transition struct {
	From State
	Act  Act
	To   State
}

// Transitions returns every row of the table, by state and then by act; what
// is not among them is not done. The slice is the caller's.
func Transitions() []Transition {
	var rows []Transition
	for from := range next {
		for act, to := range next[from] {
			if to != 0 {
				rows = append(rows, Transition{State(from), Act(act), to})
			}
		}
	}
	return rows
}
