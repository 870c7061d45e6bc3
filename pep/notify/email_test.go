package notify_test

import (
	"bytes"
	"fmt"
	"net/mail"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/goldentest"
	"virtualschool.example/pep/notify"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/private/privatetest"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// message returns a message of a kind that names an establishment.
func message(kind string) storage.Message {
	return storage.Message{
		ID: uuid.UUID{1}, Plan: pep.ID{UUID: uuid.UUID{2}}, Version: 1, Kind: kind,
		Establishment: record.EstablishmentID{UUID: uuid.UUID{3}},
		On:            civil.MustParse("2026-01-28"), At: time.Date(2026, time.January, 28, 9, 30, 0, 0, time.UTC),
	}
}

// details returns the details of a plan whose meeting is on the day of the message.
func details() notify.Details {
	return notify.Details{
		Meeting: civil.MustParse("2026-01-28"), Due: civil.MustParse("2026-02-11"),
		Worker:      notify.Recipient{ID: uuid.UUID{4}, Address: private.NewText("social.worker@council.example")},
		Contributor: notify.Recipient{ID: uuid.UUID{5}, Address: private.NewText("teacher@quarrybank.example")},
	}
}

// written returns an e-mail as WriteTo writes it.
func written(t require.TestingT, e *notify.Email) string {
	var b bytes.Buffer
	n, err := e.WriteTo(&b)
	require.NoError(t, err)
	require.EqualValues(t, b.Len(), n)
	return b.String()
}

// TestTheEMailsOfEveryVerbAndAddressee shows each text in full.
func TestTheEMailsOfEveryVerbAndAddressee(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	show := func(title string, m storage.Message) {
		emails, err := office.Emails(m, details())
		require.NoError(t, err)
		for i := range emails {
			fmt.Fprintf(&b, "==== %s\n%s\n", title, strings.ReplaceAll(written(t, &emails[i]), "\r\n", "\n"))
		}
	}
	for verb := range pep.AllVerbs() {
		notices := verb.Notices()
		for _, n := range notices.List() {
			m := message(n.String())
			m.Verb = verb
			show(verb.String()+": "+n.String(), m)
		}
	}
	show("the day of the meeting: reminder", message(storage.Reminder))
	early := message(storage.Reminder)
	early.On = early.On.AddDays(10)
	show("before the due date: reminder", early)
	goldentest.Require(t, "testdata/emails.txt", b.String())
}

// TestEveryNoticeReachesItsAddresseesAndNobodyElse also requires that an establishment
// which the message does not name, and a person without an id, receive nothing.
func TestEveryNoticeReachesItsAddresseesAndNobodyElse(t *testing.T) {
	t.Parallel()
	for n := range pep.AllNotices() {
		var want []string
		if n.To().Has(pep.ToSocialWorker) {
			want = append(want, "social.worker@council.example")
		}
		toWorker := want
		if n.To().Has(pep.ToEstablishment) {
			want = append(want, "teacher@quarrybank.example")
		}
		require.Equal(t, want, readers(t, message(n.String()), details()), n)
		none := message(n.String())
		none.Establishment = record.EstablishmentID{}
		require.Equal(t, toWorker, readers(t, none, details()), n)
		require.Empty(t, readers(t, message(n.String()), notify.Details{}), n)
	}
}

// readers returns the addresses to which the e-mails of a message go.
func readers(t *testing.T, m storage.Message, d notify.Details) (to []string) {
	emails, err := office.Emails(m, d)
	require.NoError(t, err)
	for _, e := range emails {
		to = append(to, e.To().Reveal(private.Sending))
	}
	return to
}

// TestOneRefusedAddressDoesNotStopTheOtherEMail requires an error for the refused address.
func TestOneRefusedAddressDoesNotStopTheOtherEMail(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", "teacher@elsewhere.example", "teacher@quarrybank.example\r\nBcc: x@elsewhere.example"} {
		d := details()
		d.Contributor.Address = private.NewText(address)
		emails, err := office.Emails(message("graded"), d)
		require.EqualError(t, err, "the establishment: address must be one bare e-mail address in an allowed domain")
		require.Equal(t, "address", rule.InvalidMember(err))
		require.Len(t, emails, 1)
		require.Equal(t, "social.worker@council.example", emails[0].To().Reveal(private.Sending))
	}
}

