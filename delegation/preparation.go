package delegation

import "virtualschool.example/term/civil"

// PrepareBy returns the last day on which the social worker's sections are
// ready in good time: ten calendar days before the meeting (SECT-4).
func (r Rules) PrepareBy(meeting civil.Date) civil.Date {
	if meeting.IsZero() {
		return meeting
	}
	return meeting.AddDays(-r.Preparation)
}

// PreparedLate reports whether the social worker's sections were ready only
// after PrepareBy. SECT-4 warns of it and refuses nothing.
func (r Rules) PreparedLate(meeting, ready civil.Date) bool {
	return !meeting.IsZero() && ready.After(r.PrepareBy(meeting))
}
