package ask

import (
	"time"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// zone is where the days of the contract are (TERM-7).
const zone = "Europe/London"

// moment is an instant and the day that it is then in the contract's zone.
type moment struct {
	at time.Time
	on civil.Date
}

func readMoment(v strict.Value) moment {
	return strict.Parsed(v, "an instant as 2006-01-02T15:04:05Z, in the years 1 to 9999", parseMoment)
}

// parseMoment reads an instant of RFC 3339. The zone's data is linked in.
func parseMoment(s string) (m moment, err error) {
	if m.at, err = strict.ParseInstant(s); err != nil {
		return moment{}, err
	}
	london, err := time.LoadLocation(zone)
	if err != nil {
		return moment{}, err
	}
	if m.on = civil.Of(m.at, london); m.on.IsZero() {
		return moment{}, civil.ErrDate
	}
	return m, nil
}

func termOf(in *strict.Members) decide {
	date, instant := in.May("date"), in.May("instant")
	rules, on := []rule.ID{rule.TERM1, rule.TERM3, rule.TERM4, rule.TERM5}, civil.Date{}
	switch {
	case date.Given() && instant.Given():
		instant.Fault("date or instant, not both")
	case instant.Given():
		on = readMoment(instant).on
		rules = append(rules, rule.TERM7)
	default:
		on = in.Need("date").Date()
	}
	return func(p *pep.Policy) (Reply, error) {
		c := p.Calendar()
		t := c.Of(on)
		r := Reply{
			"term": orNull(t), "start": orNull(c.First(t)), "end": orNull(c.Last(t)),
			"next": orNull(t.Next()), "previous": orNull(t.Previous()),
			"academicYear":  orNull(term.AcademicYearOf(on)),
			"financialYear": orNull(term.FinancialYearOf(on)),
		}
		return r.because(rules, "in_term", on.String()+" is in "+t.String()), nil
	}
}

func termAge(in *strict.Members) decide {
	born, on := in.Need("born").Date(), in.Need("on").Date()
	return func(p *pep.Policy) (Reply, error) {
		leap := p.Parameters(on).LeapBirthday
		if err := term.CheckBorn(born, on, leap); err != nil {
			return nil, err
		}
		r := Reply{"age": born.AgeOn(on, leap)}
		return r.because([]rule.ID{rule.AGE1, rule.AGE2}, "age", "an age is attained at the start of the birthday"), nil
	}
}

// termValue reads a term such as SPRING 2026.
func termValue(v strict.Value) term.Term { return strict.Parsed(v, "", term.Parse) }
