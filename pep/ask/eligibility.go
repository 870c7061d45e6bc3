package ask

import (
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
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

// readCare reads the periods in which a child was looked after. If the member is
// absent, the child was looked after throughout.
func readCare(in *strict.Members) record.Care {
	v := in.May("lookedAfter")
	care := record.Care{Throughout: !v.Given()}
	for element := range v.List(maxSpans, "a list of episodes") {
		e := element.Object()
		care.Episodes = append(care.Episodes, record.Episode{
			Span:       readSpan(e),
			ShortBreak: e.May("shortBreak").Bool(),
			Authority:  strict.Parsed(e.May("authority"), "", parseAuthority),
		})
	}
	return care
}

// parseAuthority checks that an authority is well formed. Whether the authority
// is the policy's own council is for the policy to decide.
func parseAuthority(s string) (string, error) {
	if s == "" {
		return "", record.UnknownAuthority()
	}
	return s, record.CheckAuthority(s)
}

func readEducation(in *strict.Members) []record.Education {
	var education []record.Education
	for element := range in.May("education").List(maxSpans, "a list of periods of education") {
		e := element.Object()
		education = append(education, record.Education{
			Kind: strict.Named(e.Need("kind"), "", record.ParseEducationKind),
			Span: readSpan(e),
		})
	}
	return education
}

// readSpan reads a period. The period includes the day "from" but not the day "to".
// Without "to", it has no end.
func readSpan(in *strict.Members) record.Span {
	to := in.May("to")
	s := record.Span{From: in.Need("from").Date(), To: to.Date()}
	if !s.To.IsZero() && s.To.Before(s.From) {
		to.Fault(`the first day after the period, and not earlier than "from"`)
	}
	return s
}

func pepLastTerm(in *strict.Members) decide {
	born := in.Need("born").Date()
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		t := p.LastTerm(born)
		if t.IsZero() {
			return nil, rule.Explanation{}, &rule.Invalid{Member: "born", Want: "a birth date"}
		}
		return Reply{"term": t.String()}.because([]rule.ID{rule.ELIG4}, "last_term"), p.ExplainLastTerm(born), nil
	}
}

func pepInitialDeadlines(in *strict.Members) decide {
	entered, emergency := in.Need("enteredCare").Date(), in.Need("emergency").Bool()
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		d, err := p.InitialDeadlines(entered, emergency)
		if err != nil {
			return nil, d.Explain(p, entered, emergency), err
		}
		return deadlines(d, p.Parameters(entered)), d.Explain(p, entered, emergency), nil
	}
}

func deadlines(d pep.Deadlines, by pep.Parameters) Reply {
	r, rules, reason := Reply{"completeBy": d.CompleteBy.String()}, []rule.ID{rule.DUE5}, "planned"
	working := by.InitialDeadline.WorkingDays > 0
	if !d.InitiateBy.IsZero() {
		r["initiateBy"] = d.InitiateBy.String()
		rules, reason = append(rules, rule.DUE6), "emergency"
		working = working || by.EmergencyDeadline.WorkingDays > 0
	}
	if working {
		rules = append(rules, rule.DUE7)
	}
	return r.because(rules, reason)
}
