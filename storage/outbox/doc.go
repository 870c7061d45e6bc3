// Package outbox passes on the messages that a store keeps: notices of the workflow
// and reminders of meetings. [New] makes a Relay, and [Relay.Run] runs it:
//
//	relay, err := outbox.New(outbox.Config{Outbox: store, Publish: send})
//	err = relay.Run(ctx, time.Minute)
//
// A Relay claims messages from a storage.Outbox, hands each one to the Publish
// function and marks those that were delivered. It makes these promises:
//
//   - At least once. A message is marked as delivered only after Publish has returned nil. If
//     the program dies in between, the message is handed over again with the same Message.ID,
//     by which a receiver recognises a repeat.
//   - In order for each plan. A message is handed over only after every earlier message of its
//     plan has been delivered or set aside. There is no order between plans, and repeats can
//     arrive late.
//   - Limited attempts. A message that fails is tried again after a wait that
//     doubles each time. After the last attempt, or at once if Publish returned
//     ErrPermanent, the message is set aside in the store, Config.Aside is
//     called, and the plan's later messages go out. A message whose attempts all
//     ended without an answer, because the program died, is set aside too.
//   - Side by side. Any number of relays, in one program or in several, may share
//     an outbox, because each one leases the messages that it claims. Their clocks
//     should differ by much less than a lease; otherwise there are more repeats.
//
// Only a call of Publish counts as an attempt: a relay gives back the messages that
// it claimed and did not try. It first claims one message, and doubles the number
// after each claim whose messages all went through. A message that kills the program is therefore
// soon claimed alone, and costs the other messages no attempts.
//
// The store keeps how often a message was tried, but not why it failed: an error of
// Publish goes only to Config.Aside. Package outbox returns the errors of package
// storage, and a *rule.Invalid for an invalid Config.
package outbox