// TestABadOfficeOrMessageIsInvalid requires that Emails returns an error and no e-mail.
func TestABadOfficeOrMessageIsInvalid(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		member string
		spoil  func(*notify.Office, *storage.Message)
	}{
		{"notice", func(_ *notify.Office, m *storage.Message) { m.Kind = "postcard" }},
		{"notice", func(_ *notify.Office, m *storage.Message) { m.Kind = "" }},
		{"id", func(_ *notify.Office, m *storage.Message) { m.ID = uuid.Nil }},
		{"plan", func(_ *notify.Office, m *storage.Message) { m.Plan = pep.ID{} }},
		{"at", func(_ *notify.Office, m *storage.Message) { m.At = time.Time{} }},
		{"from", func(o *notify.Office, _ *storage.Message) { o.From = "Council <noreply@council.example>" }},
		{"portal", func(o *notify.Office, _ *storage.Message) { o.Portal = "" }},
		{"portal", func(o *notify.Office, _ *storage.Message) { o.Portal = "http://portal.example" }},
		{"portal", func(o *notify.Office, _ *storage.Message) { o.Portal = "https:///plans" }},
		{"portal", func(o *notify.Office, _ *storage.Message) { o.Portal = "https://user@portal.example" }},
		{"portal", func(o *notify.Office, _ *storage.Message) { o.Portal = "https://portal.example/?plan=" }},
		{"portal", func(o *notify.Office, _ *storage.Message) { o.Portal = "https://portal.example/#" }},
		{"portal", func(o *notify.Office, _ *storage.Message) { o.Portal = "https://portal.example/\nBcc" }},
		{"portal", func(o *notify.Office, _ *storage.Message) { o.Portal = "https://portäl.example" }},
		{"portal", func(o *notify.Office, _ *storage.Message) {
			o.Portal = "https://portal.example/" + strings.Repeat("a", 200)
		}},
		{"cases", func(o *notify.Office, _ *storage.Message) { o.Cases = "cases" }},
		{"domains", func(o *notify.Office, _ *storage.Message) { o.Domains = nil }},
		{"domains", func(o *notify.Office, _ *storage.Message) { o.Domains = []string{"example"} }},
		{"domains", func(o *notify.Office, _ *storage.Message) { o.Domains = []string{"127.0.0.1"} }},
		{"domains", func(o *notify.Office, _ *storage.Message) { o.Domains = []string{"a.example", "*.b.example"} }},
	} {
		o, m := office, message("graded")
		test.spoil(&o, &m)
		emails, err := o.Emails(m, details())
		require.Equal(t, []string{test.member}, rule.InvalidMembers(err))
		require.Empty(t, emails)
	}
}

// TestAMessageIDFollowsFromMessageAndAddressee also requires a repeat to be byte-for-byte
// identical to the first e-mail.
func TestAMessageIDFollowsFromMessageAndAddressee(t *testing.T) {
	t.Parallel()
	of := func(m storage.Message, d notify.Details) []notify.Email {
		emails, err := office.Emails(m, d)
		require.NoError(t, err)
		require.Len(t, emails, 2)
		return emails
	}
	first, again := of(message("graded"), details()), of(message("graded"), details())
	require.Equal(t, "0a95ee69-3cd1-529f-88e3-e77e7147b911@council.example", first[0].MessageID())
	require.NotEqual(t, first[0].ID(), first[1].ID())
	for i := range first {
		require.Equal(t, written(t, &first[i]), written(t, &again[i]))
	}
	other, retried := message("graded"), message("graded")
	other.ID, retried.Attempts, retried.At = uuid.UUID{9}, 7, retried.At.In(time.FixedZone("", 3600))
	inOtherZone := of(retried, details())
	require.Equal(t, written(t, &first[0]), written(t, &inOtherZone[0]), "a store may return the instant in another time zone")
	require.NotEqual(t, first[0].ID(), of(other, details())[0].ID())
	require.Equal(t, first[0].ID(), of(retried, details())[0].ID())
	moved := details()
	moved.Worker.Address = private.NewText("corrected@council.example")
	require.Equal(t, first[0].ID(), of(message("graded"), moved)[0].ID(), "a corrected address does not change the id")
	replaced := details()
	replaced.Worker.ID = uuid.UUID{8}
	require.NotEqual(t, first[0].ID(), of(message("graded"), replaced)[0].ID(), "another person has another id")
}

