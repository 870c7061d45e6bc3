package notify

import (
	"virtualschool.example/pep"
	"virtualschool.example/storage"
)

// text is the fixed wording of one kind of e-mail to one addressee. Apart from it, a body
// holds only the dates, the link, the reference and the footer.
type text struct {
	kind    string         // the occasion of the message
	to      pep.Addressees // a single addressee
	subject string
	says    string // what happened
	meeting bool   // whether the body shows the day of the meeting
	due     bool   // whether the body shows the due date
	do      string // the sentence that says what to do next
}

// beforeDue is the occasion of a reminder on a day other than the day of the meeting
// (REM-2).
const beforeDue = "reminder of the due date"

// texts holds every text. No line in the fields says and do may be longer than 78
// characters.
var texts = [...]text{
	{
		kind: "delegated", to: pep.ToEstablishment, meeting: true, due: true,
		subject: "A Personal Education Plan is waiting for you to complete it",
		says:    "A Personal Education Plan (PEP) has been delegated to you.",
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
		says:    "This is a reminder about the meeting for a Personal Education Plan (PEP) that is\nwith you.",
		do:      "Open the plan in the portal, complete your sections and submit them by the due\ndate.",
	},
	{
		kind: beforeDue, to: pep.ToEstablishment, meeting: true, due: true,
		subject: "Reminder: a Personal Education Plan is still with you",
		says:    "This is a reminder about a Personal Education Plan (PEP) that is still with you.",
		do:      "Open the plan in the portal, complete your sections and submit them by the due\ndate.",
	},
	{
		kind: "rescheduled", to: pep.ToEstablishment, meeting: true, due: true,
		subject: "The meeting for a Personal Education Plan has been moved",
		says:    "The meeting for a Personal Education Plan (PEP) that is with you has been moved.\nThe due date may have changed too.",
		do:      "Put the new dates in your calendar. Complete your sections in the portal and\nsubmit them by the due date.",
	},
	{
		kind: "returned", to: pep.ToSocialWorker,
		subject: "The sections of a Personal Education Plan have been returned",
		says:    "The establishment has returned the delegated sections of a Personal Education\nPlan (PEP).",
		do:      "Open the plan and read the sections. Then reassign the plan to business\nsupport, or re-delegate it with comments.",
	},
	{
		kind: "sent_back", to: pep.ToSocialWorker,
		subject: "A Personal Education Plan has been sent back to you",
		says:    "A Personal Education Plan (PEP) has been sent back to you to be amended.",
		do:      "Open the plan, read the reason and make the changes. Then reassign the plan to\nbusiness support.",
	},
	{
		kind: "retracted", to: pep.ToEstablishment,
		subject: "A Personal Education Plan has been taken back",
		says:    "The social worker has taken back a Personal Education Plan (PEP) that was with\nyou. The answers in its delegated sections have been cleared.",
		do:      "You do not need to do anything now. If the plan is delegated to you again, you\nwill receive another e-mail.",
	},
	{
		kind: "withdrawn", to: pep.ToEstablishment,
		subject: "A Personal Education Plan is no longer with you",
		says:    "A Personal Education Plan (PEP) that was with you has been withdrawn.",
		do:      "You do not need to do anything more.",
	},
	{
		kind: "carried", to: pep.ToSocialWorker,
		subject: "A Personal Education Plan has been carried forward",
		says:    "A Personal Education Plan (PEP) was not returned in its term. It now counts for\nthe next term.",
		do:      "Open the plan, see who has it, and arrange for it to be completed.",
	},
	{
		kind: "carried", to: pep.ToEstablishment,
		subject: "A Personal Education Plan is overdue",
		says:    "A Personal Education Plan (PEP) that is with you was not returned in its term.\nIt now counts for the next term.",
		do:      "Open the plan in the portal, complete your sections and submit them now.",
	},
	{
		kind: "graded", to: pep.ToSocialWorker,
		subject: "A Personal Education Plan has been graded",
		says:    "A Personal Education Plan (PEP) has been graded.",
		do:      "Open the plan to read the grade and the feedback.",
	},
	{
		kind: "graded", to: pep.ToEstablishment,
		subject: "A Personal Education Plan has been graded",
		says:    "A Personal Education Plan (PEP) that you contributed to has been graded.",
		do:      "Open the plan in the portal to read the grade and the feedback.",
	},
	{
		kind: "finalised", to: pep.ToEstablishment,
		subject: "A Personal Education Plan has been finalised",
		says:    "A Personal Education Plan (PEP) that you contributed to has been finalised. A\ncopy is ready in the portal.",
		do:      "Open the plan in the portal to read the copy.",
	},
}

// footer ends every body.
const footer = "This e-mail was sent automatically. Please do not reply to it. To protect the\nchild, it does not say whose plan this is."

// occasion returns the kind of text that a message needs.
func occasion(m *storage.Message, d *Details) string {
	if m.Kind == storage.Reminder && m.On != d.Meeting {
		return beforeDue
	}
	return m.Kind
}

// addressees returns the addressees of a message's notice. It leaves out the establishment
// if the message does not name one.
func addressees(m *storage.Message) (pep.Addressees, error) {
	to := pep.ToEstablishment // the addressee of a reminder
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
