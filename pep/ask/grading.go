package ask

import (
	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// ids is the namespace for the UUIDs of things that a question names in its own words.
var ids = uuid.UUID{0x0d, 0x52, 0x1b, 0xb7, 0x7e, 0x1a, 0x4c, 0x8e, 0x8d, 0x55, 0x3a, 0x71, 0x5e, 0x0c, 0x49, 0x02}

// idOf returns a UUID that depends only on the kind of a thing (the argument what) and
// its name. It returns the zero UUID if the name is empty.
func idOf(what, name string) uuid.UUID {
	if name == "" {
		return uuid.UUID{}
	}
	return uuid.NewSHA1(ids, []byte(what+" "+name))
}

func readEstablishmentID(v strict.Value) record.EstablishmentID {
	return record.EstablishmentID{UUID: idOf("establishment", v.Name("the name of an establishment, or null"))}
}

func readChildID(v strict.Value) record.ChildID {
	return record.ChildID{UUID: idOf("child", v.Name("a name that identifies the child"))}
}

func pepGrading(in *strict.Members) decide {
	q := pep.GradingQuestion{
		Establishment: readEstablishmentID(in.Said("establishment")),
		Term:          termValue(in.Need("term")),
		Child:         readChildID(in.May("child")),
		Meeting:       in.May("meeting").Date(),
	}
	history := readHistory(in.Need("history"))
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		a, err := p.Grading(q, history)
		if err != nil {
			return nil, rule.Explanation{}, err
		}
		return Reply{"required": a.Required}.because(a.Rules.List(), a.Reason.String()), a.Explain(p, q, history), nil
	}
}

func readHistory(v strict.Value) (history []pep.Graded) {
	for element := range v.List(maxHistory, "a list of grades") {
		g := element.Object()
		history = append(history, pep.Graded{
			Establishment: readEstablishmentID(g.Said("establishment")),
			Term:          termValue(g.Need("term")),
			Grade:         strict.Named(g.Need("grade"), "", pep.ParseGrade),
			Child:         readChildID(g.Need("child")),
			On:            g.Need("on").Date(),
		})
	}
	return history
}
