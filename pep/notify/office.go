package notify

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// Office says where e-mails come from and where they may go. From, Portal and Domains are
// required.
type Office struct {
	From    string   // the sender, one bare address; each Message-ID has the domain of this address
	Portal  string   // the https address of a plan for an establishment, without the plan's id
	Cases   string   // the https address of a plan for a social worker; defaults to Portal
	Domains []string // the domains that may receive e-mails, such as "school.example"
}

// Check returns a *rule.Invalid for each member that is not valid.
func (o *Office) Check() error {
	faults := []error{
		rule.Need(isAddress(o.From), "from", "one bare e-mail address"),
		rule.Need(isBase(o.Portal), "portal", wantBase),
		rule.Need(o.Cases == "" || isBase(o.Cases), "cases", wantBase),
		rule.Need(len(o.Domains) > 0, "domains", "one domain or more"),
	}
	for _, d := range o.Domains {
		faults = append(faults, rule.Need(isDomain(d), "domains", "domains such as school.example"))
	}
	return errors.Join(faults...)
}

const (
	wantBase = "an https address in ASCII of up to 200 characters, with no user, query or fragment"
	maxBase  = 200
)

// isBase reports whether s is an address to which link can add a plan's id.
func isBase(s string) bool {
	u, err := url.Parse(s)
	if err != nil || len(s) > maxBase || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune(`<>"?#`, r) }) {
		return false
	}
	return u.Scheme == "https" && u.Host != "" && u.User == nil
}

// link returns the web address at which an addressee opens a plan.
func (o *Office) link(to pep.Addressees, plan pep.ID) string {
	base := o.Portal
	if to == pep.ToSocialWorker {
		base = cmp.Or(o.Cases, o.Portal)
	}
	return strings.TrimSuffix(base, "/") + "/" + plan.String()
}

// Recipient is one person who receives an e-mail. The zero Recipient receives nothing.
type Recipient struct {
	ID      uuid.UUID
	Address private.Text
}

// Details hold what the e-mails of a message need in addition to the message.
type Details struct {
	Meeting, Due civil.Date // the plan's dates; an e-mail leaves out a zero Date

	Worker      Recipient // the child's social worker
	Contributor Recipient // the contributor that the message names
}

// recipient returns the person to whom an addressee's e-mail goes.
func (d *Details) recipient(to pep.Addressees) Recipient {
	if to == pep.ToSocialWorker {
		return d.Worker
	}
	return d.Contributor
}

// Emails returns the e-mails of a message: one for each addressee of its notice, the
// social worker first. An addressee whose Recipient has no id receives nothing. If an
// address is refused, Emails leaves out that e-mail and returns the others with a
// *rule.Invalid for "address", which says whose address it is. It returns a *rule.Invalid
// and no e-mail for an office that Check refuses, for a message of an unknown kind, and
// for a message without an id, a plan or an instant.
func (o *Office) Emails(m storage.Message, d Details) (emails []Email, err error) {
	to, err := addressees(&m)
	if err := errors.Join(err, o.Check(),
		rule.Need(m.ID != uuid.Nil, "id", "an id"),
		rule.Need(!m.Plan.IsZero(), "plan", "an id"),
		rule.Need(!m.At.IsZero(), "at", "an instant"),
	); err != nil {
		return nil, err
	}
	var faults []error
	for i := range texts {
		t := &texts[i]
		r := d.recipient(t.to)
		if t.kind != occasion(&m, &d) || !to.Has(t.to) || r.ID == uuid.Nil {
			continue
		}
		if err := CheckAddress(r.Address.Reveal(private.Sending), o.Domains); err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", t.to, err))
			continue
		}
		emails = append(emails, Email{
			id: uuid.NewSHA1(m.ID, r.ID[:]), from: o.From, to: r.Address, at: m.At, text: t,
			plan: m.Plan, link: o.link(t.to, m.Plan), meeting: d.Meeting, due: d.Due,
		})
	}
	return emails, errors.Join(faults...)
}
