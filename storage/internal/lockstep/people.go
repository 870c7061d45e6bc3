package lockstep

import (
	"time"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/term/civil"
)

// The children of a walk, named after their situation at its beginning. Their ids
// sort in a different order by their first bytes than by their last.
var (
	year7    = record.ChildID{UUID: uuid.UUID{201, 15: 1}}
	year4    = record.ChildID{UUID: uuid.UUID{90, 15: 2}}
	year12   = record.ChildID{UUID: uuid.UUID{163, 15: 3}}
	nursery  = record.ChildID{UUID: uuid.UUID{17, 15: 4}}
	unplaced = record.ChildID{UUID: uuid.UUID{128, 15: 5}}
	special  = record.ChildID{UUID: uuid.UUID{127, 15: 6}}
	nobody   = record.ChildID{UUID: uuid.UUID{1, 15: 7}}
)

// The establishments where the children learn, and the contributors there.
var (
	school  = record.EstablishmentID{UUID: uuid.UUID{250, 15: 11}}
	college = record.EstablishmentID{UUID: uuid.UUID{30, 15: 12}}
	centre  = record.EstablishmentID{UUID: uuid.UUID{160, 15: 13}}
	nowhere = record.EstablishmentID{UUID: uuid.UUID{2, 15: 14}}

	teacher   = record.ContributorID{UUID: uuid.UUID{240, 15: 21}}
	deputy    = record.ContributorID{UUID: uuid.UUID{20, 15: 22}}
	tutor     = record.ContributorID{UUID: uuid.UUID{150, 15: 23}}
	carer     = record.ContributorID{UUID: uuid.UUID{80, 15: 24}}
	noTeacher = record.ContributorID{UUID: uuid.UUID{3, 15: 25}}

	outsider = record.PersonID{UUID: uuid.UUID{4, 15: 31}}
	system   = workflow.Actor{ID: record.PersonID{UUID: uuid.UUID{5, 15: 32}}, Role: pep.System}
)

// often lists the children to draw from, some of them more than once, so that some
// plans are finalised.
var often = [...]record.ChildID{year7, year7, year7, year4, year4, year12, nursery, unplaced, special}

// actor returns a person in the role. For a designated teacher, the argument at is
// the contributor's id.
func actor(r pep.Role, at record.ContributorID) workflow.Actor {
	switch r {
	case pep.System:
		return system
	case pep.DesignatedTeacher:
		return workflow.Actor{ID: record.PersonID(at), Role: r, Contributor: at}
	}
	return workflow.Actor{ID: record.PersonID{UUID: uuid.UUID{byte(r), 15: 40}}, Role: r}
}

// people returns the entries of the register at the beginning of a walk.
func people(at time.Time) []any {
	return []any{
		child(year7, "2014-03-05", record.School, school),
		child(year4, "2017-05-05", record.School, school),
		child(year12, "2008-10-01", record.College, college),
		child(nursery, "2021-11-10", record.NurseryClass, school),
		child(special, "2013-02-28", record.School, centre),
		child(unplaced, "2013-12-31", 0, record.EstablishmentID{}),
		record.Establishment{ID: school, Name: "Moor End", Status: record.Current, Type: forms.CommunitySchool},
		record.Establishment{ID: college, Name: "Åsgård", Status: record.Current, Type: forms.FurtherEducation},
		record.Establishment{ID: centre, Status: record.Current, Type: forms.CommunitySpecial, Special: true},
		record.Contributor{ID: teacher, Establishment: school, Name: private.NewText(canary), Active: true},
		record.Contributor{ID: deputy, Establishment: school, Name: private.NewText(canary), Active: true, Actioned: at.Add(-time.Hour)},
		record.Contributor{ID: tutor, Establishment: college, Name: private.NewText(canary), Active: true},
		record.Contributor{ID: carer, Establishment: centre, Name: private.NewText(canary), Active: true},
	}
}

// child returns a child who has been looked after since 2022.
func child(id record.ChildID, born string, kind record.EducationKind, at record.EstablishmentID) record.Child {
	c := record.Child{
		ID: id, Name: private.NewText(canary), Born: private.NewDate(civil.MustParse(born)),
		Worker: outsider, Adviser: outsider,
		Care: record.Care{Episodes: []record.Episode{{Span: record.Span{From: civil.MustParse("2022-01-01")}}}},
	}
	if !at.IsZero() {
		c.Education = []record.Education{{Span: record.Span{From: civil.MustParse("2024-09-01")}, Kind: kind, Establishment: at}}
	}
	return c
}
