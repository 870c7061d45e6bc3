package policy

import (
	"bytes"
	"encoding/json"
	"math"

	"virtualschool.example/delegation"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/term/civil"
)

// members is every member that a policy has as JSON: how it is read into the
// parameters and what it shows of them.
var members = [...]struct {
	name, want string
	read       func(v strict.Value, want string, par *pep.Parameters)
	show       func(par *pep.Parameters) any
}{
	{"leapBirthday", "mar1 or feb28", readLeapBirthday,
		func(par *pep.Parameters) any { return par.LeapBirthday.String() }},
	{"lowerBound", "birthday_term or term_after_birthday", readLowerBound,
		func(par *pep.Parameters) any { return par.LowerBound.String() }},
	{"returnPeriod", "either days or workingDays, from 1", readReturnPeriod,
		func(par *pep.Parameters) any { return showPeriod(par.Delegation.Return) }},
	{"carryForward", "after_due, strict or off", readCarryForward,
		func(par *pep.Parameters) any { return par.Delegation.Carry.String() }},
	{"grading", "a way of sampling", readGrading,
		func(par *pep.Parameters) any { return showGrading(par) }},
}

func readLeapBirthday(v strict.Value, want string, par *pep.Parameters) {
	par.LeapBirthday = strict.Parsed(v, want, civil.ParseLeapBirthday)
}

func readLowerBound(v strict.Value, want string, par *pep.Parameters) {
	par.LowerBound = strict.Parsed(v, want, pep.ParseLowerBound)
}

func readReturnPeriod(v strict.Value, want string, par *pep.Parameters) {
	in := v.Object()
	days, workingDays := in.May("days"), in.May("workingDays")
	par.Delegation.Return = delegation.Period{Days: readDays(days), WorkingDays: readDays(workingDays)}
	if v.IsObject() && days.Given() == workingDays.Given() {
		v.Fault(want)
	}
}

// maxDays bounds a period so that it stays a period: ten years.
const maxDays = 3660

func readDays(v strict.Value) int { return v.IntFrom(1, maxDays, "a whole number of days from 1") }

func readCarryForward(v strict.Value, want string, par *pep.Parameters) {
	par.Delegation.Carry = strict.Parsed(v, want, delegation.ParseCarryForward)
}

// readGrading reads the sampling. Months count only where each child is
// sampled, and are needed there.
func readGrading(v strict.Value, want string, par *pep.Parameters) {
	in := v.Object()
	par.Sampling = strict.Parsed(in.Need("sampling"), want, pep.ParseSampling)
	months := in.May("months")
	if par.Sampling == pep.PerChild {
		months = in.Need("months")
	}
	if n := months.IntFrom(1, math.MaxInt16, "a whole number of months from 1"); n != 0 {
		par.SamplingMonths = n
	}
}

// Members returns the members of p that this package reads, as a JSON object
// in a fixed order: Overlay of it over p changes nothing.
func Members(p *pep.Policy) []byte {
	par := p.Parameters()
	var out bytes.Buffer
	for n, m := range members {
		shown, err := json.Marshal(m.show(&par))
		if err != nil {
			continue // strings and numbers only
		}
		out.WriteString([]string{"{", ","}[min(n, 1)] + `"` + m.name + `":`)
		out.Write(shown)
	}
	out.WriteByte('}')
	return out.Bytes()
}

func showPeriod(p delegation.Period) map[string]int {
	if p.WorkingDays > 0 {
		return map[string]int{"workingDays": p.WorkingDays}
	}
	return map[string]int{"days": p.Days}
}

// grading is the sampling as it is shown.
type grading struct {
	Sampling string `json:"sampling"`
	Months   int    `json:"months,omitzero"`
}

func showGrading(par *pep.Parameters) grading {
	if par.Sampling != pep.PerChild {
		return grading{Sampling: par.Sampling.String()}
	}
	return grading{par.Sampling.String(), par.SamplingMonths}
}
