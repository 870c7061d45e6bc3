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

// ExportPurpose says why a plan leaves the system. The zero ExportPurpose is not valid.
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

const purposeMember, purposeWant = "purpose", "the reason for the export, such as review or subject_access"

// ParseExportPurpose returns the purpose whose text form is s, such as
// "subject_access".
func ParseExportPurpose(s string) (ExportPurpose, error) {
	return rule.Find[ExportPurpose](len(exportPurposes), s, purposeMember, purposeWant)
}

// String returns the text form of p, or "" for the zero ExportPurpose.
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

// ExportOrder says why a plan leaves the system, who receives it, and which sections they
// receive. Check refuses the zero ExportOrder.
type ExportOrder struct {
	Purpose   ExportPurpose
	Recipient private.Text // who receives the plan, in up to record.MaxLine characters; every page shows this text, and no store keeps it
	Named     bool         // whether to include the child's name from the register
	All       bool         // whether to include every section of the form
	Sections  []int        // the numbers, from 1, of the sections to include if All is not set; an empty list does not mean all
}

// Check returns a *rule.Invalid for each member that is not valid. An order needs a purpose,
// a recipient, and either All or Sections. Service.Export checks whether the form of the
// plan has those sections.
func (o ExportOrder) Check() error {
	return errors.Join(
		rule.Need(o.Purpose.String() != "", purposeMember, purposeWant),
		rule.Need(forms.Judge(o.Recipient.Reveal(private.Deciding)) == forms.Answered, "recipient", "who receives the plan"),
		record.CheckText("recipient", o.Recipient, record.MaxLine),
		rule.Need(o.All != (len(o.Sections) > 0), "sections", `section numbers, or empty if "all" is true`),
	)
}

// name returns the name of the order's entry in the audit trail.
func (o ExportOrder) name() string { return "export_" + o.Purpose.String() }

// of returns the sections that the order names. The argument count is the number of
// sections in the form. The error is a *rule.Invalid if the order names a section that the
// form does not have.
func (o ExportOrder) of(count int) (delegation.Sections, error) {
	every := delegation.Every(count)
	if o.All {
		return every, nil
	}
	named, known := delegation.NewSections(o.Sections...)
	return named, rule.Need(known && named&^every == 0, "sections", "numbers of sections of the form, from 1 to "+strconv.Itoa(count))
}
