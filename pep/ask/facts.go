package ask

import (
	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// facts are the facts of a run, or of a question about a plan, apart from the plan
// itself. They do not change during a run. An id is zero if the question gives none.
type facts struct {
	child         record.Child
	establishment *record.Establishment // nil if the child is educated nowhere
	contributor   record.Contributor
	grading       *bool   // whether the plan must be graded; nil if the policy decides
	plans         []state // the other plans of the child; nil in a run of the workflow
}

// readFacts reads the facts of a run or, if held is true, of a plan that the client
// holds. In the second case, the facts may include ids and the child's other plans, and
// must include the day on which a year group was recorded.
func readFacts(in *strict.Members, held bool) facts {
	f := facts{
		child:         readChild(in.Need("child"), held),
		establishment: readEstablishment(in.May("establishment"), held),
		contributor:   readContributor(in.May("contributor"), held),
	}
	grading := in.May("gradingRequired")
	if required := grading.Bool(); grading.Given() {
		f.grading = &required
	}
	if held {
		f.plans = readStates(in.May("plans"))
	}
	return f
}

func readChild(v strict.Value, held bool) record.Child {
	in := v.Object()
	recorded := readRecorded(in)
	if year := in.May("recordedYear"); held && year.Given() {
		in.Need("recordedOn").Missing("the day on which the year group was recorded, such as 2006-01-02")
	}
	return record.Child{
		ID:           record.ChildID{UUID: readOwnID(in, held)},
		Born:         private.NewDate(in.Need("born").Date()),
		Consent:      readConsent(in.May("consentToShare")),
		RecordedYear: recorded.Year,
		RecordedOn:   recorded.On,
		Care:         readCare(in),
		Education:    readEducation(in),
	}
}

// readOwnID reads the id of something in the facts if held is true, and otherwise
// returns the zero UUID.
func readOwnID(in *strict.Members, held bool) (id uuid.UUID) {
	if held {
		id = readID(in.May("id"))
	}
	return id
}

func readConsent(v strict.Value) record.Consent {
	switch share := v.Bool(); {
	case share:
		return record.Given
	case v.Given():
		return record.Withheld
	}
	return 0
}

// readEstablishment reads where the child is educated. Null means nowhere, and an absent
// member means a current mainstream school.
func readEstablishment(v strict.Value, held bool) *record.Establishment {
	if v.Null() {
		return nil
	}
	in := v.Object()
	e := &record.Establishment{
		ID:      record.EstablishmentID{UUID: readOwnID(in, held)},
		Status:  strict.Named(in.May("status").Described(statuses), "", record.ParseStatus),
		Special: in.May("special").Bool(),
		Type:    readGIAS(in.May("gias")),
	}
	if e.Status == 0 {
		e.Status = record.Current
	}
	return e
}

// statuses adds to s the register's own statuses, which record.ParseStatus accepts too.
func statuses(s *strict.Shape) {
	for name := range record.RegisterStatuses() {
		s.Names = append(s.Names, name)
	}
}

// readContributor reads the establishment's designated teacher. If the member is
// absent, the teacher is active.
func readContributor(v strict.Value, held bool) record.Contributor {
	in := v.Object()
	active := in.Need("active").Bool()
	return record.Contributor{
		ID:       record.ContributorID{UUID: readOwnID(in, held)},
		Active:   active || !v.Given(),
		Actioned: in.May("actionedAt").Instant(),
	}
}

// readStates reads the states of the child's other plans.
func readStates(v strict.Value) (all []state) {
	for element := range v.List(maxPlans, "the states of the child's other plans") {
		all = append(all, readState(element))
	}
	return all
}

// complete sets the ids of the child and the establishment if the question gives none.
// It takes them from the plan or, for the child, from another plan; otherwise it makes
// them. It returns a *rule.Invalid if a plan belongs to another child.
func (f *facts) complete(plan *pep.PEP) error {
	states, where := f.plans, record.EstablishmentID{}
	if plan != nil {
		s := plan.Snapshot()
		states, where = append(states[:len(states):len(states)], state{Snapshot: s}), s.Establishment
	}
	for n := range states {
		if f.child.ID.IsZero() {
			f.child.ID = states[n].Child
		}
		if f.child.ID != states[n].Child {
			return &rule.Invalid{Member: "child", Want: "the same in the facts and in every plan"}
		}
	}
	if f.child.ID.IsZero() {
		f.child.ID = record.ChildID{UUID: idOf("child", "of the run")}
	}
	if where.IsZero() {
		where = record.EstablishmentID{UUID: idOf("establishment", "of the run")}
	}
	if f.establishment != nil && f.establishment.ID.IsZero() {
		f.establishment.ID = where
	}
	if f.establishment != nil {
		where = f.establishment.ID
	}
	f.contributor.Establishment = where
	return nil
}
