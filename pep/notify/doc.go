// Package notify turns the messages of an outbox into e-mails that say what happened
// to a plan, and nothing about the child.
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
// [Office.Emails] is the pure part: from one storage.Message and the [Details] of its
// plan to one [Email] for each addressee. [Publisher] reads the details and sends
// the e-mails with a [Sender]. Package smtp has one for a mail server; [Folder]
// writes files instead.
//
// # Who is told
//
// pep.Notice.To says whom a notice goes to. The establishment's e-mails go to the
// contributor that the message names, so a change of contributor tells both the new
// one and the former one. A reminder goes to the contributor too. A social worker
// sees the same messages as alerts in the tray (storage.Alerts), which is how the
// council's process book tells them ('Delegated section'), so an e-mail to them is
// sent only where the host gives Config.Worker.
//
// # What an e-mail never contains
//
// An e-mail holds a fixed text, the day of the meeting and the due date, a link and
// the plan's id, which is random. It has no field for any other text, so a name, a
// grade, a reason or an answer cannot reach it. It has one addressee. An address is
// one bare address in a domain that the Office lists; any other is refused with a
// *rule.Invalid, nothing is sent to it, and the other addressee is told all the
// same. The address is checked so strictly that it cannot add a header. No error
// holds an address.
//
// # Delivery
//
// Each e-mail is sent at least once. Its Message-ID follows from the message and the
// addressee, and its content from the plan as it was at the version of the message,
// so a repeat is equal in every byte, whatever happened to the plan since. Repeats
// follow where a program dies between sending an e-mail and marking the message, and
// where one addressee of two cannot be told for now: the message is tried again for
// both.
//
// What no other attempt can change sets a message aside at once
// (outbox.ErrPermanent), so that it does not hold up the plan's later messages: an
// address that is refused, a plan or a person that is not known, a mail server that
// refuses the addressee for good. Once the cause is mended,
// storage.Outbox.Requeue puts the message back. A plan that was ceased or deleted
// keeps its history, so its messages go out as any others.
//
// # Limits
//
// The texts are in English. An e-mail goes to whoever the message names, also where
// that person has left the establishment since; the content is harmless, and the
// portal decides who may open the link. That a server accepted an e-mail does not
// say that anybody has read it.
package notify
