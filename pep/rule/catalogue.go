package rule

import "iter"

// Definition is one rule of the catalogue: what it says, where it comes from,
// where it is held and what proves it.
type Definition struct {
	ID     ID
	Title  string // the rule in one plain sentence, with its numbers, without a full stop
	Source string // where it comes from, the one that decides first
	Home   string // the Go symbol that holds it, such as "delegation.Rules.Due"
	Pin    string // "corpus" where cases of the corpus pin it, else a Go test, such as "pep.TestStandingForATerm"
}

// PinnedByCorpus reports whether cases of the corpus prove the rule, and not a
// Go test.
func (e Definition) PinnedByCorpus() bool { return e.Pin == fromCorpus }

// Catalogue yields every rule once, in the order of the constants.
func Catalogue() iter.Seq[Definition] {
	return func(yield func(Definition) bool) {
		for _, e := range definitions {
			if !yield(e) {
				return
			}
		}
	}
}

// The sources that several rules share.
const (
	guide      = "Simple guide to PEPs for social workers"
	book       = "PEP process book, swim-lane of the PEP form"
	received   = "PEP process book, 1.2 PEP received (24/02/2020)"
	amendments = "PEP process book, 1.4 PEP form amendments needed (14/02/2020)"
	change     = "PEP process book, 3.1 Change of establishment/contact (21/02/2020)"
	upload     = "PEP process book, 5.1 Upload documents (06/12/2019)"
	process    = "Lancashire website, The PEP process"
	overview   = "Lancashire website, Personal education plans: overview"
	quality    = "Lancashire website, Personal education plans: quality assurance"
	allocation = "Lancashire policy for the allocation of Pupil Premium Grant 2025-26"
	premium    = "Lancashire website, Pupil premium grant"
	holidays   = "Banking and Financial Dealings Act 1971, Schedule 1"
	reading    = "our reading"
	proposal   = "our proposal"
	register   = "DfE establishment types, as in DfE Sign-in"

	fromCorpus = "corpus"
)