// TestAnEMailHoldsOnlyAFixedTextAndPermittedFacts takes the dates, the plan's id, the
// address, the instant and the Message-ID out of an e-mail. Whatever the message and the
// details were, one of the fixed texts must remain.
func TestAnEMailHoldsOnlyAFixedTextAndPermittedFacts(t *testing.T) {
	t.Parallel()
	kinds := []string{storage.Reminder}
	for n := range pep.AllNotices() {
		kinds = append(kinds, n.String())
	}
	blank := func(t require.TestingT, e *notify.Email, m storage.Message, d notify.Details) string {
		s := written(t, e)
		for _, fact := range []struct{ value, name string }{
			{e.MessageID(), "{id}"}, {m.Plan.String(), "{plan}"}, {e.To().Reveal(private.Sending), "{to}"},
			{e.Date().Format(time.RFC1123Z), "{at}"},
			{d.Meeting.Weekday().String() + " " + d.Meeting.Words(), "{meeting}"}, {d.Due.Weekday().String() + " " + d.Due.Words(), "{due}"},
		} {
			s = strings.ReplaceAll(s, fact.value, fact.name)
		}
		return s
	}
	anyID := func(t *rapid.T, name string) (id uuid.UUID) {
		copy(id[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, name))
		id[0] |= 1
		return id
	}
	anyDay := func(t *rapid.T, name string) civil.Date {
		return civil.MustParse("2020-01-01").AddDays(rapid.IntRange(0, 5000).Draw(t, name))
	}
	rapid.Check(t, func(t *rapid.T) {
		m, d := message(rapid.SampledFrom(kinds).Draw(t, "kind")), details()
		plainly, err := office.Emails(m, d)
		require.NoError(t, err)
		want := make([]string, len(plainly))
		for i := range plainly {
			want[i] = blank(t, &plainly[i], m, d)
		}

		m.ID, m.Plan.UUID = anyID(t, "message"), anyID(t, "plan")
		m.Child.UUID, m.Establishment.UUID, m.Contributor.UUID = anyID(t, "child"), anyID(t, "establishment"), anyID(t, "contributor")
		m.Version, m.Part, m.Attempts = rapid.Int64().Draw(t, "version"), rapid.Int().Draw(t, "part"), rapid.Int().Draw(t, "attempts")
		m.Verb = pep.Verb(rapid.Byte().Draw(t, "verb"))
		m.At = time.Unix(rapid.Int64Range(1, 4e9).Draw(t, "at"), 0)
		d.Meeting, d.Worker.ID, d.Contributor.ID = anyDay(t, "meeting"), anyID(t, "worker"), anyID(t, "teacher")
		d.Due = d.Meeting.AddDays(14)
		m.On = d.Meeting
		emails, err := office.Emails(m, d)
		require.NoError(t, err)
		require.Len(t, emails, len(want))
		for i := range emails {
			require.Equal(t, want[i], blank(t, &emails[i], m, d))
		}
	})
}

// TestEveryEMailCanBeReadByAnyMailProgram requires ASCII, CRLF, short lines, and headers
// that net/mail can read.
func TestEveryEMailCanBeReadByAnyMailProgram(t *testing.T) {
	t.Parallel()
	for n := range pep.AllNotices() {
		emails, err := office.Emails(message(n.String()), details())
		require.NoError(t, err)
		for i := range emails {
			e := &emails[i]
			s := written(t, e)
			require.NotContains(t, strings.ReplaceAll(s, "\r\n", ""), "\n")
			for line := range strings.SplitSeq(s, "\r\n") {
				require.LessOrEqual(t, len(line), 80, line)
				require.NotEqual(t, ".", line)
				require.Equal(t, -1, strings.IndexFunc(line, func(r rune) bool { return r < ' ' || r > '~' }), line)
			}
			read, err := mail.ReadMessage(strings.NewReader(s))
			require.NoError(t, err)
			require.Equal(t, e.Subject(), read.Header.Get("Subject"))
			require.Equal(t, "<"+e.MessageID()+">", read.Header.Get("Message-ID"))
			require.Equal(t, "auto-generated", read.Header.Get("Auto-Submitted"))
			at, err := read.Header.Date()
			require.NoError(t, err)
			require.True(t, at.Equal(e.Date()))
			for header, want := range map[string]string{"From": e.From(), "To": e.To().Reveal(private.Sending)} {
				list, err := read.Header.AddressList(header)
				require.NoError(t, err)
				require.Equal(t, []*mail.Address{{Address: want}}, list)
			}
		}
	}
}

func TestAMissingDueDateIsLeftOut(t *testing.T) {
	t.Parallel()
	d := details()
	d.Due = civil.Date{}
	emails, err := office.Emails(message("delegated"), d)
	require.NoError(t, err)
	require.Contains(t, emails[0].Body(), "Meeting: Wednesday 28 January 2026\n")
	require.NotContains(t, emails[0].Body(), "Due:")
}

func TestASocialWorkersLinkGoesToCasesOrElseToThePortal(t *testing.T) {
	t.Parallel()
	o := office
	o.Cases = ""
	for _, at := range []struct {
		office notify.Office
		want   string
	}{{office, "\nhttps://cases.council.example/0200"}, {o, "\nhttps://portal.council.example/plans/0200"}} {
		emails, err := at.office.Emails(message("returned"), details())
		require.NoError(t, err)
		require.Contains(t, emails[0].Body(), at.want)
	}
}

// TestNothingShowsAnAddress prints, logs and marshals every type that may hold one.
func TestNothingShowsAnAddress(t *testing.T) {
	t.Parallel()
	privatetest.Package(t, notify.Email{}, notify.Office{}, notify.Recipient{}, notify.Details{}, notify.Config{}, notify.Publisher{})
}
