package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// mayContribute adds the reasons why the contributor can no longer write in the
// delegated plan: the establishment is not current (PRE-1), the contributor is
// not active (PRE-2) or belongs to another establishment (DELEG-2). A missing
// establishment counts as not current, and a missing contributor as not active.
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
