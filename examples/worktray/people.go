package main

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"virtualschool.example/examples/termcycle/story"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
)

// person is somebody who can sign in.
type person struct {
	workflow.Actor
	Key, Name, Where string
}

// Does returns the person's role in words, without an article.
func (p *person) Does() string {
	return strings.TrimPrefix(strings.TrimPrefix(p.Role.Words(), "a "), "an ")
}

// people are the people who can sign in.
type people struct {
	all           []*person // in the order of the sign-in page
	second        workflow.Actor
	byContributor map[record.ContributorID]*person
	reviewed      map[record.ChildID]bool // the reviewing officer's cases
}

// staff are the council's people in the story, in the order of the sign-in page.
var staff = [...]struct {
	role pep.Role
	name string
}{
	{pep.SocialWorker, "Jo Caseworth"}, {pep.BusinessSupport, "Sam Deskley"}, {pep.VirtualSchoolConsultant, "Ada Markwell"},
	{pep.VirtualSchoolHead, "Noor Headingham"}, {pep.IndependentReviewingOfficer, "Vic Reviewson"},
	{pep.PersonalAdviser, "Kit Guideford"}, {pep.ServiceDesk, "Lee Ticketson"},
}

// teachers are the names of the designated teachers.
var teachers = [...]string{"Ira Chalkley", "Bo Slatewell", "Cleo Inkpen", "Dev Bellman", "Esme Termly", "Fay Deskins", "Gus Lessing",
	"Hal Markham", "Isa Playfair", "Jun Booker", "Kay Pencliff", "Lou Rulerby", "Max Hallway", "Nia Satchell", "Oz Tuckwell"}

// peopleOf returns the people who work with the children of the story.
func peopleOf(children []*story.Pupil) people {
	p := people{byContributor: map[record.ContributorID]*person{}, reviewed: map[record.ChildID]bool{}}
	for _, s := range staff {
		p.add(&person{Actor: workflow.Actor{ID: story.Person(s.role), Role: s.role}, Key: s.role.String(), Name: s.name})
	}
	p.second = workflow.Actor{ID: record.PersonID{UUID: derived("second")}, Role: pep.SocialWorker}
	p.all = slices.Insert(p.all, 1, &person{Actor: p.second, Key: "second_social_worker", Name: "Mo Visitwell"})
	for i, child := range children {
		if i%2 == 0 {
			p.reviewed[child.ID] = true
		}
		if child.Teacher != nil && p.byContributor[child.Teacher.ID] == nil {
			p.addTeacher(child.Teacher.ID, child.Place.Name)
		}
	}
	return p
}

func (p *people) addTeacher(id record.ContributorID, place string) {
	by := workflow.Actor{ID: record.PersonID{UUID: uuid.NewSHA1(id.UUID, []byte("person"))}, Role: pep.DesignatedTeacher, Contributor: id}
	n := len(p.byContributor)
	p.byContributor[id] = p.add(&person{Actor: by, Key: id.String(), Name: teachers[n%len(teachers)], Where: place})
}

func (p *people) add(who *person) *person {
	p.all = append(p.all, who)
	return who
}

// find returns the person with the given key, or nil.
func (p *people) find(key string) *person {
	i := slices.IndexFunc(p.all, func(one *person) bool { return one.Key == key })
	if i < 0 {
		return nil
	}
	return p.all[i]
}

// called returns the name of a person who acted in a role, or the role if the person has no
// name here. In the story, for example, one person without a name acts for all teachers.
func (p *people) called(id record.PersonID, role pep.Role) string {
	for _, one := range p.all {
		if one.ID == id {
			return one.Name
		}
	}
	if role == pep.System {
		return "The system"
	}
	return "A " + role.Words()[len("a "):]
}

// deputy returns a second contributor of the same establishment.
func deputy(first record.Contributor) record.Contributor {
	first.ID = record.ContributorID{UUID: uuid.NewSHA1(first.ID.UUID, []byte("deputy"))}
	first.Name, first.Email = text("Deputy of "+first.Name.Reveal(private.Showing)), private.Text{}
	return first
}

// derived derives an id from a text, so that every run has the same ids.
func derived(name string) uuid.UUID { return uuid.NewSHA1(uuid.NameSpaceOID, []byte("worktray/"+name)) }

// text returns s as private text.
func text(s string) private.Text { return private.NewText(s) }
