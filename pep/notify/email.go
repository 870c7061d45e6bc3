package notify

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/term/civil"
)

// Email is one message as it is sent to one addressee. Only Office.Emails makes an Email,
// and nobody can put a text into it. Everything in it depends only on the message, the
// plan's dates, the addressee and the office, so a repeat is byte-for-byte identical.
type Email struct {
	id           uuid.UUID
	from         string
	to           private.Text
	at           time.Time
	text         *text
	plan         pep.ID
	link         string
	meeting, due civil.Date
}

// ID returns the id of the e-mail: the UUIDv5 of the message's id and the addressee's id.
func (e *Email) ID() uuid.UUID { return e.id }

// MessageID returns the Message-ID without its angle brackets: the ID in the domain
// of From.
func (e *Email) MessageID() string {
	_, domain, _ := strings.Cut(e.from, "@")
	return e.id.String() + "@" + domain
}

// From returns the bare address from which the e-mail comes.
func (e *Email) From() string { return e.from }

// To returns the bare address to which the e-mail goes.
func (e *Email) To() private.Text { return e.to }

// Date returns the instant of the message, in UTC.
func (e *Email) Date() time.Time { return e.at.UTC() }

// Subject returns the subject, in ASCII. It depends only on the kind of the message and
// on whether it goes to the social worker or to the establishment.
func (e *Email) Subject() string { return e.text.subject }

// Body returns the body, in ASCII with lines that end in "\n". It has a fixed text, the
// dates of the plan, a link and a reference.
func (e *Email) Body() string {
	parts := []string{e.text.says}
	if dates := e.dates(); dates != "" {
		parts = append(parts, dates)
	}
	return strings.Join(append(parts, e.text.do, e.link, "Reference: "+e.plan.String(), footer), "\n\n") + "\n"
}

// dates returns a line for each date that the text shows, if the plan has that date.
func (e *Email) dates() string {
	var lines []string
	for _, d := range [...]struct {
		shown bool
		name  string
		on    civil.Date
	}{{e.text.meeting, "Meeting", e.meeting}, {e.text.due, "Due", e.due}} {
		if d.shown && !d.on.IsZero() {
			lines = append(lines, fmt.Sprintf("%s: %s %s", d.name, d.on.Weekday(), d.on.Words()))
		}
	}
	return strings.Join(lines, "\n")
}

// WriteTo writes the e-mail as it is sent (RFC 5322): plain text in ASCII, with
// lines that end in CRLF.
func (e *Email) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	for _, header := range [...]struct{ name, value string }{
		{"From", e.from},
		{"To", e.to.Reveal(private.Sending)},
		{"Subject", e.Subject()},
		{"Date", e.Date().Format(time.RFC1123Z)},
		{"Message-ID", "<" + e.MessageID() + ">"},
		{"Auto-Submitted", "auto-generated"}, // so that no program replies to it (RFC 3834)
		{"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=us-ascii"},
		{"Content-Transfer-Encoding", "7bit"},
	} {
		fmt.Fprintf(&b, "%s: %s\r\n", header.name, header.value)
	}
	b.WriteString("\r\n" + strings.ReplaceAll(e.Body(), "\n", "\r\n"))
	return b.WriteTo(w)
}
