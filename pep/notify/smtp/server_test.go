package smtp_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/notify/smtp"
)

// mailServer is an SMTP server in this process. It can refuse or break off at one step. It
// keeps every e-mail that it accepts.
type mailServer struct {
	at   string // the step that fails: greeting, auth, mail, rcpt, data or died; "" if no step fails
	with error  // the reply at that step

	mu    sync.Mutex
	taken []letter

	address *net.TCPAddr
	roots   *x509.CertPool
}

// letter is one e-mail as the server has received it.
type letter struct{ from, to, user, content string }

// fails returns the error reply of a step, or nil if the step must succeed.
func (s *mailServer) fails(at string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.at != at {
		return nil
	}
	return s.with
}

func (s *mailServer) letters() []letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.taken
}

// session is one connection to the server.
type session struct {
	s *mailServer
	c *gosmtp.Conn
	letter
}

func (s *mailServer) NewSession(c *gosmtp.Conn) (gosmtp.Session, error) {
	return &session{s: s, c: c}, s.fails("greeting")
}

func (x *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (x *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if err := x.s.fails("auth"); err != nil {
			return err
		}
		if password != secret {
			return gosmtp.ErrAuthFailed
		}
		x.user = user
		return nil
	}), nil
}

func (x *session) Mail(from string, _ *gosmtp.MailOptions) error {
	x.from = from
	return x.s.fails("mail")
}

func (x *session) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	x.to = to
	return x.s.fails("rcpt")
}

func (x *session) Data(r io.Reader) error {
	content, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := x.s.fails("data"); err != nil {
		return err
	}
	x.content = string(content)
	x.s.mu.Lock()
	x.s.taken = append(x.s.taken, x.letter)
	x.s.mu.Unlock()
	if x.s.fails("died") != nil {
		_ = x.c.Conn().Close() // the server has accepted the e-mail, and dies before it replies
	}
	return nil
}

func (*session) Reset()        {}
func (*session) Logout() error { return nil }

var errDied = errors.New("died")

// serve starts a server, which ends with the test. If plain is true it does not offer
// STARTTLS. If implicit is true it speaks TLS from the first byte.
func serve(t *testing.T, s *mailServer, plain, implicit bool) *mailServer {
	t.Helper()
	certificate := s.certify(t)
	server := gosmtp.NewServer(s)
	server.Domain, server.ErrorLog = "mail.council.example", log.New(io.Discard, "", 0)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s.address = listener.Addr().(*net.TCPAddr)
	config := &tls.Config{Certificates: []tls.Certificate{certificate}}
	if implicit {
		listener = tls.NewListener(listener, config)
	} else if !plain {
		server.TLSConfig = config
	}
	ended := make(chan struct{})
	go func() { defer close(ended); _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close(); <-ended })
	return s
}

// certify makes a certificate for 127.0.0.1 that is valid only with the roots in s.roots.
func (s *mailServer) certify(t *testing.T) tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	certificate, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	s.roots = x509.NewCertPool()
	s.roots.AddCert(certificate)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// sender returns a sender to the server. Each change is applied to its Config.
func (s *mailServer) sender(t *testing.T, changes ...func(*smtp.Config)) *smtp.Sender {
	t.Helper()
	c := smtp.Config{Host: "127.0.0.1", Port: s.address.Port, Roots: s.roots, Hello: "sender.council.example"}
	for _, change := range changes {
		change(&c)
	}
	sender, err := smtp.New(c)
	require.NoError(t, err)
	return sender
}
