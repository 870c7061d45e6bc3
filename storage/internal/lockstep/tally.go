package lockstep

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"virtualschool.example/pep"
)

// Tally counts what walks did. The zero Tally is ready to use.
type Tally struct {
	Steps   int // the number of steps: moves, days of work, acts on the outbox, changes to the register and entries in ledgers
	Moves   int // the number of commands
	Illegal int // the number of commands that were not carried out
	Done    map[pep.Verb]int
	Cells   map[Cell]int   // the number of new commands in each cell
	Differs map[string]int // the number of times that each thing differed
}

// Cell is one cell of the workflow: an action by a role on a plan at a stage. The
// zero Stage means that there is no plan.
type Cell struct {
	Stage pep.Stage
	Verb  pep.Verb
	Role  pep.Role
}

// Cells iterates over all cells of the workflow.
func Cells() iter.Seq[Cell] {
	return func(yield func(Cell) bool) {
		for stage := range pep.Deleted + 1 {
			for v := range pep.AllVerbs() {
				for r := range pep.AllRoles() {
					if !yield(Cell{stage, v, r}) {
						return
					}
				}
			}
		}
	}
}

// share returns the percentage of moves that were illegal.
func (t *Tally) share() int { return 100 * t.Illegal / max(t.Moves, 1) }

// String returns the closing line of a run.
func (t *Tally) String() string {
	cells := 0
	for range Cells() {
		cells++
	}
	line := fmt.Sprintf("%d steps, %d moves, %d%% of them illegal, %d verbs done, %d of %d cells hit, %d differences",
		t.Steps, t.Moves, t.share(), len(t.Done), len(t.Cells), cells, len(t.Differs))
	if len(t.Differs) > 0 {
		line += ": " + strings.Join(slices.Sorted(maps.Keys(t.Differs)), ", ")
	}
	return line
}

// Add adds the counts of another tally.
func (t *Tally) Add(o *Tally) {
	t.Steps, t.Moves, t.Illegal = t.Steps+o.Steps, t.Moves+o.Moves, t.Illegal+o.Illegal
	add(&t.Done, o.Done)
	add(&t.Cells, o.Cells)
	add(&t.Differs, o.Differs)
}

func add[K comparable](to *map[K]int, all map[K]int) {
	for what, n := range all {
		count(to, what, n)
	}
}

func count[K comparable](in *map[K]int, what K, n int) {
	if *in == nil {
		*in = map[K]int{}
	}
	(*in)[what] += n
}

func (t *Tally) move(v pep.Verb, illegal bool) {
	t.Moves++
	if illegal {
		t.Illegal++
		return
	}
	t.done(v)
}

func (t *Tally) done(v pep.Verb) { count(&t.Done, v, 1) }

func (t *Tally) cell(c Cell) { count(&t.Cells, c, 1) }

func (t *Tally) differ(what string) { count(&t.Differs, what, 1) }
