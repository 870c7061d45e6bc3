package smtp_test

import (
	"bytes"
	"context"
	"errors"
	"net"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/notify"
	"virtualschool.example/pep/notify/smtp"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/private/privatetest"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/storage/outbox"
)

const (
	secret  = "Sesame-Quillfeather"
	user    = "notifier-7"
	teacher = "teacher@quarrybank.example"
)

var office = notify.Office{
	From: "noreply@council.example", Portal: "https://portal.council.example/plans", Domains: []string{"quarrybank.example"},
}

// email returns an e-mail to the teacher, and the same e-mail as WriteTo writes it.
func email(t *testing.T) (notify.Email, string) {
	t.Helper()
	emails, err := office.Emails(storage.Message{
		ID: uuid.UUID{1}, Plan: pep.ID{UUID: uuid.UUID{2}}, Kind: "delegated",
		Establishment: record.EstablishmentID{UUID: uuid.UUID{3}}, At: time.Unix(1_769_000_000, 0),
	}, notify.Details{Contributor: notify.Recipient{ID: uuid.UUID{4}, Address: private.NewText(teacher)}})
	require.NoError(t, err)
	var b bytes.Buffer
	_, err = emails[0].WriteTo(&b)
	require.NoError(t, err)
	return emails[0], b.String()
}

func security(s smtp.Security) func(*smtp.Config) {
	return func(c *smtp.Config) { c.Security = s }
}

func withPassword(c *smtp.Config) { c.Username, c.Password = user, private.NewText(secret) }

// TestAnEMailArrivesUnchanged compares every byte, the sender and the addressee.
func TestAnEMailArrivesUnchanged(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name            string
		plain, implicit bool
		changes         []func(*smtp.Config)
		user            string
	}{
		{"STARTTLS by default", false, false, nil, ""},
		{"with a password", false, false, []func(*smtp.Config){withPassword}, user},
		{"TLS from the first byte", false, true, []func(*smtp.Config){security(smtp.ImplicitTLS)}, ""},
		{"TLS from the first byte, with a password", false, true, []func(*smtp.Config){security(smtp.ImplicitTLS), withPassword}, user},
		{"opportunistic, and the server offers STARTTLS", false, false, []func(*smtp.Config){security(smtp.Opportunistic)}, ""},
		{"opportunistic, and the server does not offer STARTTLS", true, false, []func(*smtp.Config){security(smtp.Opportunistic)}, ""},
		{"unencrypted", true, false, []func(*smtp.Config){security(smtp.Unencrypted)}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, &mailServer{}, test.plain, test.implicit)
			e, content := email(t)
			require.NoError(t, server.sender(t, test.changes...).Send(t.Context(), e))
			require.Equal(t, []letter{{office.From, teacher, test.user, content}}, server.letters())
		})
	}
}

// reply returns a reply of the server. Its text repeats the address and the user, as the
// replies of many servers do.
func reply(code int) error {
	return &gosmtp.SMTPError{Code: code, EnhancedCode: gosmtp.EnhancedCode{code / 100, 1, 1}, Message: "<" + teacher + "> " + user + " " + secret}
}

// TestAReplyIsFinalOnlyIfItIsAboutThisEMail requires that only a reply of 550 or above to
// the addressee or to the content is final. No error may hold anything private.
func TestAReplyIsFinalOnlyIfItIsAboutThisEMail(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		at    string
		code  int
		final bool
		want  string
	}{
		{"an unknown addressee", "rcpt", 550, true, "smtp: naming the addressee: reply 550: notify: the e-mail was refused for good"},
		{"a full mailbox", "rcpt", 452, false, "smtp: naming the addressee: reply 452"},
		{"greylisting", "rcpt", 451, false, "smtp: naming the addressee: reply 451"},
		{"content that is refused", "data", 554, true, "smtp: sending the content: reply 554: notify: the e-mail was refused for good"},
		{"content that cannot be stored now", "data", 451, false, "smtp: sending the content: reply 451"},
		{"a missing password, reported late", "rcpt", 530, false, "smtp: naming the addressee: reply 530"},
		{"a sender that is refused", "mail", 550, false, "smtp: naming the sender: reply 550"},
		{"a password that is refused", "auth", 535, false, "smtp: connecting: reply 535"},
		{"a server that accepts nothing", "greeting", 554, false, "smtp: connecting: reply 554"},
		{"a server that is busy", "greeting", 421, false, "smtp: connecting: reply 421"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, &mailServer{at: test.at, with: reply(test.code)}, false, false)
			e, _ := email(t)
			err := server.sender(t, withPassword).Send(t.Context(), e)
			require.EqualError(t, err, test.want)
			require.Equal(t, test.final, errors.Is(err, notify.ErrRefused))
			require.Empty(t, server.letters())
		})
	}
}

