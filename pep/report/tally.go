package report

import (
	"bytes"
	"cmp"
	"maps"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/term"
)

// Count holds, for a group of children, how many have each standing.
type Count struct {
	Needed    int `json:"needed"` // the children who need a plan: the sum of the other three
	Satisfied int `json:"satisfied"`
	Excused   int `json:"excused"`
	Missing   int `json:"missing"`
}

// add adds a child with a standing. It does not count a child who needs no plan.
func (c *Count) add(s pep.Standing) {
	switch s {
	case pep.Satisfied:
		c.Satisfied++
	case pep.Excused:
		c.Excused++
	case pep.MissingPlan:
		c.Missing++
	default:
		return
	}
	c.Needed++
}

// A because holds a standing and its reason.
type because struct {
	standing pep.Standing
	reason   pep.MissingReason
	needs    pep.Eligibility // the reason why the child needs no plan; zero for a child who needs one
}

// tally holds the counts for one term.
type tally struct {
	term     term.Term
	children int
	all      Count
	reasons  map[because]int
	stages   [pep.Deleted + 1]int
	groups   map[key]*Count

	figures  [ReadyForReview + 1]Figure
	graded   map[record.EstablishmentID]bool // for each establishment with a plan in place, whether it has a graded plan
	coverage coverage
	plans    int // the number of plans in the coverage
}

func newTally(t term.Term) *tally {
	return &tally{term: t, reasons: map[because]int{}, groups: map[key]*Count{}, graded: map[record.EstablishmentID]bool{}, coverage: newCoverage()}
}

// add adds a line.
func (t *tally) add(l *Line) {
	t.children++
	why := because{standing: l.Standing, reason: l.Reason}
	if l.Standing == pep.NotNeeded {
		why.needs = l.Requirement.Reason
	}
	t.reasons[why]++
	if l.Standing == pep.NotNeeded {
		return
	}
	t.all.add(l.Standing)
	t.stages[l.Stage]++
	for d := range AllDimensions() {
		k := keyOf(d, l)
		group := t.groups[k]
		if group == nil {
			group = &Count{}
			t.groups[k] = group
		}
		group.add(l.Standing)
	}
}

// ordered returns the keys of the groups, by dimension and then by value.
func (t *tally) ordered() []key {
	return slices.SortedFunc(maps.Keys(t.groups), func(a, b key) int {
		return cmp.Or(cmp.Compare(a.by, b.by), cmp.Compare(a.n, b.n), bytes.Compare(a.id[:], b.id[:]))
	})
}

// ReasonCount is the number of children who have a standing for one reason.
type ReasonCount struct {
	Standing pep.Standing `json:"standing"`
	Reason   string       `json:"reason"` // the reason for the standing; for children who need no plan, the reason why not
	Words    string       `json:"words"`
	Children int          `json:"children"`
}

// counted returns the count of each reason, by standing.
func (t *tally) counted() []ReasonCount {
	all := make([]ReasonCount, 0, len(t.reasons))
	for _, b := range slices.SortedFunc(maps.Keys(t.reasons), func(a, b because) int {
		return cmp.Or(cmp.Compare(a.standing, b.standing), cmp.Compare(a.reason, b.reason), cmp.Compare(a.needs, b.needs))
	}) {
		c := ReasonCount{Standing: b.standing, Reason: b.reason.String(), Words: b.reason.Words(), Children: t.reasons[b]}
		if b.reason == pep.NothingNeeded {
			c.Reason, c.Words = b.needs.String(), b.needs.Words()
		}
		all = append(all, c)
	}
	return all
}

// StageCount is the number of children who need a plan and whose plan is at one
// stage.
type StageCount struct {
	Stage    pep.Stage `json:"stage"` // None for children without a plan for the term
	Children int       `json:"children"`
}

// Words returns the stage in words. For None it returns "no plan for the term" and not "not
// started", because a plan that was carried forward out of the term had been started.
func (s StageCount) Words() string {
	if s.Stage == pep.None {
		return "no plan for the term"
	}
	return s.Stage.Words()
}

// reached returns the count of each stage.
func (t *tally) reached() (all []StageCount) {
	all = []StageCount{}
	for s, n := range t.stages {
		if n > 0 {
			all = append(all, StageCount{pep.Stage(s), n})
		}
	}
	return all
}
