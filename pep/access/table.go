package access

import "virtualschool.example/pep"

// pastRoles and pastDeeds are the sizes of a Table.
const (
	pastRoles = int(pep.System) + 1
	pastDeeds = int(actions) + int(pep.VerbRepin) + 1
)

// Table lists the relations in which each role may do each deed. The zero Table
// permits nothing.
type Table struct {
	cells [pastRoles][pastDeeds]Relations
}

// grant is one row of the standard table: what a role may do in one relation.
type grant struct {
	role     pep.Role
	relation Relation
	acts     bool // whether the role may take the actions that the workflow gives it
	deeds    []Deed
}

// standard is the whole standard table.
var standard = [...]grant{
	{pep.SocialWorker, OwnCaseload, true, []Deed{ReadPlan, ReadHistory, ReadAnswers, ReadDocuments, Export, ReadNotes, AddNote, Acknowledge, ListMissing, ReadRequests, AddRequest, ReadRegister}},
	{pep.DesignatedTeacher, LiveDelegation, true, []Deed{ReadPlan, ReadAnswers, ReadDocuments}},
	{pep.BusinessSupport, GroupTray, true, []Deed{ReadPlan, ReadHistory, ReadAnswers, ReadDocuments, Export, ListMissing, ReadPayments, Pay, ReadRequests, AddRequest, ReadRegister, ChangeRegister}},
	{pep.VirtualSchoolConsultant, GroupTray, true, []Deed{ReadPlan, ReadHistory, ReadAnswers, ReadDocuments, Export, ListMissing, ReadRequests, AddRequest, ReadRegister}},
	{pep.VirtualSchoolHead, GroupTray, false, []Deed{ReadPlan, ReadHistory, ReadAnswers, ReadDocuments, Export, ListMissing, ReadPayments, DecidePayment, ReadRequests, ReadRegister}},
	{pep.IndependentReviewingOfficer, UnderReview, false, []Deed{ReadPlan, ReadHistory, ReadAnswers, ReadDocuments, Export}},
	{pep.PersonalAdviser, OwnCaseload, false, []Deed{ReadPlan, ReadAnswers, ReadDocuments, ReadNotes, AddNote}},
	{pep.ServiceDesk, OpenRequest, true, []Deed{ReadPlan}},
	{pep.ServiceDesk, GroupTray, false, []Deed{ReadRequests, AnswerRequest, ReadRegister, ChangeRegister}},
	{pep.System, Unattended, true, []Deed{ReadPlan, ListMissing, ReadRegister, ChangeRegister, ChangeChildren}},
}

// Standard returns the table that a service uses unless its host gives it another one.
// A role may take the actions that the workflow gives it, in the relation that the
// table names. The Virtual School Head, the independent reviewing officer and the
// personal adviser may read plans but not act on them.
//
// The people who are responsible for a plan or pass it on may export it: the
// social worker, business support, which distributes the copies, the
// consultants, the Virtual School Head and, for the review, the independent
// reviewing officer. A designated teacher cannot export a plan; business
// support sends them a copy once it is finalised.
func Standard() Table {
	var t Table
	for _, g := range &standard {
		for _, d := range g.deeds {
			t.cells[g.role][d] |= Of(g.relation)
		}
		if !g.acts {
			continue
		}
		for row := range pep.Workflow() {
			if row.Roles.Has(g.role) {
				t.cells[g.role][Act(row.Verb)] |= Of(g.relation)
			}
		}
	}
	return t
}

// Without returns a copy of the table that denies the given deeds to a role in every
// relation. A host can make the table narrower in this way; nothing makes it wider.
func (t Table) Without(r pep.Role, ds ...Deed) Table {
	for _, d := range ds {
		if known(r, d) {
			t.cells[r][d] = 0
		}
	}
	return t
}

// In returns the relations in which a role may do a deed.
func (t *Table) In(r pep.Role, d Deed) Relations {
	if !known(r, d) {
		return 0
	}
	return t.cells[r][d]
}

// Permits reports whether a person in a role, with these relations to the case, may do
// a deed.
func (t *Table) Permits(r pep.Role, d Deed, have Relations) bool { return t.In(r, d)&have != 0 }

// known reports whether a Table has a cell for a role and a deed.
func known(r pep.Role, d Deed) bool { return int(r) < pastRoles && int(d) < pastDeeds }
