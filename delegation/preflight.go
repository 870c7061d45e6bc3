package delegation

import (
	"time"

	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// Preflight adds every reason why a form cannot, at the given instant, be
// delegated to the contributor c at the establishment e: PRE-1, PRE-2 and
// PRE-3, in that order.
func (r Rules) Preflight(e record.Establishment, c record.Contributor, at time.Time, reasons *rule.Reasons) {
	CheckLive(e, c, reasons)
	if from := r.SelectableFrom(c); at.Before(from) {
		reasons.AddReason(rule.Reason{Rule: rule.PRE3, Code: rule.NotYetSelectable, From: from})
	}
}

// CheckLive adds a reason if e is not current (PRE-1) and another if c is not
// active (PRE-2), in that order.
func CheckLive(e record.Establishment, c record.Contributor, reasons *rule.Reasons) {
	if e.Status != record.Current { // PRE-1: the establishment must be CURRENT
		reasons.Add(rule.PRE1, rule.EstablishmentNotCurrent)
	}
	if !c.Active { // PRE-2: the designated teacher must be ACTIVE in the address book
		reasons.Add(rule.PRE2, rule.ContributorNotActive)
	}
}

// SelectableFrom is PRE-3: a contributor can be selected only some time after
// the account was actioned, 24 hours in Lancashire. It returns the first such
// instant. If c.Actioned is zero, which means long ago, it returns the zero
// time.
func (r Rules) SelectableFrom(c record.Contributor) time.Time {
	if c.Actioned.IsZero() {
		return time.Time{}
	}
	return c.Actioned.Add(r.PortalLag)
}

// MatchesAgency is PRE-4: a key agency is matched by name and post code, both
// exactly as they appear in the case-management system.
func MatchesAgency(e record.Establishment, name, postCode string) bool {
	return e.Name == name && e.PostCode == postCode
}
