// Package body writes and reads snapshots and events as JSON. It writes exactly what
// encoding/json would write, in a fraction of the time:
//
//	text := body.OfSnapshot(&s)
//	s, err := body.Snapshot([]byte(text))
//
// A step decodes one snapshot and encodes one snapshot and one event; with
// encoding/json that takes a quarter as long as all the step's statements. If the
// package does not recognise some JSON, such as members in another order, it leaves
// that JSON to encoding/json, and returns the errors of encoding/json.
package body

import (
	"encoding/json"

	"virtualschool.example/pep"
)

// OfSnapshot returns the JSON of a snapshot.
func OfSnapshot(s *pep.Snapshot) string { return string(write(s, snapshot[:])) }

// Snapshot reads the JSON of a snapshot.
func Snapshot(body []byte) (s pep.Snapshot, err error) {
	if read(body, &s, snapshot[:]) {
		return s, nil
	}
	s = pep.Snapshot{}
	err = json.Unmarshal(body, &s)
	return s, err
}

// OfEvent returns the JSON of an event. The year of its instant must be 0 to 9999.
func OfEvent(e *pep.Event) string { return string(write(e, event[:])) }

// Event reads the JSON of an event.
func Event(body []byte) (e pep.Event, err error) {
	if read(body, &e, event[:]) {
		return e, nil
	}
	e = pep.Event{}
	err = json.Unmarshal(body, &e)
	return e, err
}

// member is one JSON member of a T: its name, whether it is written even if it is zero,
// and a pointer to its value.
type member[T any] struct {
	name   string
	always bool
	of     func(*T) any
}

var snapshot = [...]member[pep.Snapshot]{
	{"format", true, func(s *pep.Snapshot) any { return &s.Format }},
	{"id", true, func(s *pep.Snapshot) any { return &s.ID.UUID }},
	{"version", true, func(s *pep.Snapshot) any { return &s.Version }},
	{"child", true, func(s *pep.Snapshot) any { return &s.Child.UUID }},
	{"establishment", false, func(s *pep.Snapshot) any { return &s.Establishment.UUID }},
	{"kind", true, func(s *pep.Snapshot) any { return &s.Kind }},
	{"type", true, func(s *pep.Snapshot) any { return &s.Type }},
	{"questions", true, func(s *pep.Snapshot) any { return &s.Questions }},
	{"policy", true, func(s *pep.Snapshot) any { return &s.Policy }},
	{"stage", true, func(s *pep.Snapshot) any { return &s.Stage }},
	{"since", true, func(s *pep.Snapshot) any { return &s.Since }},
	{"revision", true, func(s *pep.Snapshot) any { return &s.Revision }},
	{"started", true, func(s *pep.Snapshot) any { return &s.Started }},
	{"meeting", true, func(s *pep.Snapshot) any { return &s.Meeting }},
	{"term", true, func(s *pep.Snapshot) any { return &s.Term }},
	{"carried", false, func(s *pep.Snapshot) any { return &s.Carried }},
	{"carriedTo", false, func(s *pep.Snapshot) any { return &s.CarriedTo }},
	{"contributor", false, func(s *pep.Snapshot) any { return &s.Contributor.UUID }},
	{"delegated", false, func(s *pep.Snapshot) any { return &s.Delegated }},
	{"due", false, func(s *pep.Snapshot) any { return &s.Due }},
	{"dueByDefault", false, func(s *pep.Snapshot) any { return &s.DueByDefault }},
	{"submitted", false, func(s *pep.Snapshot) any { return &s.Submitted }},
	{"grade", false, func(s *pep.Snapshot) any { return &s.Grade }},
	{"gradedOn", false, func(s *pep.Snapshot) any { return &s.GradedOn }},
	{"next", false, func(s *pep.Snapshot) any { return &s.Next }},
	{"ceasedOn", false, func(s *pep.Snapshot) any { return &s.CeasedOn }},
	{"finalRevision", false, func(s *pep.Snapshot) any { return &s.Final.Revision }},
	{"finalisedOn", false, func(s *pep.Snapshot) any { return &s.Final.On }},
	{"finalGrade", false, func(s *pep.Snapshot) any { return &s.Final.Grade }},
	{"finalNext", false, func(s *pep.Snapshot) any { return &s.Final.Next }},
	{"finalEstablishment", false, func(s *pep.Snapshot) any { return &s.Final.Establishment.UUID }},
	{"retracted", false, func(s *pep.Snapshot) any { return &s.Retracted.Version }},
	{"sealedUntil", false, func(s *pep.Snapshot) any { return &s.Retracted.Until }},
	{"retractedFilled", false, func(s *pep.Snapshot) any { return &s.Retracted.Filled }},
	{"sections", true, func(s *pep.Snapshot) any { return &s.Sections }},
	{"filled", true, func(s *pep.Snapshot) any { return &s.Filled }},
}

var event = [...]member[pep.Event]{
	{"format", true, func(e *pep.Event) any { return &e.Format }},
	{"plan", true, func(e *pep.Event) any { return &e.Plan.UUID }},
	{"version", true, func(e *pep.Event) any { return &e.Version }},
	{"revision", true, func(e *pep.Event) any { return &e.Revision }},
	{"verb", true, func(e *pep.Event) any { return &e.Verb }},
	{"at", true, func(e *pep.Event) any { return &e.At }},
	{"on", true, func(e *pep.Event) any { return &e.On }},
	{"by", true, func(e *pep.Event) any { return &e.By.UUID }},
	{"for", false, func(e *pep.Event) any { return &e.For.UUID }},
	{"role", true, func(e *pep.Event) any { return &e.Role }},
	{"from", true, func(e *pep.Event) any { return &e.From }},
	{"to", true, func(e *pep.Event) any { return &e.To }},
	{"policy", true, func(e *pep.Event) any { return &e.Policy }},
	{"notices", false, func(e *pep.Event) any { return &e.Notices }},
	{"digest", false, func(e *pep.Event) any { return &e.Digest }},
	{"child", false, func(e *pep.Event) any { return &e.Child.UUID }},
	{"establishment", false, func(e *pep.Event) any { return &e.Establishment.UUID }},
	{"contributor", false, func(e *pep.Event) any { return &e.Contributor.UUID }},
	{"former", false, func(e *pep.Event) any { return &e.Former.UUID }},
	{"kind", false, func(e *pep.Event) any { return &e.Kind }},
	{"type", false, func(e *pep.Event) any { return &e.Type }},
	{"questions", false, func(e *pep.Event) any { return &e.Questions }},
	{"meeting", false, func(e *pep.Event) any { return &e.Meeting }},
	{"term", false, func(e *pep.Event) any { return &e.Term }},
	{"due", false, func(e *pep.Event) any { return &e.Due }},
	{"dueByDefault", false, func(e *pep.Event) any { return &e.DueByDefault }},
	{"section", false, func(e *pep.Event) any { return &e.Section }},
	{"filled", false, func(e *pep.Event) any { return &e.Filled }},
	{"grade", false, func(e *pep.Event) any { return &e.Grade }},
	{"next", false, func(e *pep.Event) any { return &e.Next }},
	{"ceasedOn", false, func(e *pep.Event) any { return &e.CeasedOn }},
	{"sealedUntil", false, func(e *pep.Event) any { return &e.SealedUntil }},
	{"restores", false, func(e *pep.Event) any { return &e.Restores }},
	{"size", false, func(e *pep.Event) any { return &e.Size }},
	{"waived", false, func(e *pep.Event) any { return &e.Waived }},
}
