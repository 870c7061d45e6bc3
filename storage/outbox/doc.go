// Package outbox passes on the messages that a store keeps for whoever must be
// told: notices of the workflow and reminders of meetings.
//
// A Relay claims messages from a storage.Outbox, hands each to a Publish
// function and marks those that were delivered. What holds:
//
//   - At least once. Only what Publish returned nil for is marked. A relay
//     that dies between the two leaves the message to be given again, with the
//     same Message.ID, by which a receiver tells repeats.
//   - In order per plan. No message of a plan is handed over before Publish
//     has returned nil for every earlier one, or that one was set aside.
//     Between plans there is no order, and repeats can come late.
//   - A limit. A message that fails is tried again after a wait that doubles;
//     after the last attempt, or at once where Publish returned ErrPermanent, it
//     is set aside in the store, Config.Aside is told, and the plan's later
//     messages flow. One whose attempts ended without an answer, since each time
//     the program died, is set aside too.
//   - Side by side. Any number of relays, in one program or in many, share an
//     outbox; each leases what it claims. Their clocks should agree to well
//     within a lease, else there are more repeats.
//
// Only an attempt counts as one: what a relay claimed and did not come to, it
// gives back. It claims one message first and twice as many each time that all
// went well, so that a message that kills the program is soon claimed alone
// and costs the others no attempts.
//
// The store keeps how often a message was tried and never why it failed: the
// error of Publish goes no further than Config.Aside.
package outbox
