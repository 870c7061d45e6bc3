package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// mayContribute adds why the contributor may not write in the delegated plan any
// more: the establishment is not current (PRE-1), the contributor is not active
// (PRE-2), or the contributor belongs to another establishment than the plan
// (DELEG-2). What the facts do not name is neither current nor active.
func (p *PEP) mayContribute(by *Act, reasons *rule.Reasons) {
	if p.s.Stage != Delegated {
		return
	}
	var where record.Establishment
	if by.Facts.Establishment != nil {
		where = *by.Facts.Establishment
	}
	var who record.Contributor
	if by.Facts.Contributor != nil {
		who = *by.Facts.Contributor
	}
	delegation.CheckLive(where, who, reasons)
	if by.Facts.Contributor != nil && who.Establishment != p.s.Establishment {
		reasons.Add(rule.DELEG2, rule.ContributorElsewhere)
	}
}
