// Package smtp sends the e-mails of package notify through a mail server, over
// go-mail.
//
//	sender, err := smtp.New(smtp.Config{Host: "mail.council.example", Username: user, Password: password})
//
// # What holds
//
//   - Encrypted. Unless Config.Security says otherwise, a server that does not
//     offer STARTTLS, or whose certificate does not hold for Host, is sent nothing.
//     A password is never sent unencrypted.
//   - At least once. Send returns nil once the server has accepted the e-mail. If
//     the connection ends after the content was sent and before the reply, nobody
//     can tell, and the relay sends the e-mail again with the same Message-ID, by
//     which most mail systems drop the repeat.
//   - Bounded. One e-mail takes at most Config.Timeout, and less where the context
//     ends earlier. A server that never answers costs no more than that.
//   - Silent. An error has the step and the number of the server's reply, never its
//     text, an address, the user or the password.
//
// # Which failures are final
//
// A reply from 550 to the addressee or to the content wraps notify.ErrRefused, and
// the relay sets the message aside at once. Everything else can pass: a reply from
// 400, a lost connection, and also a reply from 500 to the greeting, to the password
// or to the sender, and one from 500 to 549 to anything, which is a fault of the
// configuration and not of this e-mail. The relay tries again as its own Config says,
// and then sets the message aside; storage.Outbox.Requeue puts it back once the fault
// is mended.
//
// # Limits
//
// Each e-mail has a connection of its own, which suits the few hundred notices of a
// council's day. Bounces that come later, as e-mails, are for whoever reads the
// mailbox of Office.From. DKIM is for the mail server to add.
package smtp
