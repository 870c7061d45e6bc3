package memstore

import (
	"encoding/binary"

	"virtualschool.example/pep"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// index is one of the indexes over plans.
type index uint8

const (
	byMeeting index = iota
	byStage
	byTerm
	byChild
	byEstablishment
	byDue
	byContributor
	indexes // the number of indexes
)

// groups holds, for each index, the function that returns a plan's group.
var groups = [indexes]func(*pep.Snapshot) id{
	byMeeting:       func(*pep.Snapshot) id { return id{} },
	byStage:         func(s *pep.Snapshot) id { return stageGroup(s.Stage) },
	byTerm:          func(s *pep.Snapshot) id { return termGroup(s.Term) },
	byChild:         func(s *pep.Snapshot) id { return id(s.Child.UUID) },
	byEstablishment: func(s *pep.Snapshot) id { return id(s.Establishment.UUID) },
	byDue:           func(s *pep.Snapshot) id { return dayGroup(s.Due) },
	byContributor:   func(s *pep.Snapshot) id { return id(s.Contributor.UUID) },
}

// sparse marks the indexes that leave out a plan whose group is the zero id.
var sparse = [indexes]bool{byDue: true, byContributor: true}

// index moves a plan to its new place in every index in which its place changes.
func (s *state) index(at *cell, old, next *plan) {
	for i, group := range groups {
		to := entry{group(&next.state), next.state.Meeting, id(next.state.ID.UUID)}
		if old != nil {
			from := entry{group(&old.state), old.state.Meeting, id(old.state.ID.UUID)}
			if from == to {
				continue
			}
			s.indexes[i].cut(s.owner, from)
		}
		if !sparse[i] || to.group != (id{}) {
			s.indexes[i].set(s.owner, to, at)
		}
	}
}

func stageGroup(s pep.Stage) id { return numbered(uint64(s)) }

func termGroup(t term.Term) id { return numbered(uint64(termNumber(t))) }

func dayGroup(d civil.Date) id { return numbered(uint64(dayNumber(d))) }

// dayNumber returns a number that orders days. It is 0 for the zero day.
func dayNumber(d civil.Date) int64 {
	return int64(d.Year())<<16 | int64(d.Month())<<8 | int64(d.Day())
}

// numbered returns the group for a number. Groups sort in the order of their
// numbers.
func numbered(n uint64) (group id) {
	binary.BigEndian.PutUint64(group[:], n)
	return group
}
