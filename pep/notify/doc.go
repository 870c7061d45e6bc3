// Package notify turns the messages of an outbox into e-mails. An e-mail says what
// happened to a plan and nothing about the child.
//
// A host wires it to the outbox in a few lines:
//
//	sender, err := smtp.New(smtp.Config{Host: "mail.council.example", Username: user, Password: password})
//	publisher, err := notify.New(notify.Config{
//		Plans: store, Sender: sender,
//		Office: notify.Office{
//			From: "noreply@council.example", Portal: "https://portal.council.example/plans",
//			Domains: []string{"quarrybank.example", "moorend.example"},
//		},
//	})
//	relay, err := outbox.New(outbox.Config{Outbox: store, Publish: publisher.Publish, Aside: report})
//	err = relay.Run(ctx, time.Minute)
//
// [Office.Emails] is the pure part. It takes one storage.Message and the [Details] of its
// plan, and returns one [Email] for each addressee. [Publisher] reads the details and
// sends the e-mails with a [Sender]. Package smtp has a sender for a mail server;
// [Folder] writes files instead.
//
// # Who receives an e-mail
//
// pep.Notice.To gives the addressees of a notice. The establishment's e-mails go to the
// contributor that the message names. When the contributor changes, the new one and the
// former one each receive an e-mail. Reminders go to the contributor. Social workers see
// the same messages as alerts in their tray (storage.Alerts), as the council's process
// book says ('Delegated section'). They receive e-mails too if the host sets
// Config.Worker.
//
// # What an e-mail never contains
//
// An e-mail holds a fixed text, the day of the meeting, the due date, a link and the
// plan's id, which is random. It has no field for any other text, so a name, a grade, a
// reason or an answer cannot reach it. It has one addressee. The address must be one
// bare address in a domain that the Office lists. Any other address is refused with a
// *rule.Invalid and receives nothing; the other addressee of the message still receives
// the e-mail. An address that passes the check cannot add a header. No error holds an
// address.
//
// # Delivery
//
// Each e-mail is sent at least once. Its Message-ID depends only on the message and the
// addressee. Its content depends on the version of the plan that the message names, and
// not on later ones. A repeat is therefore byte-for-byte identical, whatever has happened
// to the plan since. An e-mail is repeated if a program dies between sending it and
// marking the message, or if only one of two addressees can be reached: the next attempt
// sends to both.
//
// If no further attempt can succeed, the relay sets the message aside at once
// (outbox.ErrPermanent), so that it does not hold up the plan's later messages. The
// causes are a refused address, an unknown plan or person, and a mail server that
// refuses the addressee for good. Once the cause is put right,
// storage.Outbox.Requeue puts the message back. A plan that was ceased or deleted
// keeps its history, so its messages still go out.
//
// # Limits
//
// The texts are in English. An e-mail goes to the person that the message names, even if
// that person has left the establishment since. The content is harmless, and the portal
// decides who may open the link. If a server accepts an e-mail, that does not prove that
// anybody has read it.
package notify
