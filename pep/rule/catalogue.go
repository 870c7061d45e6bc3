package rule

import "iter"

// Definition is one rule of the catalogue: what it says, where it comes from, what
// implements it and what proves it.
type Definition struct {
	ID     ID     `json:"id"`
	Title  string `json:"title"`  // the rule in one plain sentence, without a full stop and without numbers that belong to a policy
	Source string `json:"source"` // the source of the rule that holds for every council; SourceIn adds one council's documents
	Home   string `json:"home"`   // the Go symbol that implements it, such as "delegation.Rules.Due"
	Pin    string `json:"pin"`    // "corpus" if cases of the corpus prove it, otherwise a Go test, such as "pep.TestStandingForATerm"
}

// PinnedByCorpus reports whether cases of the corpus, and not a Go test, prove the
// rule.
func (e Definition) PinnedByCorpus() bool { return e.Pin == fromCorpus }

// Catalogue iterates over every rule once, in the order of the constants.
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
	holidays   = "Banking and Financial Dealings Act 1971, Schedule 1"
	practice   = "local practice"
	reading    = "our reading"
	proposal   = "our proposal"
	register   = "DfE establishment types, as in DfE Sign-in"
	fromCorpus = "corpus"
)

// definitions has one row for each rule, in the order of the constants.
var definitions = [...]Definition{
	{TERM1, "Three terms tile the year: each runs from its first day to the day before the next one begins", practice, "term.Calendar.Of", fromCorpus},
	{TERM2, "The term of a plan is the term of its PEP meeting date", practice, "pep.PEP.Term", fromCorpus},
	{TERM3, "A term is a season of a calendar year, and SPRING, SUMMER and AUTUMN of a year follow one another", reading, "term.Term.Compare", fromCorpus},
	{TERM4, "The academic year runs from 1 September to 31 August", "Education Act 1996, section 8 (school year)", "term.AcademicYearOf", fromCorpus},
	{TERM5, "The financial year runs from 1 April to 31 March: a SUMMER, an AUTUMN and the next SPRING", reading, "term.FinancialYearOf", fromCorpus},
	{TERM6, "The terms are not school terms: the dates on which schools open never change the term of a day", reading, "term.Calendar.Of", fromCorpus},
	{TERM7, "Dates are civil days in Europe/London: an instant counts as the day on which it falls there", reading, "civil.Of", fromCorpus},
	{TERM8, "A meeting that is set lies between the first day of the earliest term and the last day of the latest term that the policy allows, counted from the current term", proposal, "pep.Policy.MeetingWindow", fromCorpus},

	{AGE1, "An age is attained at the start of the birthday", "Family Law Reform Act 1969, section 9", "civil.Date.AgeOn", fromCorpus},
	{AGE2, "In a year without a 29 February, somebody born on that day attains an age on the day that the policy names", reading, "civil.Date.Anniversary", fromCorpus},
	{AGE3, "A birth date after the day asked about, or more than 25 years before it, is an error of input", proposal, "term.CheckBorn", fromCorpus},

	{ELIG1, "Only a child looked after by this authority needs a plan, wherever the child's school is, and an authority that is not recognised is an error of input", practice, "pep.Policy.RequiredOn", fromCorpus},
	{ELIG2, "A child who is old enough for nursery provision, and not yet of the age at which every child needs a plan, needs one only in nursery provision", practice, "pep.Policy.RequiredOn", fromCorpus},
	{ELIG3, "A child of the age at which every child needs a plan needs one whether in education or not", practice, "pep.Policy.RequiredOn", fromCorpus},
	{ELIG4, "The last term that needs a plan is the term of the birthday that ends the need for plans, unless the policy ends the need on the birthday itself", practice, "pep.Policy.LastTerm", fromCorpus},
	{ELIG5, "A child whose care has ended is no longer looked after and needs no plan, even within the last term", practice, "pep.Policy.RequiredForTerm", fromCorpus},
	{ELIG6, "The term that contains the birthday from which a child needs a plan counts as the first, unless the policy begins with the term after it", reading, "pep.Policy.InAgeWindow", fromCorpus},
	{ELIG7, "A plan is needed for a term if on at least one day of it the child is looked after and old enough, and it is not after the last term", reading, "pep.Policy.RequiredForTerm", fromCorpus},
	{ELIG8, "A plan is needed on a day if on that day the child is looked after and in the age window", reading, "pep.Policy.RequiredOn", fromCorpus},
	{ELIG9, "A child in a series of short breaks needs no plan", "Care Planning, Placement and Case Review (England) Regulations 2010, reg. 48", "pep.Policy.RequiredOn", fromCorpus},
	{ELIG10, "A child new to care is not missing a plan in a term that ends before the first plan is due", reading, "pep.Policy.Missing", "pep.TestStandingForATerm"},
	{ELIG11, "A child who is too young for nursery provision never needs a plan", practice, "pep.Policy.RequiredOn", fromCorpus},

	{YEAR1, "The year group follows from the birth date and the school year of England, which begins with Reception", reading + ", of the English school year", "forms.YearGroupOf", fromCorpus},
	{YEAR2, "A recorded year group takes precedence over the one that follows from the birth date", reading, "forms.YearGroupAt", fromCorpus},
	{YEAR3, "Year group and form type are those on the day of the meeting, not on the day the form is started", reading, "pep.Policy.FormType", fromCorpus},
	{YEAR4, "No form exists above Year 13", reading, "forms.Table.Type", fromCorpus},
	{YEAR5, "Key stages: EYFS up to Reception, KS1 Y1 to Y2, KS2 Y3 to Y6, KS3 Y7 to Y9, KS4 Y10 to Y11, KS5 Y12 to Y13", reading + ", of the key stages in England", "forms.YearGroup.KeyStage", fromCorpus},

	{FORM1, "Early Years is the form of the nursery and Reception year groups, as the table of form types says", practice, "forms.Table.Type", fromCorpus},
	{FORM2, "Primary Mainstream is the form of the primary year groups outside special schools, as the table of form types says", practice, "forms.Table.Type", fromCorpus},
	{FORM3, "Secondary Mainstream is the form of the secondary year groups outside special schools, as the table of form types says", practice, "forms.Table.Type", fromCorpus},
	{FORM4, "Key Stage 5 is the form of the year groups of that key stage outside special schools, as the table of form types says", practice, "forms.Table.Type", fromCorpus},
	{FORM5, "Primary Special is the form of the primary year groups at a special school, as the table of form types says", practice, "forms.Table.Type", fromCorpus},
	{FORM6, "Secondary Special is the form of the later year groups at a special school, as the table of form types says", practice, "forms.Table.Type", fromCorpus},
	{FORM7, "A special school is an establishment of one of the special types", register + "; " + reading, "forms.SpecialTypes", fromCorpus},
	{FORM8, "A child with no establishment has the mainstream form of the year group", reading, "forms.Table.Type", fromCorpus},
	{FORM9, "The form type is fixed when the plan is started and stays when the meeting is moved", reading, "pep.PEP.Type", fromCorpus},

	{SECT1, "Each form type has a fixed number of sections", practice, "forms.TemplateOf", fromCorpus},
	{SECT2, "Each section of a form has a title, and the sections have a fixed order", practice, "forms.TemplateOf", fromCorpus},
	{SECT3, "No box is left blank: a question that does not apply is answered N/A, and the social worker completes the social worker's own sections before delegating", practice, "forms.Template.Complete", fromCorpus},
	{SECT4, "The social worker's sections are ready in good time before the meeting", practice, "delegation.Rules.PreparedLate", "delegation.TestSectionsAreReadyInTimeBeforeTheMeeting"},

	{PRE1, "A plan is delegated only to an establishment that is CURRENT", practice, "delegation.Rules.Preflight", fromCorpus},
	{PRE2, "A plan is delegated only to a designated teacher who is ACTIVE in the address book", practice, "delegation.Rules.Preflight", fromCorpus},
	{PRE3, "A designated teacher can be selected once the waiting time after the portal account was actioned is over", practice, "delegation.Rules.Preflight", fromCorpus},
	{PRE4, "An establishment is matched by its name and post code as recorded", practice, "delegation.MatchesAgency", "delegation.TestAgencyIsMatchedOnNameAndPostCode"},

	{DELEG1, "All sections of the form are delegated together", practice, "pep.Delegate", fromCorpus},
	{DELEG2, "A plan is delegated from draft to one contributor at a time", reading, "pep.Delegate", fromCorpus},
	{DELEG3, "The due date is entered at delegation and is never before the day of delegating", practice, "pep.Delegate", fromCorpus},
	{DELEG4, "A plan may be delegated before or after its meeting", reading, "pep.Delegate", fromCorpus},
	{DELEG5, "The social worker cannot edit a delegated section, or a returned one until it is activated", practice, "pep.Answer", fromCorpus},
	{DELEG6, "A retract loses what is in the form, so it is confirmed with the setting first and has a reason; the service desk can restore what was lost while it is kept sealed", practice, "pep.Retract", fromCorpus},
	{DELEG7, "A re-delegation needs activation first and comments, and keeps the content", practice, "pep.Redelegate", fromCorpus},
	{DELEG8, "Submitting the contribution returns all sections at once", practice, "pep.SubmitContribution", fromCorpus},
	{DELEG9, "The social worker completes the form if there is no establishment, and at key stage 5 if there is no consent to share", practice, "pep.Delegate", fromCorpus},

	{ASSIGN1, "The comment on reassigning a plan to business support has the term, a dash and the date of the next meeting with the day first", practice, "delegation.Rules.ParseAssignment", fromCorpus},
	{ASSIGN2, "The term in the assignment comment is the plan's own", practice, "delegation.Rules.ParseAssignment", fromCorpus},
	{ASSIGN3, "The next meeting is in the next term: a term before the plan's is refused, and the plan's own term or one after the next gives a warning", reading, "delegation.Rules.ParseAssignment", fromCorpus},
	{ASSIGN4, "No next meeting is needed if the child needs no plan in the next term: the comment then has the words for no meeting instead of a date", reading, "delegation.Rules.ParseAssignment", fromCorpus},

	{DUE1, "The form is due back when the return period after the meeting ends", practice, "delegation.Rules.Due", fromCorpus},
	{DUE2, "A due date on a weekend or bank holiday is left alone, unless the policy moves it to the next working day", reading, "delegation.Rules.Due", fromCorpus},
	{DUE3, "A form is overdue from the day after its due date until it is submitted", reading, "delegation.Rules.Timeliness", fromCorpus},
	{DUE4, "An out-of-term form is due when the out-of-term period after the day of delegating ends", practice, "delegation.Rules.Due", fromCorpus},
	{DUE4b, "A default due date is never already past: if it would be, it is counted from the day of delegating", reading, "delegation.Rules.Due", fromCorpus},
	{DUE5, "The first plan must be complete within the initial deadline, counted from coming into care", practice, "pep.Policy.InitialDeadlines", fromCorpus},
	{DUE6, "In an emergency the first plan must be started within the emergency deadline, counted from the first placement", "Care Planning, Placement and Case Review (England) Regulations 2010, reg. 4(2)", "pep.Policy.InitialDeadlines", fromCorpus},
	{DUE7, "A working day is a day from Monday to Friday that is not a bank holiday in England and Wales; beyond the published bank holidays the answer is refused", holidays + "; " + "published bank holidays", "workday.Calendar.Is", fromCorpus},
	{DUE8, "A plan that stays in returned, checking or grading for longer than the policy allows is listed in the day's work", proposal, "pep.Policy.Stalled", "pep.TestAPlanStallsAfterTheDaysOfThePolicy"},

	{REM1, "The establishment is reminded on days counted from the meeting, unless the plan was submitted, was retracted or was delegated after the meeting", reading, "delegation.Rules.RemindersOn", fromCorpus},
	{REM2, "A further reminder goes out on each day that the policy counts from the due date; a negative number counts back", practice, "delegation.Rules.RemindersOn", "delegation.TestReminderGoesOutOnTheDayOfTheMeeting"},

	{OOT1, "A form is out of term if it is delegated after the term of its meeting has ended", reading, "delegation.Rules.Due", fromCorpus},
	{OOT2, "A form not returned in term becomes the form of the following term, if the policy carries forms forward; a form that was returned keeps its term", reading, "delegation.Rules.CarryForward", fromCorpus},
	{OOT3, "A form carried forward counts for the new term only", reading, "pep.PEP.Term", fromCorpus},
	{OOT4, "A form is carried forward no more often than the policy allows, and is stale if it is late again at the end of the next term", reading, "delegation.Rules.CarryForward", fromCorpus},

	{GRADE1, "A plan is graded if the policy grades every plan, or if no plan of its establishment has been graded this term", practice, "pep.Policy.Grading", fromCorpus},
	{GRADE2, "The alternative is to grade a plan of each child at least once in a number of months", practice, "pep.Policy.Grading", fromCorpus},
	{GRADE3, "Grading may be asked for or waived with a reason", reading, "pep.Finalise", fromCorpus},
	{GRADE4, "Grades are red, amber and green; a plan goes back with a grade that is not adequate, and such a grade needs feedback", practice, "pep.AwardGrade", fromCorpus},
	{GRADE5, "A red grade counts as a grade of the establishment, and the same child's plan is graded again", reading, "pep.Policy.Grading", fromCorpus},
	{GRADE6, "The establishment is the one on the day of the meeting, and a plan without an establishment is always graded", reading, "pep.Policy.Grading", fromCorpus},
	{GRADE7, "The term of a grade is the plan's term, not the term of the day of grading", reading, "pep.Policy.Grading", fromCorpus},
	{GRADE8, "A plan is red if the child's voice, the attendees or next date, the evaluation, the targets, the strategies, the plan for the premium or a transition plan that is due is missing or very weak", practice, "pep.Criteria", "pep.TestWhatMakesAPlanRedAmberOrGreen"},
	{GRADE9, "Only a Virtual School Consultant grades, and only a plan at stage grading", practice, "pep.AwardGrade", fromCorpus},

	{FINAL1, "A social worker never finalises a plan", practice, "pep.Finalise", fromCorpus},
	{FINAL2, "Business support finalises from checking, and not a plan whose grade is not adequate", reading, "pep.Finalise", fromCorpus},
	{FINAL3, "Once a plan is finalised, the plan for the next term is started", practice, "workflow.Service.RunDay", "workflow.TestAFinalisedPlanIsListedUntilTheNextIsStarted"},
	{FINAL4, "Only the service desk reopens or deletes a plan, with a reason", practice, "pep.Reopen", fromCorpus},

	{START1, "A social worker starts the initial plan, business support the subsequent ones", practice, "pep.StartInitial", fromCorpus},
	{START2, "A child has at most one open plan", reading, "pep.StartInitial", fromCorpus},
	{START3, "A child who comes back into care has an initial plan again", reading, "pep.StartInitial", fromCorpus},

	{AMEND1, "Amendments before finalising need no revision and are not limited; a finalised plan is revised, with a reason", practice, "pep.Revise", fromCorpus},
	{REPIN1, "The service desk or the system moves an open plan to another revision of the policy with the same terms", proposal, "pep.Repin", fromCorpus},

	{CHG1, "A change of placement needs no new plan", practice, "pep.Policy.EnteredCare", "pep.TestAChangeOfPlacementNeedsNoNewPlan"},
	{CHG2, "After a change of establishment the next plan goes to the new one; a plan already delegated or returned stays with the old one", reading, "pep.Snapshot.Where", "pep.TestTheNextPlanGoesToTheNewEstablishment"},
	{CHG3, "An academy conversion brings a new DfE number and finance details", practice, "pep.Policy.Convert", "payment.TestAnAcademyIsPaidOnceItsDetailsAreKnown"},
	{CHG4, "When a child is no longer looked after, the open plan is cancelled and no plan is started; the recorded episodes of care decide", practice, "pep.Cease", fromCorpus},
	{CHG5, "The social worker keeps the plan even if the child has a personal adviser", practice, "pep.Stage.Tray", fromCorpus},
	{CHG6, "After a change of health information the section on health is brought up to date; no new plan is started", reading, "pep.PEP.Warnings", "pep.TestWarningsOfAPlan"},

	{MISS1, "A child is missing a plan in a term that needs one if no plan of that term is returned or later", reading, "pep.Policy.Missing", "pep.TestStandingForATerm"},
	{MISS2, "There is a reason for every child who is not on the list of missing plans", reading, "pep.Policy.Missing", "pep.TestStandingForATerm"},

	{PAY1, "A finalised plan is paid for; a plan that is not yet finalised is held, and a cancelled or deleted one is not payable", practice, "payment.Decide", fromCorpus},
	{PAY2, "A plan whose grade is not adequate, or that awaits its grade, is held", reading, "payment.Decide", fromCorpus},
	{PAY3, "A child is paid for once in a term", practice, "payment.Settle", "payment.TestAChildIsPaidForOnceInATerm"},
	{PAY4, "The amount is the term's published rate; if no rate is published, there is no answer", practice, "payment.Decide", fromCorpus},
	{PAY5, "Only plans of the year groups that are paid for earn anything", practice, "payment.Decide", fromCorpus},
	{PAY6, "The payee is the establishment of the plan, even if the child has moved since", reading, "payment.ClaimOf", "payment.TestThePayeeIsTheEstablishmentOfThePlan"},
	{PAY7, "An establishment of a paid type is paid, one of an unpaid type is not, and one of any other type is held; a plan without an establishment is not paid", practice, "payment.Decide", fromCorpus},
	{PAY8, "The payment is held unless the payee has a DfE number and, if its type needs them, finance details", reading, "payment.Decide", fromCorpus},
	{PAY9, "A plan that is late is paid in a later run at its own term's rate and financial year", reading, "payment.Settle", fromCorpus},
	{PAY10, "A plan carried forward is paid for in the term that it was carried to", reading, "payment.ClaimOf", "payment.TestACarriedPlanIsPaidForTheTermItWasCarriedTo"},
	{PAY11, "The Virtual School Head may pay or hold with a reason", practice, "payment.Discretion.Check", "payment.TestTheHeadMayPayOrHold"},
	{PAY12, "A payment is not clawed back when its plan is revised, reopened or deleted; it is flagged", reading, "payment.Settle", "payment.TestWhatWasPaidIsFlaggedAndNotClawedBack"},

	{NOTE1, "Contact outside the workflow is a case note, and a new worker reads the case notes before taking over", practice, "pep.Reallocation.Unread", "pep.TestCaseNotesAreReadBeforeACaseIsTakenOver"},
	{DOC1, "An attachment belongs to the plan and shows on the main record", practice, "pep.Attach", fromCorpus},
	{ID1, "A UPN has a check letter, a DfE number 3 and 4 digits, a URN 6 digits, and neither number is all zeros", "Common Basic Data Set, unique pupil number" + "; " + "Get Information about Schools", "record.ParseUPN", fromCorpus},
	{RET1, "A plan is kept for a number of years from birth or, if the person dies before the age that ends the need for plans, from death", "Care Planning, Placement and Case Review (England) Regulations 2010, reg. 50 (its text not seen; the Welsh reg. 64 of 2015 says so)", "pep.Policy.KeepUntil", fromCorpus},
}
