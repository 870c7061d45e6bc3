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
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		a, err := p.InAgeWindow(born, t, education)
		if err != nil {
			return nil, rule.Explanation{}, err
		}
		return required("inWindow", a), a.ExplainWindow(p, born, t), nil
	}
}

func pepRequiredOn(in *strict.Members) decide {
	born, on := in.Need("born").Date(), in.Need("on").Date()
	care, education := readCare(in), readEducation(in)
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		a, err := p.RequiredOn(born, on, care, education)
		if err != nil {
			return nil, rule.Explanation{}, err
		}
		return required("required", a), a.ExplainOn(p, born, on), nil
	}
}

func pepRequiredForTerm(in *strict.Members) decide {
	born, t := in.Need("born").Date(), termValue(in.Need("term"))
	care, education := readCare(in), readEducation(in)
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		a, err := p.RequiredForTerm(born, t, care, education)
		if err != nil {
			return nil, rule.Explanation{}, err
		}
		return required("required", a), a.ExplainFor(p, born, t), nil
	}
}

func required(member string, a pep.Requirement) Reply {
	return Reply{member: a.Required}.because(a.Rules.List(), a.Reason.String())
}

// readCare reads when a child was looked after: throughout where it is not said.
func readCare(in *strict.Members) record.Care {
	v := in.May("lookedAfter")
	care := record.Care{Throughout: !v.Given()}
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
			Kind: strict.Named(e.Need("kind"), "", record.ParseEducationKind),
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
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		t := p.LastTerm(born)
		var e rule.Explanation
		if t.IsZero() {
			return nil, e, &rule.Invalid{Member: "born", Want: "a birth date"}
		}
		e.Given("born", rule.Private)
		e.Uses(p.Calendar().First(t), "untilAge", "leapBirthday", "terms")
		e.Says("the last term that needs a plan is %s, that of the birthday of %d", t, p.Parameters(p.Calendar().First(t)).UntilAge)
		return Reply{"term": t.String()}.because([]rule.ID{rule.ELIG4}, "last_term"), e, nil
	}
}

func pepInitialDeadlines(in *strict.Members) decide {
	entered, emergency := in.Need("enteredCare").Date(), in.Need("emergency").Bool()
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		d, err := p.InitialDeadlines(entered, emergency)
		if err != nil {
			return nil, d.Explain(p, entered, emergency), err
		}
		return deadlines(d), d.Explain(p, entered, emergency), nil
	}
}

func deadlines(d pep.Deadlines) Reply {
	r := Reply{"completeBy": d.CompleteBy.String()}
	if d.InitiateBy == (civil.Date{}) {
		return r.because([]rule.ID{rule.DUE5, rule.DUE7}, "planned")
	}
	r["initiateBy"] = d.InitiateBy.String()
	return r.because([]rule.ID{rule.DUE5, rule.DUE6, rule.DUE7}, "emergency")
}
