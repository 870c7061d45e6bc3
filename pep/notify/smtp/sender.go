package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"strconv"

	mail "github.com/wneessen/go-mail"
	gosmtp "github.com/wneessen/go-mail/smtp"

	"virtualschool.example/pep/notify"
	"virtualschool.example/pep/private"
)

// Sender is a notify.Sender that hands each e-mail to a mail server. It is safe for
// concurrent use.
type Sender struct{ c Config }

// New returns a Sender, without connecting to the server. It returns a *rule.Invalid for
// each fault of c, such as a missing host or a password that could be sent unencrypted.
func New(c Config) (*Sender, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	c.complete()
	return &Sender{c}, nil
}

// Send connects to the server, hands over the e-mail and waits for the reply. The
// package comment says which errors wrap notify.ErrRefused.
func (s *Sender) Send(ctx context.Context, e notify.Email) error {
	ctx, cancel := context.WithTimeout(ctx, s.c.Timeout)
	defer cancel()
	conn, err := s.connect(ctx)
	if err != nil {
		return failure(ctx, connecting, err)
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })() // when ctx ends, so does any wait for the server
	client, err := s.greet(ctx, conn)
	if err != nil {
		return failure(ctx, connecting, err)
	}
	if step, err := hand(client, &e); err != nil {
		return failure(ctx, step, err)
	}
	_ = client.Quit() // the server has already accepted the e-mail, so an error here does not matter
	return nil
}

// connect connects to the server. With ImplicitTLS, the handshake happens at the first read.
func (s *Sender) connect(ctx context.Context) (net.Conn, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", net.JoinHostPort(s.c.Host, strconv.Itoa(s.c.Port)))
	if err == nil && s.c.Security == ImplicitTLS {
		conn = tls.Client(conn, s.tls())
	}
	return conn, err
}

func (s *Sender) tls() *tls.Config {
	return &tls.Config{ServerName: s.c.Host, RootCAs: s.c.Roots, MinVersion: tls.VersionTLS12}
}

// greet greets the server over a connection, starts TLS if it is still needed, and gives
// the password.
func (s *Sender) greet(ctx context.Context, conn net.Conn) (*gosmtp.Client, error) {
	options := []mail.Option{
		mail.WithDialContextFunc(func(context.Context, string, string) (net.Conn, error) { return conn, nil }),
		mail.WithTimeout(s.c.Timeout), mail.WithoutSMTPUTF8(),
		mail.WithTLSPolicy(securities[s.c.Security].policy), mail.WithTLSConfig(s.tls()),
	}
	if s.c.Security == ImplicitTLS {
		options = append(options, mail.WithSSL())
	}
	if s.c.Hello != "" {
		options = append(options, mail.WithHELO(s.c.Hello))
	}
	if s.c.Username != "" {
		options = append(options, mail.WithOpportunisticSMTPAuth(mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthPlain, mail.SMTPAuthLogin),
			mail.WithUsername(s.c.Username), mail.WithPassword(s.c.Password.Reveal(private.Sending)))
	}
	client, err := mail.NewClient(s.c.Host, options...)
	if err != nil {
		return nil, err
	}
	return client.DialToSMTPClientWithContext(ctx)
}

// The steps of sending an e-mail.
const (
	connecting = "connecting"
	sender     = "naming the sender"
	addressee  = "naming the addressee"
	content    = "sending the content"
)

// hand hands over the e-mail. If a step fails, hand returns that step with the error.
func hand(client *gosmtp.Client, e *notify.Email) (step string, err error) {
	if err := client.Mail("<" + e.From() + ">"); err != nil {
		return sender, err
	}
	if err := client.Rcpt("<" + e.To().Reveal(private.Sending) + ">"); err != nil {
		return addressee, err
	}
	w, err := client.Data()
	if err != nil {
		return content, err
	}
	if _, err := e.WriteTo(w); err != nil {
		return content, err
	}
	return content, w.Close()
}

// failure returns an error with the step and the number of the server's reply. It leaves
// out the text of the reply, and of any other error, because such a text may hold an
// address.
func failure(ctx context.Context, step string, err error) error {
	var (
		reply   *textproto.Error
		network *net.OpError
		proof   *tls.CertificateVerificationError
	)
	switch {
	case errors.As(err, &reply):
		err = fmt.Errorf("reply %d", reply.Code)
		if final(step, reply.Code) {
			err = fmt.Errorf("%w: %w", err, notify.ErrRefused)
		}
	case ctx.Err() != nil:
		err = ctx.Err()
	case errors.As(err, &network):
		err = network
		if network.Timeout() { // the connection timed out a moment before ctx did
			err = context.DeadlineExceeded
		}
	case errors.As(err, &proof):
		err = proof
	default:
		err = ErrConnection
	}
	return fmt.Errorf("smtp: %s: %w", step, err)
}

// final reports whether a reply refuses this e-mail for good. According to RFC 5321, codes
// of 550 and above are about the addressee and the content, and those from 500 to 549 are
// about the syntax, the connection and the password.
func final(step string, code int) bool {
	return code >= 550 && (step == addressee || step == content)
}

// ErrConnection says that the connection ended, that the server does not offer STARTTLS
// although it is needed, or that the server and the sender share no way of giving the
// password.
var ErrConnection = errors.New("the connection ended, is not encrypted, or offers no usable way to give the password")