// TestNothingIsSentOverAnUnsafeConnection requires that not even the password is sent.
func TestNothingIsSentOverAnUnsafeConnection(t *testing.T) {
	t.Parallel()
	untrusting := func(c *smtp.Config) { c.Roots = nil }
	noPassword := func(c *smtp.Config) { c.Username, c.Password = "", private.Text{} }
	elsewhere := func(c *smtp.Config) { c.Host = "localhost" } // the certificate is for 127.0.0.1
	for _, test := range []struct {
		name            string
		plain, implicit bool
		changes         []func(*smtp.Config)
		want            string
	}{
		{"a server without STARTTLS", true, false, nil, "smtp: connecting: the connection ended, is not encrypted"},
		{"a server without STARTTLS, and a sender without a password", true, false, []func(*smtp.Config){noPassword}, "smtp: connecting: the connection ended, is not encrypted"},
		{"a certificate that nobody trusts", false, false, []func(*smtp.Config){untrusting}, "certificate signed by unknown authority"},
		{"a certificate for another name", false, false, []func(*smtp.Config){elsewhere}, "certificate is not valid for any names"},
		{"the same with TLS from the first byte", false, true, []func(*smtp.Config){untrusting, security(smtp.ImplicitTLS)}, "certificate signed by unknown authority"},
		{"opportunistic, a certificate that nobody trusts", false, false, []func(*smtp.Config){untrusting, security(smtp.Opportunistic), noPassword}, "certificate signed by unknown authority"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, &mailServer{}, test.plain, test.implicit)
			e, _ := email(t)
			err := server.sender(t, append([]func(*smtp.Config){withPassword}, test.changes...)...).Send(t.Context(), e)
			require.ErrorContains(t, err, test.want)
			require.NotErrorIs(t, err, notify.ErrRefused)
			require.NotContains(t, err.Error(), secret)
			require.NotContains(t, err.Error(), teacher)
			require.Empty(t, server.letters())
		})
	}
}

// silent starts a server that accepts connections and never says anything. The channel is
// closed at the first connection.
func silent(t *testing.T) (port int, accepted chan struct{}) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	accepted = make(chan struct{})
	var open []net.Conn
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			if open = append(open, conn); len(open) == 1 {
				close(accepted)
			}
		}
	}()
	t.Cleanup(func() {
		_ = listener.Close()
		<-ended
		for _, conn := range open {
			_ = conn.Close()
		}
	})
	return listener.Addr().(*net.TCPAddr).Port, accepted
}

// TestAServerThatNeverAnswersCostsNoMoreThanTheTimeout also requires that Send returns once
// its context ends.
func TestAServerThatNeverAnswersCostsNoMoreThanTheTimeout(t *testing.T) {
	t.Parallel()
	for _, way := range []smtp.Security{smtp.StartTLS, smtp.ImplicitTLS, smtp.Unencrypted} {
		port, accepted := silent(t)
		e, _ := email(t)
		ctx, cancel := context.WithCancel(t.Context())
		go func() { <-accepted; cancel() }()
		sender, err := smtp.New(smtp.Config{Host: "127.0.0.1", Port: port, Security: way, Timeout: time.Hour})
		require.NoError(t, err)
		err = sender.Send(ctx, e)
		require.EqualError(t, err, "smtp: connecting: context canceled")
		require.ErrorIs(t, err, context.Canceled)

		sender, err = smtp.New(smtp.Config{Host: "127.0.0.1", Port: port, Security: way, Timeout: time.Millisecond})
		require.NoError(t, err)
		require.ErrorIs(t, sender.Send(t.Context(), e), context.DeadlineExceeded)
	}
}

