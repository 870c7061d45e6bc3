package browser

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

var pictures = flag.String("pictures", "", "the `DIR` into which pictures of the main pages are written")

// day is a morning in the council, with a browser in front of it.
type day struct {
	t       *testing.T
	browser context.Context
	site    string
	*tally
}

// The people of the walk. Worktray's invented story gives the child Pip no plan, so that
// only the walk changes Pip's plans.
const (
	worker     = "Jo Caseworth"
	other      = "Mo Visitwell"
	teacher    = "Gus Lessing"
	office     = "Sam Deskley"
	consultant = "Ada Markwell"
	head       = "Noor Headingham"
	reviewer   = "Vic Reviewson"
	adviser    = "Kit Guideford"
	helpdesk   = "Lee Ticketson"
	child      = "Pip Mockridge"
)

func TestEveryRoleWalksThroughATermInABrowser(t *testing.T) {
	browser, council, walked, began := openBrowser(t), newCouncil(t), &tally{}, time.Now()
	for _, one := range []struct {
		on, name string
		walk     func(*day)
	}{
		{"2026-02-12", "the social worker starts the plan and delegates it", starting},
		{"2026-02-13", "the service desk enters a new account, which waits for its day", waiting},
		{"2026-02-26", "the designated teacher completes it", contributing},
		{"2026-03-13", "it is reviewed, graded, finalised and paid for, and the next term begins", finishing},
	} {
		if !t.Run(one.name, func(t *testing.T) {
			one.walk(&day{t, browser, council.morning(t, one.on), walked})
		}) {
			return
		}
		walked.days = append(walked.days, one.on)
	}
	t.Logf("%d pages opened by %d people on %d days in %.0f s", walked.steps, len(walked.people), len(walked.days), time.Since(began).Seconds())
}

// starting is the social worker's first day: the plan is started, two sections are
// written, and the plan is delegated, retracted, restored and delegated again.
func starting(d *day) {
	jo := d.as(worker, desk)
	jo.picture("tray")
	jo.press("Acknowledge the alert about Yarrow Mockridge")
	jo.follow("Children", child, "Start a first plan")
	jo.date("When is the meeting?", "31 2 2026")
	jo.press("Start the plan")
	jo.sees("There is a problem", "a real date")
	jo.date("When is the meeting?", "11 3 2026")
	jo.pressTwice("Start the plan")
	jo.sees("draft with the social worker")
	jo.picture("plan")
	plan := jo.path()

	jo.follow("Assessment")
	for _, section := range jo.sections()[:2] {
		jo.follow(section)
		require.NotZero(d.t, jo.fillAll("Pip likes maps."))
		jo.press("Save the section")
	}
	jo.follow("Delegate")
	jo.picture("delegate")
	jo.follow("Delegate the plan")
	jo.choose("Who completes the plan?", teacher)
	jo.press("Delegate the plan")
	jo.sees("With the establishment")

	gus := d.as(teacher, phone)
	gus.picture("portal")
	gus.follow(child, "Assessment")
	gus.follow(gus.sections()[2])
	gus.fillAll("Reads every map of the school.")
	gus.press("Save the section")

	jo.follow("Retract the plan")
	jo.sees("You will lose")
	jo.tick("The school or setting has confirmed that the plan can be retracted")
	jo.fill("Why?", "Delegated too early")
	jo.press("Retract the plan")
	gus.open(plan)
	gus.sees("This page does not exist")

	jo.follow("Ask the service desk about the plan", "Plan to be restored")
	jo.fill("What do you want the service desk to do?", "Retracted by mistake")
	jo.press("Send the request")
	lee := d.as(helpdesk, desk)
	lee.follow("Requests", "Plan to be restored", "Open the plan for SPRING 2026", "Restore the cleared answers")
	lee.fill("Why?", "Retracted by mistake")
	lee.press("Restore the sections")
	jo.open(plan)
	jo.follow("Delegate the plan")
	jo.choose("Who completes the plan?", teacher)
	jo.press("Delegate the plan")
	jo.sees("With the establishment")
}

// waiting is the day on which a new teacher gets an account: the social worker asks for
// the account, the service desk enters it, and the register gives the time from which the
// teacher can be chosen.
func waiting(d *day) {
	jo := d.as(worker, desk)
	find := func() {
		jo.follow("Register")
		jo.fill("Name", "Fictional Fellside Primary School")
		jo.fill("Postcode", "ZZ2 1AA")
		jo.press("Find the establishment")
	}
	find()
	jo.follow("Ask the service desk about the establishment", "New portal account")
	jo.fill("Name on the account", "Wilf Newcomer")
	jo.fill("E-mail address of the account", "wilf@fellside.example")
	jo.fill("What do you want the service desk to do?", "He starts on Monday")
	jo.press("Send the request")
	lee := d.as(helpdesk, desk)
	lee.follow("Requests", "New portal account", "Enter the account")
	lee.press("Enter the account")
	lee.follow("Answer the request")
	lee.fill("What was done?", "The account is there")
	lee.press("Close the request")
	find()
	jo.sees("Wilf Newcomer", "Cannot be chosen", "The account can be chosen from")
}

