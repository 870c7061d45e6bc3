package ask

import (
	"sync"
	"time"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// zone is the time zone that turns an instant into a day (TERM-7).
const zone = "Europe/London"

// london returns the time zone. Its data is linked into the program and read only once.
var london = sync.OnceValues(func() (*time.Location, error) { return time.LoadLocation(zone) })

// moment is an instant, with the day on which it falls in London.
type moment struct {
	at time.Time
	on civil.Date
}

func readMoment(v strict.Value) moment {
	return strict.Parsed(v, "an instant such as 2006-01-02T15:04:05Z, in the years 1 to 9999", parseMoment)
}

// parseMoment parses an instant written as in RFC 3339.
func parseMoment(s string) (m moment, err error) {
	if m.at, err = strict.ParseInstant(s); err != nil {
		return moment{}, err
	}
	in, err := london()
	if err != nil {
		return moment{}, err
	}
	if m.on = civil.Of(m.at, in); m.on.IsZero() {
		return moment{}, civil.ErrDate
	}
	return m, nil
}

func termOf(in *strict.Members) decide {
	date, instant := in.May("date"), in.May("instant")
	in.One(date, instant, `a date such as 2006-01-02, unless "instant" is given`, `left out if "date" is given`)
	on, at := date.Date(), readMoment(instant)
	rules := []rule.ID{rule.TERM1, rule.TERM3, rule.TERM4, rule.TERM5}
	if instant.Given() {
		on, rules = at.on, append(rules, rule.TERM7)
	}
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		c := p.Calendar()
		t := c.Of(on)
		var e rule.Explanation
		e.Given("date", on)
		e.Uses(on, "terms")
		e.Says("%s is in %s, which runs from %s to %s", on.Words(), t, c.First(t).Words(), c.Last(t).Words())
		r := Reply{
			"term": orNull(t), "start": orNull(c.First(t)), "end": orNull(c.Last(t)),
			"next": orNull(t.Next()), "previous": orNull(t.Previous()),
			"academicYear":  orNull(term.AcademicYearOf(on)),
			"financialYear": orNull(term.FinancialYearOf(on)),
		}
		return r.because(rules, "in_term"), e, nil
	}
}

func termAge(in *strict.Members) decide {
	born, on := in.Need("born").Date(), in.Need("on").Date()
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		leap := p.Parameters(inTermOf(p, on)).LeapBirthday
		var e rule.Explanation
		if err := term.CheckBorn(born, on, leap); err != nil {
			return nil, e, err
		}
		r := Reply{"age": born.AgeOn(on, leap)}
		e.Given("born", rule.Private)
		e.Given("on", on)
		e.Uses(inTermOf(p, on), "leapBirthday")
		e.Says("a person with this birth date is %d on %s, because each new age begins on the birthday", r["age"], on.Words())
		return r.because([]rule.ID{rule.AGE1, rule.AGE2}, "age"), e, nil
	}
}

// inTermOf returns the first day of the term that a day falls in. The value of a
// parameter for a whole term is looked up on that day.
func inTermOf(p *pep.Policy, on civil.Date) civil.Date {
	return p.Calendar().First(p.Calendar().Of(on))
}

// termValue reads a term such as SPRING 2026.
func termValue(v strict.Value) term.Term {
	return strict.Parsed(v.Matching("^(SPRING|SUMMER|AUTUMN) [0-9]{4}$"), "", term.Parse)
}
