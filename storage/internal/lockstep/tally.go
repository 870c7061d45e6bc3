package lockstep

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"virtualschool.example/pep"
)

// Tally counts what walks took. The zero Tally has counted nothing.
type Tally struct {
	Steps   int // moves, the day's work, acts on the outbox, changes of the register
	Moves   int // commands
	Illegal int // of them, those that were not carried out
	Done    map[pep.Verb]int
	Differs map[string]int // what differed, and how often
}

// Share returns how many of a hundred moves were illegal.
func (t *Tally) Share() int { return 100 * t.Illegal / max(t.Moves, 1) }

// String returns the closing line of a run.
func (t *Tally) String() string {
	line := fmt.Sprintf("%d steps, %d moves, %d%% of them illegal, %d verbs done, %d differences",
		t.Steps, t.Moves, t.Share(), len(t.Done), len(t.Differs))
	if len(t.Differs) > 0 {
		line += ": " + strings.Join(slices.Sorted(maps.Keys(t.Differs)), ", ")
	}
	return line
}

func (t *Tally) move(v pep.Verb, illegal bool) {
	t.Moves++
	if illegal {
		t.Illegal++
		return
	}
	t.done(v)
}

func (t *Tally) done(v pep.Verb) {
	if t.Done == nil {
		t.Done = map[pep.Verb]int{}
	}
	t.Done[v]++
}

func (t *Tally) differ(what string) {
	if t.Differs == nil {
		t.Differs = map[string]int{}
	}
	t.Differs[what]++
}
