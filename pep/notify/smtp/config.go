package smtp

import (
	"cmp"
	"crypto/x509"
	"errors"
	"strings"
	"time"

	mail "github.com/wneessen/go-mail"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
)

// Security says how the connection to the server is encrypted. The zero Security
// is StartTLS.
type Security uint8

// The ways to connect.
const (
	StartTLS      Security = iota // STARTTLS; if the server does not offer it, nothing is sent
	ImplicitTLS                   // TLS from the first byte
	Opportunistic                 // STARTTLS if the server offers it, otherwise unencrypted: an attacker on the network can prevent encryption
	Unencrypted                   // for a server on the same machine
)

// securities holds the port and go-mail's policy for each way to connect.
var securities = [...]struct {
	port   int
	policy mail.TLSPolicy
}{
	StartTLS:      {587, mail.TLSMandatory},
	ImplicitTLS:   {465, mail.TLSMandatory},
	Opportunistic: {25, mail.TLSOpportunistic},
	Unencrypted:   {25, mail.NoTLS},
}

// encrypts reports whether every connection is encrypted.
func (s Security) encrypts() bool { return s <= ImplicitTLS }

// Config configures a Sender. Host is required.
type Config struct {
	Host     string         // the name of the mail server, which its certificate must have
	Port     int            // defaults to 587 for StartTLS, 465 for ImplicitTLS, and 25 otherwise
	Security Security       // defaults to StartTLS
	Roots    *x509.CertPool // the trusted certificate authorities; defaults to those of the machine

	Username string       // "" for a server that needs no password
	Password private.Text // required with a Username

	Hello   string        // the name in the greeting to the server; defaults to the name of the machine
	Timeout time.Duration // the limit for one e-mail, from connecting to the last reply; defaults to 30 seconds
}

// check returns a *rule.Invalid for each member that is not valid.
func (c *Config) check() error {
	return errors.Join(
		rule.Need(c.Host != "" && !strings.ContainsAny(c.Host, "/ \r\n"), "host", "the name of a mail server"),
		rule.Need(c.Port >= 0 && c.Port < 1<<16, "port", "a number from 1 to 65535, or 0 for the default"),
		rule.Need(int(c.Security) < len(securities), "security", "a value of type Security"),
		rule.Need(c.Username == "" || c.Security.encrypts(), "username", "empty unless every connection is encrypted"),
		rule.Need((c.Username == "") == c.Password.IsZero(), "password", "given with a username, and left out without one"),
		rule.Need(!strings.ContainsAny(c.Hello, " \r\n"), "hello", "one word"),
		rule.Need(c.Timeout >= 0, "timeout", "a duration of 0 or more"),
	)
}

// complete sets the defaults.
func (c *Config) complete() {
	c.Port = cmp.Or(c.Port, securities[c.Security].port)
	c.Timeout = cmp.Or(c.Timeout, 30*time.Second)
}
