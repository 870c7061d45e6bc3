package pep

import (
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// KeepUntil returns the day until which a child's record is kept (RET-1): the
// 75th anniversary of birth or, for somebody who died under 18, 15 years from
// death. The zero died is none; one before birth is a *rule.Invalid.
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