func TestNoServerIsATemporaryFailure(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	port := listener.Addr().(*net.TCPAddr).Port
	require.NoError(t, listener.Close())
	sender, err := smtp.New(smtp.Config{Host: "127.0.0.1", Port: port})
	require.NoError(t, err)
	e, _ := email(t)
	err = sender.Send(t.Context(), e)
	require.ErrorContains(t, err, "smtp: connecting: dial tcp 127.0.0.1:")
	require.NotErrorIs(t, err, notify.ErrRefused)
}

// TestARepeatAfterAServerDiedHasTheSameMessageID uses a server that accepts the e-mail and
// dies before it replies. The message stays in the outbox, and the repeat must be
// byte-for-byte identical.
func TestARepeatAfterAServerDiedHasTheSameMessageID(t *testing.T) {
	t.Parallel()
	server := serve(t, &mailServer{at: "died", with: errDied}, false, false)
	w := peptest.New(t)
	person := peptest.Teacher()
	person.Email = private.NewText(teacher)
	child := peptest.Child(1)
	require.NoError(t, w.Enter(t.Context(), peptest.Actor(pep.System), workflow.Entries{
		Contributors: []record.Contributor{person}, Children: []record.Child{child},
	}))
	peptest.Bring(t, w.Service, child.ID, peptest.Meeting(), pep.Delegated)
	publisher, err := notify.New(notify.Config{Plans: w.Store, Office: office, Sender: server.sender(t)})
	require.NoError(t, err)
	var asides int
	relay, err := outbox.New(outbox.Config{
		Outbox: w.Store, Publish: publisher.Publish, Now: w.Clock.Now,
		Aside: func(context.Context, storage.Message, error) { asides++ },
	})
	require.NoError(t, err)

	delivered, err := relay.Drain(t.Context())
	require.NoError(t, err)
	require.Zero(t, delivered)
	require.Len(t, server.letters(), 1)

	server.mu.Lock()
	server.at = ""
	server.mu.Unlock()
	w.Clock.Move(time.Minute)
	delivered, err = relay.Drain(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, delivered)
	require.Zero(t, asides)
	letters := server.letters()
	require.Len(t, letters, 2)
	require.Equal(t, letters[0], letters[1])
	require.Contains(t, letters[0].content, "\r\nMessage-ID: <")
}

func TestABadSenderConfigIsInvalid(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		member string
		spoil  func(*smtp.Config)
	}{
		{"host", func(c *smtp.Config) { c.Host = "" }},
		{"host", func(c *smtp.Config) { c.Host = "unix:///run/mail" }},
		{"host", func(c *smtp.Config) { c.Host = "mail\r\nx" }},
		{"port", func(c *smtp.Config) { c.Port = -1 }},
		{"port", func(c *smtp.Config) { c.Port = 65536 }},
		{"security", func(c *smtp.Config) { c.Security = 4; c.Username, c.Password = "", private.Text{} }},
		{"username", security(smtp.Opportunistic)},
		{"username", security(smtp.Unencrypted)},
		{"password", func(c *smtp.Config) { c.Password = private.Text{} }},
		{"password", func(c *smtp.Config) { c.Username = "" }},
		{"hello", func(c *smtp.Config) { c.Hello = "a\r\nRSET" }},
		{"timeout", func(c *smtp.Config) { c.Timeout = -1 }},
	} {
		c := smtp.Config{Host: "mail.council.example"}
		withPassword(&c)
		test.spoil(&c)
		_, err := smtp.New(c)
		require.Equal(t, []string{test.member}, rule.InvalidMembers(err))
	}
}

func TestNothingShowsThePassword(t *testing.T) {
	t.Parallel()
	privatetest.Package(t, smtp.Config{}, smtp.Sender{})
}
