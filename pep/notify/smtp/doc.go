// Package smtp sends the e-mails of package notify through a mail server. It uses go-mail.
//
//	sender, err := smtp.New(smtp.Config{Host: "mail.council.example", Username: user, Password: password})
//
// # What the sender guarantees
//
//   - Encrypted. Unless Config.Security says otherwise, the sender sends nothing to a
//     server that does not offer STARTTLS or whose certificate is not valid for Host.
//     It never sends a password unencrypted.
//   - At least once. Send returns nil once the server has accepted the e-mail. If
//     the connection ends after the content was sent and before the reply, nobody can
//     tell whether the server has it. The relay then sends the e-mail again with the same
//     Message-ID, by which most mail systems recognise the repeat.
//   - Bounded. One e-mail takes at most Config.Timeout, or less if the context ends
//     earlier. A server that never answers costs no more time than that.
//   - Silent. An error holds the step and the number of the server's reply. It never
//     holds the reply's text, an address, the user or the password.
//
// # Which failures are final
//
// If the server replies with 550 or above to the addressee or to the content, the error
// wraps notify.ErrRefused, and the relay sets the message aside at once. Every other
// failure may be temporary: a lost connection, a reply from 400 to 499, and a reply of 500
// or above that is about the configuration and not about this e-mail. The last kind covers
// replies from 500 to 549, and any reply of 500 or above to the greeting, to the password
// or to the sender's address. The relay tries again as its own Config says, and then sets
// the message aside. Once the fault is put right, storage.Outbox.Requeue puts the message
// back.
//
// # Limits
//
// Each e-mail has its own connection, which suits the few hundred notices that a council
// sends in a day. Bounces arrive as e-mails in the mailbox of Office.From, and somebody
// must read them. The mail server adds DKIM.
package smtp
