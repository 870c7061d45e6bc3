package ask

import (
	"encoding/json"
	"fmt"
	"hash/crc32"
	"math"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// state is the state of a plan with the checksum from the answer that gave it. The
// checksum is "" if it was left out, as in a state from a store.
type state struct {
	pep.Snapshot
	checksum string
}

// whole returns a *rule.Invalid if the state does not match its checksum.
func (s *state) whole() error {
	return rule.Need(s.checksum == "" || s.checksum == checksum(s.doc()), "checksum",
		"the checksum of this state; the state has been changed since an answer gave it")
}

// doc returns the state as JSON without its checksum.
func (s *state) doc() []byte {
	doc, _ := json.Marshal(s.Snapshot) // cannot fail: every field has a JSON form
	return doc
}

// checksum returns the CRC-32C of JSON in hexadecimal digits.
func checksum(doc []byte) string {
	return fmt.Sprintf("%08x", crc32.Checksum(doc, crc32.MakeTable(crc32.Castagnoli)))
}

// given returns the state of a plan as an answer gives it: as JSON with a checksum.
func given(s pep.Snapshot) json.RawMessage {
	doc := (&state{Snapshot: s}).doc()
	return fmt.Appendf(doc[:len(doc)-1:len(doc)-1], `,"checksum":%q}`, checksum(doc))
}

// readState reads the state of a plan as the function given writes it. It returns the
// zero state if the value is absent. If the format is not pep.Format, readState reports only
// that fault.
func readState(v strict.Value) (s state) {
	in := v.Object()
	s.Format = in.Need("format").IntFrom(pep.Format, pep.Format,
		fmt.Sprintf("%d, the format that this program uses; send the state back exactly as you received it", pep.Format))
	if v.IsObject() && s.Format == 0 {
		for range in.All() {
		}
		return s
	}
	s.ID = pep.ID{UUID: readID(in.Need("id"))}
	s.Version = int64(in.Need("version").IntFrom(1, maxWhole, "a whole number, 1 or more"))
	s.Child = record.ChildID{UUID: readID(in.Need("child"))}
	s.Establishment = record.EstablishmentID{UUID: readID(in.May("establishment"))}
	s.Kind = strict.Named(in.Need("kind"), "", pep.ParsePlanKind)
	s.Type = strict.Named(in.Need("type"), "", forms.ParseType)
	s.Questions = in.Need("questions").IntFrom(1, math.MaxInt32, "the edition of the questions, 1 or more")
	s.Policy = in.Need("policy").IntFrom(1, math.MaxInt32, "a revision number, 1 or more")
	s.Stage = strict.Named(in.Need("stage"), "", parseStarted)
	s.Since, s.Revision = in.Need("since").Date(), in.Need("revision").IntFrom(1, math.MaxInt32, "a whole number, 1 or more")
	s.Started, s.Meeting, s.Term = in.Need("started").Date(), in.Need("meeting").Date(), termValue(in.Need("term"))
	s.Carried, s.CarriedTo = in.May("carried").IntFrom(0, math.MaxInt16, wantTimes), termValue(in.May("carriedTo"))
	readDelegated(in, &s.Snapshot)
	s.Grade, s.GradedOn = strict.Named(in.May("grade"), "", pep.ParseGrade), in.May("gradedOn").Date()
	s.Next, s.CeasedOn = in.May("next").Date(), in.May("ceasedOn").Date()
	readKept(in, &s.Snapshot)
	states := strict.Exactly(in.Need("sections"), forms.MaxSections, "the states of the sections", func(v strict.Value) delegation.State {
		return strict.Named(v.Described(noSection), "", parseSectionState)
	})
	copy(s.Sections[:], states)
	copy(s.Filled[:], readBoxes(in.Need("filled")))
	s.checksum = in.May("checksum").Name("the checksum that the answer gave the state")
	return s
}

// maxWhole is the highest whole number in a state. Every language can represent it
// exactly, and also the next higher number, which is a plan's version after one more
// step.
const maxWhole = 1<<53 - 1

// readDelegated reads the members that are set when a plan is delegated or returned.
func readDelegated(in *strict.Members, s *pep.Snapshot) {
	s.Contributor = record.ContributorID{UUID: readID(in.May("contributor"))}
	s.Delegated, s.Due, s.DueByDefault = in.May("delegated").Date(), in.May("due").Date(), in.May("dueByDefault").Bool()
	s.Submitted = in.May("submitted").Date()
}

// readKept reads the members about the last finalised revision and about the last
// retract.
func readKept(in *strict.Members, s *pep.Snapshot) {
	s.Final = pep.Final{
		Revision:      in.May("finalRevision").IntFrom(1, math.MaxInt32, "a revision number, 1 or more"),
		On:            in.May("finalisedOn").Date(),
		Grade:         strict.Named(in.May("finalGrade"), "", pep.ParseGrade),
		Next:          in.May("finalNext").Date(),
		Establishment: record.EstablishmentID{UUID: readID(in.May("finalEstablishment"))},
	}
	s.Retracted = pep.Retracted{
		Version: int64(in.May("retracted").IntFrom(1, maxWhole, "a version number, 1 or more")),
		Until:   in.May("sealedUntil").Date(),
	}
	copy(s.Retracted.Filled[:], readBoxes(in.May("retractedFilled")))
}

// parseSectionState parses the state of a section. The text is "" if the form does not have
// the section.
func parseSectionState(s string) (delegation.State, error) {
	if s == "" {
		return 0, nil
	}
	return delegation.ParseState(s)
}

// noSection adds "", the state of a section that the form does not have.
func noSection(s *strict.Shape) { s.Names = append(s.Names, "") }

// readBoxes reads which boxes of each section are filled.
func readBoxes(v strict.Value) []forms.Filled {
	return strict.Exactly(v, forms.MaxSections, "the filled boxes of the sections", func(v strict.Value) forms.Filled {
		return strict.Parsed(v.Matching("^[0-9]{1,20}$"), "", forms.ParseFilled)
	})
}
