package pep

import (
	"iter"

	"virtualschool.example/pep/rule"
)

// Role is the capacity in which somebody acts. Each action is taken in exactly one
// role. The zero Role has no meaning.
type Role uint8

// The roles of the process. VirtualSchoolHead, IndependentReviewingOfficer and
// PersonalAdviser take no action on a plan.
const (
	SocialWorker Role = 1 + iota
	DesignatedTeacher
	BusinessSupport
	VirtualSchoolConsultant
	VirtualSchoolHead
	IndependentReviewingOfficer
	PersonalAdviser
	ServiceDesk
	System
)

var roleNames = [...]struct{ name, words string }{
	SocialWorker:                {"social_worker", "a social worker"},
	DesignatedTeacher:           {"designated_teacher", "a designated teacher"},
	BusinessSupport:             {"business_support", "business support"},
	VirtualSchoolConsultant:     {"virtual_school_consultant", "a Virtual School consultant"},
	VirtualSchoolHead:           {"virtual_school_head", "the Virtual School Head"},
	IndependentReviewingOfficer: {"independent_reviewing_officer", "an independent reviewing officer"},
	PersonalAdviser:             {"personal_adviser", "a personal adviser"},
	ServiceDesk:                 {"service_desk", "the service desk"},
	System:                      {"system", "the system"},
}

// ParseRole returns the role whose text form is s, such as "social_worker".
func ParseRole(s string) (Role, error) {
	return rule.Find[Role](len(roleNames), s, "role", "a role, such as social_worker")
}

// String returns the text form of r, or "" for the zero Role.
func (r Role) String() string { return rule.Row(roleNames[:], r).name }

// Words returns r in words that go before "can", such as "a social worker".
func (r Role) Words() string { return rule.Row(roleNames[:], r).words }

// MarshalText returns the text form of r.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the text form of a role as ParseRole does, and empty text
// as the zero Role.
func (r *Role) UnmarshalText(text []byte) error { return rule.Unmarshal(text, r, ParseRole) }

// AllRoles iterates over the nine roles, in the order of their constants.
func AllRoles() iter.Seq[Role] { return rule.Members[Role](len(roleNames)) }

// Roles is a set of roles, one bit each. The zero Roles is empty.
type Roles uint16

const (
	socialWorker      = Roles(1) << SocialWorker
	designatedTeacher = Roles(1) << DesignatedTeacher
	businessSupport   = Roles(1) << BusinessSupport
	consultant        = Roles(1) << VirtualSchoolConsultant
	serviceDesk       = Roles(1) << ServiceDesk
	system            = Roles(1) << System
)

// Has reports whether r is in the set.
func (rs Roles) Has(r Role) bool { return rs>>r&1 == 1 }

// All iterates over the roles in the set, in the order of their constants.
func (rs Roles) All() iter.Seq[Role] {
	return func(yield func(Role) bool) {
		for r := range AllRoles() {
			if rs.Has(r) && !yield(r) {
				return
			}
		}
	}
}

// movers holds, for each tray, the role that has to act on the plans in it.
var movers = [...]Role{
	SocialWorkerTray: SocialWorker, EstablishmentTray: DesignatedTeacher,
	BusinessSupportTray: BusinessSupport, ConsultantsTray: VirtualSchoolConsultant,
}

// Mover returns the role that has to act on a plan at stage s: the role of the tray
// in which the plan lies. Mover returns zero if the plan lies in no tray.
func (s Stage) Mover() Role { return movers[s.Tray()] }
