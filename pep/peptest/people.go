package peptest

import (
	"encoding/binary"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/term/civil"
)

// id returns the nth id of a kind.
func id(kind byte, n int) (u uuid.UUID) {
	u[0], u[1] = 0x9e, kind
	binary.BigEndian.PutUint64(u[8:], uint64(n))
	return u
}

// Child returns the nth invented child. The child is in Year 7 from September 2025,
// has been looked after since November 2020, and is educated at School. Their social
// worker is Actor(pep.SocialWorker).
func Child(n int) record.Child {
	return record.Child{
		ID:        record.ChildID{UUID: id(1, n)},
		Born:      private.NewDate(civil.MustParse("2014-05-20")),
		Worker:    Actor(pep.SocialWorker).ID,
		Care:      record.Care{Episodes: []record.Episode{{Span: record.Span{From: civil.MustParse("2020-11-03")}}}},
		Education: []record.Education{{Span: record.Span{From: civil.MustParse("2018-09-03")}, Kind: record.School, Establishment: School().ID}},
	}
}

// School returns the one invented school, which is open.
func School() record.Establishment {
	return record.Establishment{
		ID: record.EstablishmentID{UUID: id(2, 1)}, Name: "Quarry Bank School", PostCode: "ZZ1 1ZZ",
		Status: record.Current, Type: forms.CommunitySchool, DfENumber: "888/4000", URN: "100000", Finance: true,
	}
}

// Teacher returns the school's designated teacher, who has an active account.
func Teacher() record.Contributor {
	return record.Contributor{ID: record.ContributorID{UUID: id(3, 1)}, Establishment: School().ID, Active: true}
}

// Actor returns the one invented person who has a role. The designated teacher is
// Teacher.
func Actor(r pep.Role) workflow.Actor {
	a := workflow.Actor{ID: record.PersonID{UUID: id(4, int(r))}, Role: r}
	if r == pep.DesignatedTeacher {
		a.Contributor = Teacher().ID
	}
	return a
}

// Complete returns answers that fill every box of a section of a form.
func Complete(form forms.Type, section int) forms.Answers {
	return forms.TemplateOf(form).AnswerAll(section, "answered")
}

// Meeting returns the day on which every plan from World.At has its meeting:
// Wednesday 14 January 2026.
func Meeting() civil.Date { return civil.MustParse("2026-01-14") }
