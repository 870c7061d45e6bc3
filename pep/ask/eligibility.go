package ask

import (
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

func pepInAgeWindow(in *strict.Members) decide {
	born, t, education := in.Need("born").Date(), termValue(in.Need("term")), readEducation(in)
	return func(p *pep.Policy) (Reply, error) {
		a, err := p.InAgeWindow(born, t, education)
		if err != nil {
			return nil, err
		}
		return required("inWindow", a), nil
	}
}

func pepRequiredOn(in *strict.Members) decide {
	born, on := in.Need("born").Date(), in.Need("on").Date()
	care, education := readCare(in), readEducation(in)
	return func(p *pep.Policy) (Reply, error) {
		a, err := p.RequiredOn(born, on, care, education)
		if err != nil {
			return nil, err
		}
		return required("required", a), nil
	}
}

func pepRequiredForTerm(in *strict.Members) decide {
	born, t := in.Need("born").Date(), termValue(in.Need("term"))
	care, education := readCare(in), readEducation(in)
	return func(p *pep.Policy) (Reply, error) {
		a, err := p.RequiredForTerm(born, t, care, education)
		if err != nil {
			return nil, err
		}
		return required("required", a), nil
	}
}

func required(member string, a pep.Requirement) Reply {
	return Reply{member: a.Required}.because(a.Rules.List(), a.Reason.String(), a.Sentence())
}

// readCare reads when a child was looked after: throughout where it is not said.
func readCare(in *strict.Members) record.Care {
	v := in.May("lookedAfter")
	if !v.Given() {
		return record.Care{Throughout: true}
	}
	var care record.Care
	for element := range v.List("a list of episodes") {
		e := element.Object()
		care.Episodes = append(care.Episodes, record.Episode{
			Span:       readSpan(e),
			ShortBreak: e.May("shortBreak").Bool(),
			Authority:  e.May("authority").Name("the name or number of an authority"),
		})
	}
	return care
}

func readEducation(in *strict.Members) []record.Education {
	var education []record.Education
	for element := range in.May("education").List("a list of periods of education") {
		e := element.Object()
		education = append(education, record.Education{
			Kind: strict.Parsed(e.Need("kind"), "", record.ParseEducationKind),
			Span: readSpan(e),
		})
	}
	return education
}

// readSpan reads the days from one day up to but not including another, or on.
func readSpan(in *strict.Members) record.Span {
	to := in.May("to")
	s := record.Span{From: in.Need("from").Date(), To: to.Date()}
	if !s.To.IsZero() && s.To.Before(s.From) {
		to.Fault("the first day not covered, not before from")
	}
	return s
}

func pepLastTerm(in *strict.Members) decide {
	born := in.Need("born").Date()
	return func(p *pep.Policy) (Reply, error) {
		t := p.LastTerm(born)
		if t.IsZero() {
			return nil, &rule.Invalid{Member: "born", Want: "a birth date"}
		}
		return Reply{"term": t.String()}.because([]rule.ID{rule.ELIG4}, "last_term",
			"the last term that needs a plan is "+t.String()), nil
	}
}

func pepInitialDeadlines(in *strict.Members) decide {
	entered, emergency := in.Need("enteredCare").Date(), in.Need("emergency").Bool()
	return func(p *pep.Policy) (Reply, error) {
		d, err := p.InitialDeadlines(entered, emergency)
		if err != nil {
			return nil, err
		}
		return deadlines(d), nil
	}
}

func deadlines(d pep.Deadlines) Reply {
	r := Reply{"completeBy": d.CompleteBy.String()}
	if d.InitiateBy == (civil.Date{}) {
		return r.because([]rule.ID{rule.DUE5, rule.DUE7}, "planned",
			"the first plan is complete by "+d.CompleteBy.String())
	}
	r["initiateBy"] = d.InitiateBy.String()
	return r.because([]rule.ID{rule.DUE5, rule.DUE6, rule.DUE7}, "emergency",
		"the first plan is started by "+d.InitiateBy.String()+" and complete by "+d.CompleteBy.String())
}
