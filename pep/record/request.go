package record

import (
	"errors"
	"time"

	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Request is something asked of the service desk: one of its forms. Its kind
// says which members it needs and which it may have; the rest are zero.
type Request struct {
	ID            RequestID
	Kind          RequestKind
	By            PersonID
	At            time.Time
	Establishment EstablishmentID // the agency concerned
	Agency        Agency          // as it is to be
	Contributor   ContributorID   // whose account it is
	Person        private.Text    // the name on the account
	Email         private.Text    // the address of the account
	Child         ChildID
	SUNumber      private.Text // the child's number in the social care system
	Meeting       civil.Date   // the date of the form, which is its plan's meeting
	Description   private.Text
	Reply         Reply // zero while the request is open
}

// Agency is an establishment as it is asked to be in the social care system.
type Agency struct {
	Name     string
	Address  string
	PostCode string
	Phone    string
	Portal   bool // plans are delegated to it through the portal
}

// Open reports whether nobody has answered the request.
func (r *Request) Open() bool { return r.Reply.IsZero() }

// Check returns a *rule.Invalid for each member that cannot be: the kind, who
// asks and the instant are needed; beside them each member that the kind needs
// and that is missing, each that does not belong to the kind, and each text that
// is too long. To reopen, delete or restore a plan, the child with their SU number,
// the date of the form and a description are needed (FINAL-4).
func (r Request) Check() error {
	errs := []error{
		rule.Need(r.Kind.String() != "", kindMember, requestWant),
		rule.Need(!r.By.IsZero(), byMember, byWant),
		rule.Need(!r.At.IsZero(), atMember, atWant),
	}
	if f := rule.Row(requestForms[:], r.Kind); f.needs != 0 {
		for i := range requestMembers {
			errs = append(errs, f.check(&r, i))
		}
	}
	errs = append(errs, r.texts())
	if !r.Open() {
		errs = append(errs, r.Reply.Check())
	}
	return errors.Join(errs...)
}

// texts returns a *rule.Invalid for each text that is too long or not UTF-8.
func (r *Request) texts() error {
	return errors.Join(
		rule.NeedText("name", r.Agency.Name, MaxLine),
		rule.NeedText("address", r.Agency.Address, MaxLine),
		rule.NeedText("postCode", r.Agency.PostCode, MaxLine),
		rule.NeedText("phone", r.Agency.Phone, MaxLine),
		CheckText("person", r.Person, MaxLine),
		CheckText("email", r.Email, MaxLine),
		CheckText("suNumber", r.SUNumber, MaxLine),
		CheckText("description", r.Description, MaxText),
	)
}

// requestForm is what a kind of request needs, and what it may have besides.
type requestForm struct{ needs, may members }

// members is a set of the requestMembers, one bit each.
type members uint16

const (
	ofEstablishment members = 1 << iota
	ofName
	ofAddress
	ofPostCode
	ofPhone
	ofPortal
	ofContributor
	ofPerson
	ofEmail
	ofChild
	ofSUNumber
	ofMeeting
	ofDescription

	ofAgency = ofName | ofAddress | ofPostCode | ofPhone
	ofPlan   = ofChild | ofSUNumber | ofMeeting
)

// requestMembers are the members of a request in the order of their bits: the
// name of each, what it must be, and whether a request has it.
var requestMembers = [...]struct {
	name, want string
	in         func(*Request) bool
}{
	{"establishment", "the agency concerned", func(r *Request) bool { return !r.Establishment.IsZero() }},
	{"name", "the name of the agency", func(r *Request) bool { return written(r.Agency.Name) }},
	{"address", "the address of the agency", func(r *Request) bool { return written(r.Agency.Address) }},
	{"postCode", "the post code of the agency", func(r *Request) bool { return written(r.Agency.PostCode) }},
	{"phone", "the phone number of the agency", func(r *Request) bool { return written(r.Agency.Phone) }},
	{"portal", "whether plans are delegated to the agency through the portal", func(r *Request) bool { return r.Agency.Portal }},
	{"contributor", "whose account it is", func(r *Request) bool { return !r.Contributor.IsZero() }},
	{"person", "the name on the account", func(r *Request) bool { return said(r.Person) }},
	{"email", "the e-mail address of the account", func(r *Request) bool { return said(r.Email) }},
	{"child", "the child whose plan it is", func(r *Request) bool { return !r.Child.IsZero() }},
	{"suNumber", "the child's SU number", func(r *Request) bool { return said(r.SUNumber) }},
	{"meeting", "the date of the form", func(r *Request) bool { return !r.Meeting.IsZero() }},
	{"description", "a description of the matter", func(r *Request) bool { return said(r.Description) }},
}

func written(s string) bool { return forms.Judge(s) != forms.Blank }

func said(t private.Text) bool { return written(t.Reveal(private.Deciding)) }

// requestForms are the forms of the service desk.
var requestForms = [...]requestForm{
	NewAgency:       {ofAgency, ofEstablishment | ofPortal | ofDescription},
	AmendAgency:     {ofEstablishment | ofAgency, ofPortal | ofDescription},
	NewPortalUser:   {ofEstablishment | ofPerson | ofEmail, ofContributor | ofDescription},
	AmendPortalUser: {ofContributor | ofPerson | ofEmail, ofEstablishment | ofDescription},
	CeasePortalUser: {ofContributor | ofPerson, ofEstablishment | ofEmail | ofDescription},
	TechnicalIssue:  {ofDescription, ofPlan | ofEstablishment | ofContributor},
	ReopenPlan:      {ofPlan | ofDescription, 0},
	DeletePlan:      {ofPlan | ofDescription, 0},
	RestorePlan:     {ofPlan | ofDescription, 0},
}

// check returns a *rule.Invalid where a request lacks a member that the form
// needs, or has one that does not belong to it.
func (f requestForm) check(r *Request, i int) error {
	m, bit := requestMembers[i], members(1)<<i
	switch in := m.in(r); {
	case !in && f.needs&bit != 0:
		return &rule.Invalid{Member: m.name, Want: m.want}
	case in && (f.needs|f.may)&bit == 0:
		return &rule.Invalid{Member: m.name, Want: "left out, because a request of this kind does not have it"}
	}
	return nil
}

// Reply is the service desk's answer to a request. The zero Reply says that
// nobody has answered.
type Reply struct {
	By   PersonID
	At   time.Time
	Text private.Text // what was done; zero where there is nothing to say
}

// IsZero reports whether nobody has answered.
func (r Reply) IsZero() bool { return r.By.IsZero() && r.At.IsZero() && r.Text.IsZero() }

// Check returns a *rule.Invalid for each member that cannot be: who answered and
// the instant are needed, and the text must not be too long.
func (r Reply) Check() error {
	return errors.Join(
		rule.Need(!r.By.IsZero(), byMember, byWant),
		rule.Need(!r.At.IsZero(), atMember, atWant),
		CheckText("text", r.Text, MaxText),
	)
}
