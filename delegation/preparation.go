package delegation

import "virtualschool.example/term/civil"

// PrepareBy returns the last day on which the social worker's sections are
// ready in good time: ten calendar days before the meeting (SECT-4).
func (p Policy) PrepareBy(meeting civil.Date) civil.Date {
	if meeting.IsZero() {
		return meeting
	}
	return meeting.AddDays(-p.Preparation)
}

// WarnPreparation is SECT-4, which refuses nothing: LatePreparation for
// sections ready after PrepareBy, and otherwise the zero Warning.
func (p Policy) WarnPreparation(meeting, ready civil.Date) Warning {
	if meeting.IsZero() || !ready.After(p.PrepareBy(meeting)) {
		return 0
	}
	return LatePreparation
}
