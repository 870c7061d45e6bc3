package record

import (
	"errors"
	"time"

	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Request is a form sent to the service desk. Its kind says which members it
// needs and which it may have; the other members must be zero.
type Request struct {
	ID            RequestID
	Kind          RequestKind
	By            PersonID
	At            time.Time
	Establishment EstablishmentID // the agency concerned
	Agency        Agency          // the agency's new details
	Contributor   ContributorID   // the contributor who has the account
	Person        private.Text    // the name on the account
	Email         private.Text    // the address of the account
	Child         ChildID
	SUNumber      private.Text // the child's number in the social care system
	Meeting       civil.Date   // the date of the form, which is the day of the plan's meeting
	Description   private.Text
	Reply         Reply // the answer; zero while the request is open
}

// Agency holds the details of an establishment that the request asks the
// service desk to record in the social care system.
type Agency struct {
	Name     string
	Address  string
	PostCode string
	Phone    string
	Portal   bool // whether plans are delegated to it through the portal
}

// Open reports whether nobody has answered the request.
func (r *Request) Open() bool { return r.Reply.IsZero() }

// Check returns a *rule.Invalid for each member that is not valid. A request
// needs its kind, its sender and its instant, and each member that the kind
// needs. It must have no member that does not belong to the kind, and no text
// that is too long. To reopen, delete or restore a plan, it needs the child
// with the SU number, the date of the form and a description (FINAL-4).
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

// requestForm says which members a kind of request needs, and which others it
// may have.
type requestForm struct{ needs, may members }

// members is a set of the requestMembers, with one bit for each.
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

// requestMembers lists the members of a request in the order of their bits: the
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

// requestForms holds the forms of the service desk.
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

// check returns a *rule.Invalid if r lacks member i and the form needs it, or
// if r has member i and the form does not allow it.
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

// Reply is the service desk's answer to a request. The zero Reply means that
// nobody has answered yet.
type Reply struct {
	By   PersonID
	At   time.Time
	Text private.Text // an account of what was done; zero if there is nothing to say
}

// IsZero reports whether nobody has answered.
func (r Reply) IsZero() bool { return r.By.IsZero() && r.At.IsZero() && r.Text.IsZero() }

// Check returns a *rule.Invalid if the person who answered or the instant is
// missing, or the text is too long or not UTF-8.
func (r Reply) Check() error {
	return errors.Join(
		rule.Need(!r.By.IsZero(), byMember, byWant),
		rule.Need(!r.At.IsZero(), atMember, atWant),
		CheckText("text", r.Text, MaxText),
	)
}
