package delegation

import "virtualschool.example/term/civil"

// PrepareBy returns the day by which the social worker's sections must be
// ready to be in good time for the meeting (SECT-4): in Lancashire, ten
// calendar days before it. It returns the zero Date if meeting is zero.
func (r Rules) PrepareBy(meeting civil.Date) civil.Date {
	if meeting.IsZero() {
		return meeting
	}
	return meeting.AddDays(-r.Preparation)
}

// PreparedLate reports whether the social worker's sections became ready after
// the day that PrepareBy returns. SECT-4 gives a warning for this and refuses
// nothing.
func (r Rules) PreparedLate(meeting, ready civil.Date) bool {
	return !meeting.IsZero() && ready.After(r.PrepareBy(meeting))
}
