package workflow

import (
	"errors"
	"strconv"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// ExportPurpose says for what a plan leaves the system. The zero ExportPurpose is
// none.
type ExportPurpose uint8

// The purposes of an export.
const (
	ForMeeting       ExportPurpose = 1 + iota // the PEP meeting
	ForReview                                 // the review of the child's case
	ForSchool                                 // the school, college or setting keeps a copy
	ForFamily                                 // the child, a carer or a parent keeps a copy
	ForTransfer                               // another authority takes the case over
	ForSubjectAccess                          // somebody asked for the personal data held about them
	ForCourt                                  // a court asked for it, or proceedings need it
	ForInspection                             // an inspector looks at it
)

var exportPurposes = [...]struct{ name, words string }{
	ForMeeting:       {"meeting", "the PEP meeting"},
	ForReview:        {"review", "the review of the child's case"},
	ForSchool:        {"school", "the school, college or setting"},
	ForFamily:        {"family", "the child, a carer or a parent"},
	ForTransfer:      {"transfer", "the transfer to another authority"},
	ForSubjectAccess: {"subject_access", "a subject access request"},
	ForCourt:         {"court", "court proceedings"},
	ForInspection:    {"inspection", "an inspection"},
}

const purposeMember, purposeWant = "purpose", "why the plan leaves the system, such as review or subject_access"

// ParseExportPurpose returns the purpose whose text form is s, such as
// "subject_access".
func ParseExportPurpose(s string) (ExportPurpose, error) {
	return rule.Find[ExportPurpose](len(exportPurposes), s, purposeMember, purposeWant)
}

// String returns the text form of p, or "" for none.
func (p ExportPurpose) String() string { return rule.Row(exportPurposes[:], p).name }

// Words returns p in words that follow "exported for", such as "an inspection".
func (p ExportPurpose) Words() string { return rule.Row(exportPurposes[:], p).words }

// MarshalText returns the text form of p.
func (p ExportPurpose) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads the text form of a purpose as ParseExportPurpose does, and
// empty text as the zero ExportPurpose.
func (p *ExportPurpose) UnmarshalText(text []byte) error {
	return rule.Unmarshal(text, p, ParseExportPurpose)
}

// ExportOrder says why a plan leaves the system, for whom, and how much of it. The
// zero ExportOrder exports nothing.
type ExportOrder struct {
	Purpose   ExportPurpose
	Recipient private.Text // who gets it, in up to record.MaxLine characters; it is printed on every page and kept nowhere
	Named     bool         // the child's name, as the register has it, is given too
	All       bool         // every section of the form is given
	Sections  []int        // or these, from 1; a list without a section is refused, not read as all
}

// Check returns a *rule.Invalid for each member that cannot be: the purpose and the
// recipient are needed, and the sections or All. Only the plan says which sections its
// form has, so Service.Export checks that.
func (o ExportOrder) Check() error {
	return errors.Join(
		rule.Need(o.Purpose.String() != "", purposeMember, purposeWant),
		rule.Need(forms.Judge(o.Recipient.Reveal(private.Deciding)) == forms.Answered, "recipient", "who gets the plan"),
		record.CheckText("recipient", o.Recipient, record.MaxLine),
		rule.Need(o.All != (len(o.Sections) > 0), "sections", "numbers of sections, at least one, or no number with all"),
	)
}

// name returns what the audit trail calls an export for the order's purpose.
func (o ExportOrder) name() string { return "export_" + o.Purpose.String() }

// of returns the sections of a form of so many that the order names. It returns a
// *rule.Invalid where the form has no such section.
func (o ExportOrder) of(count int) (delegation.Sections, error) {
	every := delegation.Every(count)
	if o.All {
		return every, nil
	}
	named, known := delegation.NewSections(o.Sections...)
	return named, rule.Need(known && named&^every == 0, "sections", "numbers of sections of the form, from 1 to "+strconv.Itoa(count))
}
