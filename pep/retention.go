package pep

import (
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// KeepUntil returns the day until which a child's record is kept (RET-1): the
// policy's KeepYears from birth or, for somebody who died before UntilAge, its
// KeepAfterDeath years from death. If died is the zero Date, the person has
// not died. KeepUntil returns a *rule.Invalid if born is zero, or if the date
// of death is before the date of birth.
func (p *Policy) KeepUntil(born, died civil.Date) (civil.Date, error) {
	par := p.on(born)
	switch {
	case born.IsZero():
		return civil.Date{}, &rule.Invalid{Member: "born", Want: "the date of birth"}
	case died.IsZero():
		return par.birthday(born, par.KeepYears), nil
	case died.Before(born):
		return civil.Date{}, &rule.Invalid{Member: "died", Want: "a day on or after the date of birth"}
	case died.Before(par.birthday(born, par.UntilAge)):
		return died.Anniversary(par.KeepAfterDeath, par.LeapBirthday), nil
	}
	return par.birthday(born, par.KeepYears), nil
}
