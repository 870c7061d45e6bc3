package notify

import (
	"virtualschool.example/pep"
	"virtualschool.example/storage"
)

// text is what the e-mails of one kind say to one addressee. Nothing else reaches a
// subject or a body but the dates, the link and the reference.
type text struct {
	kind    string         // of the message, as occasion returns it
	to      pep.Addressees // one of them
	subject string
	says    string // what happened
	meeting bool   // whether the day of the meeting follows
	due     bool   // whether the due date follows, where there is one
	do      string // what to do next
}

// beforeDue is the occasion of a reminder that goes out on another day than that of
// the meeting (REM-2).
const beforeDue = "reminder of the due date"

// texts holds every text. A line of says and of do has at most 78 characters.
var texts = [...]text{
	{
		kind: "delegated", to: pep.ToEstablishment, meeting: true, due: true,
		subject: "A Personal Education Plan is with you to complete",
		says:    "A Personal Education Plan (PEP) was delegated to you.",
		do:      "Open the plan in the portal, complete your sections and submit them by the due\ndate.",
	},
	{
		kind: "redelegated", to: pep.ToEstablishment, due: true,
		subject: "A Personal Education Plan has come back to you",
		says:    "A Personal Education Plan (PEP) has come back to you with comments.",
		do:      "Open the plan in the portal, read the comments, amend your sections and submit\nthem again by the due date.",
	},
	{
		kind: storage.Reminder, to: pep.ToEstablishment, meeting: true, due: true,
		subject: "Reminder: the meeting for a Personal Education Plan",
		says:    "This is a reminder of the meeting for a Personal Education Plan (PEP) that is\nwith you.",
		do:      "Open the plan in the portal, complete your sections and submit them by the due\ndate.",
	},
	{
		kind: beforeDue, to: pep.ToEstablishment, meeting: true, due: true,
		subject: "Reminder: a Personal Education Plan is still with you",
		says:    "This is a reminder of a Personal Education Plan (PEP) that is still with you.",
		do:      "Open the plan in the portal, complete your sections and submit them.",
	},
	{
		kind: "rescheduled", to: pep.ToEstablishment, meeting: true, due: true,
		subject: "The meeting for a Personal Education Plan was moved",
		says:    "The meeting for a Personal Education Plan (PEP) that is with you was moved.\nThe due date may have moved with it.",
		do:      "Put the new dates in your calendar. Complete your sections in the portal and\nsubmit them by the due date.",
	},
	{
		kind: "returned", to: pep.ToSocialWorker,
		subject: "The sections of a Personal Education Plan were returned",
		says:    "The establishment returned the delegated sections of a Personal Education Plan\n(PEP).",
		do:      "Open the plan and read the sections. Then reassign the plan to business\nsupport, or re-delegate it with comments.",
	},
	{
		kind: "sent_back", to: pep.ToSocialWorker,
		subject: "A Personal Education Plan was sent back to you",
		says:    "A Personal Education Plan (PEP) was sent back to you to be amended.",
		do:      "Open the plan, read the reason, have the plan amended and reassign it to\nbusiness support.",
	},
	{
		kind: "retracted", to: pep.ToEstablishment,
		subject: "A Personal Education Plan was taken back",
		says:    "A Personal Education Plan (PEP) that was with you was taken back. What was\nwritten in it has been cleared.",
		do:      "You need not do anything now. If the plan is delegated to you again, you will\nreceive another e-mail.",
	},
	{
		kind: "withdrawn", to: pep.ToEstablishment,
		subject: "A Personal Education Plan is no longer with you",
		says:    "A Personal Education Plan (PEP) that was with you has been withdrawn.",
		do:      "You need not do anything more for it.",
	},
	{
		kind: "carried", to: pep.ToSocialWorker,
		subject: "A Personal Education Plan was carried forward",
		says:    "A Personal Education Plan (PEP) was not returned in its term. It now counts for\nthe next term.",
		do:      "Open the plan, see who has it, and have it completed.",
	},
	{
		kind: "carried", to: pep.ToEstablishment,
		subject: "A Personal Education Plan is overdue",
		says:    "A Personal Education Plan (PEP) that is with you was not returned in its term.\nIt now counts for the next term.",
		do:      "Open the plan in the portal, complete your sections and submit them now.",
	},
	{
		kind: "graded", to: pep.ToSocialWorker,
		subject: "A Personal Education Plan was graded",
		says:    "A Personal Education Plan (PEP) was graded.",
		do:      "Open the plan to read the grade and the feedback.",
	},
	{
		kind: "graded", to: pep.ToEstablishment,
		subject: "A Personal Education Plan was graded",
		says:    "A Personal Education Plan (PEP) that you contributed to was graded.",
		do:      "Open the plan in the portal to read the grade and the feedback.",
	},
	{
		kind: "finalised", to: pep.ToEstablishment,
		subject: "A Personal Education Plan was finalised",
		says:    "A Personal Education Plan (PEP) that you contributed to was finalised. A copy is\nready in the portal.",
		do:      "Open the plan in the portal to read the copy.",
	},
}

// footer ends every body.
const footer = "This e-mail was sent automatically. Please do not reply to it. To protect the\nchild, it does not say whose plan this is."

// occasion returns the kind of text that a message calls for.
func occasion(m *storage.Message, d *Details) string {
	if m.Kind == storage.Reminder && m.On != d.Meeting {
		return beforeDue
	}
	return m.Kind
}

// addressees returns whom a message is for: those of its notice, of whom the
// establishment is told only where the message names one.
func addressees(m *storage.Message) (pep.Addressees, error) {
	to := pep.ToEstablishment // as of a reminder
	if m.Kind != storage.Reminder {
		n, err := pep.ParseNotice(m.Kind)
		if err != nil {
			return 0, err
		}
		to = n.To()
	}
	if m.Establishment.IsZero() {
		to &^= pep.ToEstablishment
	}
	return to, nil
}