// definitions has one row for each rule, in the order of the constants.
var definitions = [...]Definition{
	{TERM1, "Three terms tile the year: SPRING 1 January to 31 March, SUMMER 1 April to 31 August, AUTUMN 1 September to 31 December", guide + "; " + received, "term.Calendar.Of", fromCorpus},
	{TERM2, "The term of a plan is the term of its PEP meeting date", received, "pep.PEP.Term", fromCorpus},
	{TERM3, "A term is a season of a calendar year, and SPRING, SUMMER and AUTUMN of a year follow one another", reading, "term.Term.Compare", fromCorpus},
	{TERM4, "The academic year runs from 1 September to 31 August", "Education Act 1996, section 8 (school year)", "term.AcademicYearOf", fromCorpus},
	{TERM5, "The financial year runs from 1 April to 31 March: a SUMMER, an AUTUMN and the next SPRING", allocation, "term.FinancialYearOf", fromCorpus},
	{TERM6, "The terms are not school terms: the dates on which schools open never change the term of a day", reading + ", from the term dates of the guide", "term.Calendar.Of", fromCorpus},
	{TERM7, "Dates are civil days in Europe/London: an instant is the day that it falls on there", reading, "civil.Of", fromCorpus},

	{AGE1, "An age is attained at the start of the birthday", "Family Law Reform Act 1969, section 9", "civil.Date.AgeOn", fromCorpus},
	{AGE2, "Somebody born on 29 February attains an age on 1 March of a year that has no 29 February", reading, "civil.Date.Anniversary", fromCorpus},
	{AGE3, "A birth date after the day asked about, or more than 25 years before it, is an error of input", proposal, "term.CheckBorn", fromCorpus},

	{ELIG1, "Only a child looked after by this authority needs a plan, wherever the child's school is", change, "pep.Policy.RequiredOn", fromCorpus},
	{ELIG2, "A child of 2 or 3 needs a plan only in nursery provision", guide, "pep.Policy.RequiredOn", fromCorpus},
	{ELIG3, "A child of 4 or over needs a plan whether in education or not", guide, "pep.Policy.RequiredOn", fromCorpus},
	{ELIG4, "The last term that needs a plan is the one of the 18th birthday", guide, "pep.Policy.LastTerm", fromCorpus},
	{ELIG5, "Being looked after ends with care, so nobody whose care ended by the 18th birthday needs a plan after it, even inside the last term", overview + "; " + change, "pep.Policy.RequiredForTerm", fromCorpus},
	{ELIG6, "The term that contains the 2nd birthday (in nursery) or the 4th counts as the first", guide + "; " + reading, "pep.Policy.InAgeWindow", fromCorpus},
	{ELIG7, "A plan is needed for a term if on at least one day of it the child is looked after and old enough, and it is not after the last term", reading, "pep.Policy.RequiredForTerm", fromCorpus},
	{ELIG8, "A plan is needed on a day if on that day the child is looked after and in the age window", reading, "pep.Policy.RequiredOn", fromCorpus},
	{ELIG9, "A child in a series of short breaks needs no plan", "Care Planning, Placement and Case Review (England) Regulations 2010, reg. 48", "pep.Policy.RequiredOn", fromCorpus},
	{ELIG10, "A child new to care is not missing a plan in a term that ends before the first plan is due", process + "; " + reading, "pep.Policy.Missing", "pep.TestStandingForATerm"},
	{ELIG11, "A child under 2 never needs a plan", guide, "pep.Policy.RequiredOn", fromCorpus},

	{YEAR1, "The year group follows from the birth date: school starts in the September after the 4th birthday, with Reception", reading + ", of the English school year", "forms.YearGroupOf", fromCorpus},
	{YEAR2, "A year group that is recorded holds over the one from the birth date", guide + "; " + reading, "forms.YearGroupAt", fromCorpus},
	{YEAR3, "Year group and form type are those on the day of the meeting, not on the day the form is started", reading + ", from " + received, "pep.Policy.FormType", fromCorpus},
	{YEAR4, "No form exists above Year 13", reading, "forms.Table.Type", fromCorpus},
	{YEAR5, "Key stages: EYFS up to Reception, KS1 Y1 to Y2, KS2 Y3 to Y6, KS3 Y7 to Y9, KS4 Y10 to Y11, KS5 Y12 to Y13", guide + " for KS5; " + reading + ", of the key stages in England", "forms.YearGroup.KeyStage", fromCorpus},

	{FORM1, "Early Years is the form of nursery and Reception year groups, whatever the school", guide, "forms.Lancashire", fromCorpus},
	{FORM2, "Primary Mainstream is the form of Y1 to Y6 outside special schools", guide, "forms.Lancashire", fromCorpus},
	{FORM3, "Secondary Mainstream is the form of Y7 to Y11 outside special schools", guide, "forms.Lancashire", fromCorpus},
	{FORM4, "Key Stage 5 is the form of Y12 to Y13 outside special schools", guide, "forms.Lancashire", fromCorpus},
	{FORM5, "Primary Special is the form of Y1 to Y6 at a special school", guide, "forms.Lancashire", fromCorpus},
	{FORM6, "Secondary Special is the form of Y7 to Y13 at a special school", guide, "forms.Lancashire", fromCorpus},
	{FORM7, "A special school is an establishment of type 7, 8, 10, 12, 33, 36 or 44", register + "; " + reading, "forms.SpecialTypes", fromCorpus},
	{FORM8, "A child with no establishment has the mainstream form of the year group", reading, "forms.Lancashire", fromCorpus},
	{FORM9, "The form type is fixed when the plan is started and stays when the meeting is moved", reading, "pep.PEP.Type", fromCorpus},

	{SECT1, "A form has 6 sections, and 5 for Early Years", guide, "forms.TemplateOf", fromCorpus},
	{SECT2, "The first section is My Personal Information, the second My Health, the last Attendees and Next PEP Meeting", guide, "forms.TemplateOf", fromCorpus},
	{SECT3, "No box is left blank: what does not apply is answered N/A, and the social worker completes the first two sections before delegating", guide, "forms.Template.Complete", fromCorpus},
	{SECT4, "The social worker's sections are ready at least 10 days before the meeting", process, "delegation.Rules.PreparedLate", "delegation.TestSectionsAreReadyTenDaysBeforeTheMeeting"},

	{PRE1, "A plan is delegated only to an establishment that is CURRENT", guide, "delegation.Rules.Preflight", fromCorpus},
	{PRE2, "A plan is delegated only to a designated teacher who is ACTIVE in the address book", guide, "delegation.Rules.Preflight", fromCorpus},
	{PRE3, "A designated teacher can be selected 24 hours after the portal account was actioned", guide, "delegation.Rules.Preflight", fromCorpus},
	{PRE4, "An establishment is matched by its name and post code as recorded", guide + ", portal user request form", "delegation.MatchesAgency", "delegation.TestAgencyIsMatchedOnNameAndPostCode"},

	{DELEG1, "All sections of the form are delegated together", guide, "pep.Delegate", fromCorpus},
	{DELEG2, "A plan is delegated from draft to one contributor at a time", guide + "; " + reading, "pep.Delegate", fromCorpus},
	{DELEG3, "The due date is entered at delegation and is never before the day of delegating", guide + "; " + book, "pep.Delegate", fromCorpus},
	{DELEG4, "A plan may be delegated before or after its meeting", guide + "; " + reading, "pep.Delegate", fromCorpus},
	{DELEG5, "The social worker does not edit what is delegated, nor what is returned until it is activated", guide, "pep.Answer", fromCorpus},
	{DELEG6, "To retract loses what is in the form: it is confirmed with the setting first and has a reason", guide, "pep.Retract", fromCorpus},
	{DELEG7, "To re-delegate needs activation first and comments, and keeps the content", book + "; " + guide, "pep.Redelegate", fromCorpus},
	{DELEG8, "Submitting the contribution returns all sections at once", guide, "pep.SubmitContribution", fromCorpus},
	{DELEG9, "The social worker completes the form where there is no establishment, and at key stage 5 without consent to share", upload + "; " + guide, "pep.Delegate", fromCorpus},

	{ASSIGN1, "Reassigning to business support carries the term and the next meeting's date, as in SPRING—17/06/2022", guide, "delegation.Rules.ParseAssignment", fromCorpus},
	{ASSIGN2, "The term in the assignment comment is the plan's own", guide, "delegation.Rules.ParseAssignment", fromCorpus},
	{ASSIGN3, "The next meeting is in the next term: earlier than the plan's term is refused, the same term and a later one are warned of", guide + "; " + reading, "delegation.Rules.ParseAssignment", fromCorpus},
	{ASSIGN4, "No next meeting is needed in the last term that needs a plan: the comment says N/A", reading, "delegation.Rules.ParseAssignment", fromCorpus},

	{DUE1, "The form is due back 2 weeks (14 days) after the meeting", received, "delegation.Rules.Due", fromCorpus},
	{DUE2, "A due date on a weekend or bank holiday is left alone", reading, "delegation.Rules.Due", fromCorpus},
	{DUE3, "A form is overdue from the day after its due date until it is submitted", received + "; " + reading, "delegation.Rules.Timeliness", fromCorpus},
	{DUE4, "An out-of-term form is due 2 weeks (14 days) after it is delegated", received, "delegation.Rules.Due", fromCorpus},
	{DUE4b, "A default due date is never already past: where it would be, it is counted from the day of delegating", reading, "delegation.Rules.Due", fromCorpus},
	{DUE5, "The first plan is complete within 20 working days of coming into care", process, "pep.Policy.InitialDeadlines", fromCorpus},
	{DUE6, "In an emergency the first plan is initiated within 10 working days of the first placement", process + "; Care Planning, Placement and Case Review (England) Regulations 2010, reg. 4(2)", "pep.Policy.InitialDeadlines", fromCorpus},
	{DUE7, "A working day is Monday to Friday and no bank holiday in England and Wales, and beyond those published the answer is refused", holidays + "; published bank holidays", "workday.Calendar.Is", fromCorpus},

	{REM1, "The establishment is reminded on the day of the meeting, unless it has submitted, was retracted or was delegated to after it", book + "; " + reading, "delegation.Rules.RemindersOn", fromCorpus},
	{REM2, "A further reminder before the due date is possible and is off", process, "delegation.Rules.RemindersOn", "delegation.TestReminderGoesOutOnTheDayOfTheMeeting"},

	{OOT1, "A form is out of term if it is delegated after the term of its meeting has ended", received + "; " + reading, "delegation.Rules.Due", fromCorpus},
	{OOT2, "A form not returned in term becomes the form of the following term, once its due date has passed too", received + "; " + reading, "delegation.Rules.CarryForward", fromCorpus},
	{OOT3, "A form carried forward counts for the new term only", received + "; " + reading, "pep.PEP.Term", fromCorpus},
	{OOT4, "A form is carried forward once at most, and is stale at the end of the next term", received + "; " + reading, "delegation.Rules.CarryForward", fromCorpus},

	{GRADE1, "A plan is graded unless its establishment was already graded this term", book + "; " + quality + " (earlier text)", "pep.Policy.Grading", fromCorpus},
	{GRADE2, "The alternative is to grade each child's plan at least once in 12 months", quality + " (newer text)", "pep.Policy.Grading", fromCorpus},
	{GRADE3, "Grading may be asked for or waived with a reason", book + "; " + reading, "pep.Finalise", fromCorpus},
	{GRADE4, "Grades are red, amber and green; red goes back for improvement and needs feedback", quality, "pep.AwardGrade", fromCorpus},
	{GRADE5, "A red grade counts as a grade of the establishment, and the same child's plan is graded again", reading, "pep.Policy.Grading", fromCorpus},
	{GRADE6, "The establishment is the one on the day of the meeting, and a child with none is always graded", reading, "pep.Policy.Grading", fromCorpus},
	{GRADE7, "The term of a grade is the plan's, not that of the day of grading", reading, "pep.Policy.Grading", fromCorpus},
	{GRADE8, "A plan is red if voice, attendees or next date, evaluation, targets, strategies, the premium's plan or a due transition plan is wanting", quality, "pep.Criteria", "pep.TestWhatMakesAPlanRedAmberOrGreen"},
	{GRADE9, "Only a Virtual School Consultant grades, and only a plan at stage grading", book + "; " + quality, "pep.AwardGrade", fromCorpus},

	{FINAL1, "A social worker never finalises a plan", guide, "pep.Finalise", fromCorpus},
	{FINAL2, "Business support finalises from checking, and not a plan graded red", book + "; " + process + "; " + reading, "pep.Finalise", fromCorpus},
	{FINAL3, "Once a plan is finalised, the next term's is started", process, "workflow.Service.RunDay", "workflow.TestAFinalisedPlanIsListedUntilTheNextIsStarted"},
	{FINAL4, "Only the service desk reopens or deletes a plan, with a reason", guide, "pep.Reopen", fromCorpus},

	{START1, "A social worker starts the initial plan, business support the subsequent ones", guide, "pep.StartInitial", fromCorpus},
	{START2, "A child has one open plan at most", received + "; " + reading, "pep.StartInitial", fromCorpus},
	{START3, "A child who comes back into care has an initial plan again", reading, "pep.StartInitial", fromCorpus},

	{AMEND1, "Amendments before finalising need no revision and are not limited; a finalised plan is revised, with a reason", amendments, "pep.Revise", fromCorpus},

	{CHG1, "A change of placement needs no new plan", change, "pep.Policy.EnteredCare", "pep.TestAChangeOfPlacementNeedsNoNewPlan"},
	{CHG2, "After a change of establishment the next plan goes to the new one; one delegated or returned stays with the old", reading + ", of " + change, "pep.Snapshot.Where", "pep.TestTheNextPlanGoesToTheNewEstablishment"},
	{CHG3, "An academy conversion brings a new DfE number and finance details", change, "pep.Policy.Convert", "pep.TestAnAcademyIsPaidOnceItsDetailsAreKnown"},
	{CHG4, "When a child is no longer looked after, the open plan is cancelled and none is started", change, "pep.Cease", fromCorpus},
	{CHG5, "The social worker holds the plan even where there is a personal adviser", change, "pep.Stage.Tray", fromCorpus},

	{MISS1, "A child is missing a plan in a term that needs one if no plan of that term is returned or later", reading + ", of the PEP process book, 6.1 Missing PEPs report (06/02/2020)", "pep.Policy.Missing", "pep.TestStandingForATerm"},
	{MISS2, "A child left out of the missing list is left out with a reason", reading, "pep.Policy.Missing", "pep.TestStandingForATerm"},

	{PAY1, "A finalised plan is paid for; one not finalised is held, and one cancelled or deleted is not payable", "Lancashire website, Pupil premium grant plus for looked after children 2023-24; " + premium, "payment.Decide", fromCorpus},
	{PAY2, "A plan graded red or awaiting its grade is held", allocation + "; " + reading, "payment.Decide", fromCorpus},
	{PAY3, "A child is paid for once in a term", allocation, "payment.Settle", "pep.TestAChildIsPaidForOnceInATerm"},
	{PAY4, "The amount is the term's published rate, and where none is published there is no answer", allocation + "; " + premium, "payment.Decide", fromCorpus},
	{PAY5, "Reception to Year 11 are paid for", premium, "payment.Decide", fromCorpus},
	{PAY6, "The payee is the establishment of the plan, even if the child has moved since", allocation + "; " + reading, "payment.ClaimOf", "pep.TestThePayeeIsTheEstablishmentOfThePlan"},
	{PAY7, "Independent schools, early years providers, post-16 providers and no establishment are not paid", premium, "payment.Decide", fromCorpus},
	{PAY8, "A payee has a DfE number, and an academy finance details, or the payment is held", change + "; " + reading, "payment.Decide", fromCorpus},
	{PAY9, "A plan that is late is paid in a later run at its own term's rate and financial year", "PEP process book, 2.1 First payment run (21/02/2020); " + reading, "payment.Settle", fromCorpus},
	{PAY10, "A plan carried forward is paid for in the term it was carried to", reading, "payment.ClaimOf", "pep.TestACarriedPlanIsPaidForTheTermItWasCarriedTo"},
	{PAY11, "The Virtual School Head may pay or hold with a reason", premium, "payment.Discretion.Check", "pep.TestTheHeadMayPayOrHold"},
	{PAY12, "What was paid is not clawed back when a plan is revised, reopened or deleted; it is flagged", reading, "payment.Settle", "pep.TestWhatWasPaidIsFlaggedAndNotClawedBack"},

	{NOTE1, "Contact outside the workflow is a case note, read by a new worker before taking over", "PEP process book, 5.3 Case notes (22/11/2019)", "pep.Reallocation.Unread", "pep.TestCaseNotesAreReadBeforeACaseIsTakenOver"},
	{DOC1, "An attachment belongs to the plan and shows on the main record", upload, "pep.Attach", fromCorpus},
	{ID1, "A UPN has a check letter, a DfE number 3 and 4 digits, a URN 6 digits", "Common Basic Data Set, unique pupil number; Get Information about Schools", "record.ParseUPN", fromCorpus},
	{RET1, "A plan is kept until the 75th anniversary of birth, or 15 years from a death before 18", "Care Planning, Placement and Case Review (England) Regulations 2010, reg. 50 (its text not seen; the Welsh reg. 64 of 2015 says so)", "pep.Policy.KeepUntil", fromCorpus},
}