// contributing is the designated teacher's day, on a phone: every section is written, a
// document attached, and the plan submitted.
func contributing(d *day) {
	gus := d.as(teacher, phone)
	gus.follow(child, "Assessment")
	for _, section := range gus.sections() {
		gus.follow(section)
		gus.fillAll("Reads every map of the school.")
		gus.press("Save the section")
	}
	gus.follow("Forms", "See the documents")
	gus.file("Choose a file", "map.pdf", "This is not a PDF.")
	gus.press("Attach the document")
	gus.sees("There is a problem")
	gus.file("Choose a file", "map.pdf", "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
	gus.press("Attach the document")
	gus.sees("map.pdf")
	gus.follow("Back", "Assessment", "Submit the contribution")
	gus.press("Submit the contribution")
	gus.sees("Your work tray")
}

// finishing is the end of the term: the plan is reviewed, graded, finalised and paid for,
// the next plan is started, and the people who may only read plans read some.
func finishing(d *day) {
	jo := d.as(worker, desk)
	jo.press("Acknowledge the alert about " + child)
	jo.follow(child)
	plan := jo.path()
	jo.follow("Activate the completed sections")
	jo.press("Activate the completed sections")
	jo.follow("Reassign the plan to business support")
	jo.date("When is the next meeting?", "10 6 2026")

	second := d.as(worker, phone) // meanwhile, the same person changes the plan on a phone
	second.open(plan)
	second.follow("Assessment")
	second.follow(second.sections()[0])
	second.fill("The name that the child likes to be called", "Pip")
	second.press("Save the section")
	jo.press("Reassign the plan to business support")
	jo.sees("Somebody else changed this plan")
	jo.follow("Open the page again")
	jo.date("When is the next meeting?", "10 6 2026")
	jo.press("Reassign the plan to business support")

	sam := d.as(office, desk)
	sam.follow(child, "Send the plan for grading")
	sam.fill("Why should it be graded?", "A sample")
	sam.press("Send the plan for grading")

	ada := d.as(consultant, desk)
	ada.follow(child, "Assessment")
	ada.follow(ada.sections()[2])
	ada.sees("What to look for")
	ada.open(plan)
	ada.follow("Grade the plan")
	ada.tick("Red")
	ada.press("Award the grade")
	ada.sees("feedback")
	ada.fill("Feedback", "Say what the school will do.")
	ada.press("Award the grade")

	jo.open(plan)
	jo.follow("Reassign the plan to business support")
	jo.date("When is the next meeting?", "10 6 2026")
	jo.press("Reassign the plan to business support")
	sam.open(plan)
	sam.follow("Send the plan for grading")
	sam.press("Send the plan for grading")
	ada.open(plan)
	ada.follow("Grade the plan")
	ada.tick("Green")
	ada.press("Award the grade")

	sam.open(plan)
	sam.follow("Finalise the plan")
	sam.press("Finalise the plan")
	sam.sees("Finalised")
	sam.follow("Payments")
	sam.sees(child)
	sam.press("Make the payment run")
	sam.follow("Children", child, "Start a subsequent plan")
	sam.press("Start the plan")
	sam.sees("draft with the social worker")

	noor := d.as(head, desk)
	noor.follow("Report")
	noor.open(plan)
	noor.follow("Read the history")
	noor.sees("Grade the plan: red", "Say what the school will do.")
	for _, name := range []string{reviewer, adviser} {
		reads := d.as(name, phone)
		reads.sees("Plans that you may read")
		reads.follow(reads.links("main tbody th a")[0], "Assessment")
		reads.follow(reads.sections()[0])
	}
	mo := d.as(other, desk)
	mo.open(plan)
	mo.sees("This page does not exist")
}

// picture takes one picture of the page at a desk and one on a phone, if -pictures is given.
func (p *person) picture(name string) {
	p.t.Helper()
	if *pictures == "" {
		return
	}
	for size, window := range map[string][2]int64{"desk": desk, "phone": phone} {
		p.do(chromedp.EmulateViewport(window[0], window[1]))
		png, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
		require.NoError(p.t, err)
		p.looks()
		require.NoError(p.t, os.WriteFile(filepath.Join(*pictures, name+"-"+size+".png"), png, 0o600))
	}
	p.do(chromedp.EmulateViewport(desk[0], desk[1]))
}
