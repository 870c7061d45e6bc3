package ask

import (
	"math"
	"strconv"
	"sync"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/rule"
)

// The functions below read answers as a client would. The description of each answer's
// members is derived from them.

func termOfAnswer(in *strict.Members) {
	termValue(in.Need("term"))
	in.Need("start").Date()
	in.Need("end").Date()
	termValue(in.Said("next"))
	termValue(in.Said("previous"))
	yearText(in.Said("academicYear"))
	yearText(in.Said("financialYear"))
}

// yearText reads an academic or financial year.
func yearText(v strict.Value) { v.Matching("^[0-9]{4}/[0-9]{2}$").Text("a year such as 2025/26") }

func termAgeAnswer(in *strict.Members) { in.Need("age").IntFrom(0, math.MaxInt16, "an age in years") }

func formsYearGroupAnswer(in *strict.Members) {
	strict.Named(in.Need("yearGroup"), "", forms.ParseYearGroup)
	strict.Named(in.Said("keyStage"), "", forms.ParseKeyStage)
}

func formsTypeAnswer(in *strict.Members) {
	strict.Named(in.Need("formType"), "", forms.ParseType)
	strict.Named(in.Need("yearGroup"), "", forms.ParseYearGroup)
	in.Need("sections").IntFrom(1, forms.MaxSections, "how many sections")
}

func formsSectionsAnswer(in *strict.Members) {
	in.Need("sections").IntFrom(1, forms.MaxSections, "how many sections")
	for _, name := range []string{"first", "second", "last"} {
		in.Need(name).Name("the title of a section")
	}
	texts(in.Need("titles"), "the titles in order")
}

// texts reads a list of texts.
func texts(v strict.Value, want string) {
	for text := range v.List(maxListed, want) {
		text.Name("text")
	}
}

func pepInAgeWindowAnswer(in *strict.Members) { in.Need("inWindow").Bool() }

func pepRequiredAnswer(in *strict.Members) { in.Need("required").Bool() }

func pepLastTermAnswer(in *strict.Members) { termValue(in.Need("term")) }

func pepInitialDeadlinesAnswer(in *strict.Members) {
	in.Need("completeBy").Date()
	in.May("initiateBy").Date()
}

func delegationDueAnswer(in *strict.Members) {
	in.Need("due").Date()
	in.Need("outOfTerm").Bool()
}

func delegationTimelinessAnswer(in *strict.Members) {
	strict.Named(in.Need("status"), "", delegation.ParseDueStatus)
	in.Need("daysLate").IntFrom(0, math.MaxInt32, "days")
	in.Need("workingDaysLate").IntFrom(0, math.MaxInt32, "working days")
}

func delegationAssignmentAnswer(in *strict.Members) {
	termValue(in.Need("term"))
	in.Said("nextMeeting").Date()
	termValue(in.Said("nextTerm"))
	for w := range in.Need("warnings").List(maxListed, "a list of warnings") {
		strict.Named(w, "", delegation.ParseGap)
	}
}

func delegationRemindersAnswer(in *strict.Members) {
	for day := range in.Need("on").List(maxListed, "a list of days") {
		day.Date()
	}
}

func delegationCarryForwardAnswer(in *strict.Members) {
	in.Need("carried").Bool()
	termValue(in.Need("term"))
	in.Need("stale").Bool()
}

func pepGradingAnswer(in *strict.Members) { in.Need("required").Bool() }

func pepPaymentAnswer(in *strict.Members) {
	in.May("pence").IntFrom(1, math.MaxInt32, "what is paid, in pence")
	strict.Named(in.May("held"), "", rule.Parse)
	strict.Named(in.May("notPayable"), "", rule.Parse)
	yearText(in.Need("financialYear"))
}

func pepIdentifierAnswer(in *strict.Members) {
	in.Need("valid").Bool()
	in.Said("normal").Text("the identifier as it is written")
}

func pepRetentionAnswer(in *strict.Members) { in.Need("keepUntil").Date() }

func pepWorkflowAnswer(in *strict.Members) {
	for element := range in.Need("steps").List(maxSteps, "what each step showed") {
		step := element.Object()
		strict.Named(step.May("refused"), "", rule.Parse)
		strict.Named(step.May("stage"), "", pep.ParseStage)
		step.May("tray").Name("whose tray it is in")
		texts(step.May("notices"), "the notices")
		decided(step)
	}
	finalAnswer(in.Said("final"))
}

// finalAnswer reads the summary of the plan that was started last.
func finalAnswer(v strict.Value) {
	final := v.Object()
	strict.Named(final.Need("stage"), "", pep.ParseStage)
	termValue(final.Need("term"))
	final.Need("meeting").Date()
	strict.Named(final.Need("formType"), "", forms.ParseType)
	final.Said("due").Date()
	strict.Named(final.Said("grade"), "", pep.ParseGrade)
	final.Said("nextMeeting").Date()
	final.Need("revision").IntFrom(1, math.MaxInt32, "the revision of the plan, 1 or more")
	final.Need("completedSections").IntFrom(0, forms.MaxSections, "how many sections")
}

func planStepAnswer(in *strict.Members) {
	readState(in.Said("plan"))
	strict.Named(in.Need("stage"), "", pep.ParseStage)
	in.Said("tray").Name("whose tray it is in")
	texts(in.Need("notices"), "the notices")
	finalAnswer(in.Said("final"))
	event := in.Need("event").Object()
	event.Need("at").Instant()
	strict.Named(event.Need("by"), "", pep.ParseRole)
	strict.Named(event.Need("do"), "", pep.ParseVerb)
	strict.Named(event.Need("from"), "", pep.ParseStage)
	strict.Named(event.Need("to"), "", parseStarted)
	event.May("sealedUntil").Date()
	event.May("restores").IntFrom(1, maxWhole, "the version of the retract that is undone")
}

func planLookAnswer(in *strict.Members) {
	actions := in.Need("actions").Object()
	for verb := range pep.AllVerbs() {
		o := actions.Need(verb.String()).Object()
		o.Need("allowed").Bool()
		strict.Named(o.May("to"), "", parseStarted)
		reasonsAnswer(o.Need("reasons"))
	}
	for w := range in.Need("warnings").List(maxListed, "a list of warnings") {
		strict.Named(w, "", pep.ParseWarning)
	}
	in.Said("due").Date()
	delegationTimelinessAnswer(in.Said("timeliness").Object())
	blank := in.Need("blank").Object()
	for section := 1; section <= forms.MaxSections; section++ {
		texts(blank.May(strconv.Itoa(section)), "the ids of the questions that are blank")
	}
	loss := in.Said("loss").Object()
	for section := range loss.Need("sections").List(forms.MaxSections, "the sections that are delegated") {
		section.IntFrom(1, forms.MaxSections, "the number of a section")
	}
	loss.Need("boxes").IntFrom(0, math.MaxInt16, "how many boxes are filled")
}

// reasonsAnswer reads the reasons for a refusal.
func reasonsAnswer(v strict.Value) {
	for element := range v.List(maxListed, "why not; empty if the action is allowed") {
		reason := element.Object()
		strict.Named(reason.Need("rule"), "", rule.Parse)
		reason.Need("code").Name("a code")
		reason.Need("message").Name("a sentence")
		reason.May("remedy").Name("what can be done about it")
		reason.May("section").IntFrom(1, forms.MaxSections, "the section concerned")
		reason.May("on").Date()
		reason.May("from").Instant()
	}
}

func pepMissingAnswer(in *strict.Members) {
	strict.Named(in.Need("standing"), "", pep.ParseStanding)
	in.May("by").Date()
}

func delegationPreflightAnswer(in *strict.Members) {
	in.Need("ready").Bool()
	reasonsAnswer(in.Need("reasons"))
}

func formsQuestionsAnswer(in *strict.Members) {
	for element := range in.Need("sections").List(forms.MaxSections, "the sections in order") {
		s := element.Object()
		s.Need("section").IntFrom(1, forms.MaxSections, "the number of the section")
		s.Need("title").Name("the title of the section")
		s.Need("proposed").Bool()
		strict.Named(s.Need("author"), "", forms.ParseAuthor)
		for question := range s.Need("questions").List(forms.MaxQuestions, "the questions in order") {
			q := question.Object()
			q.Need("id").Name("the id of the question")
			q.Need("text").Name("the question")
			strict.Named(q.May("item"), "", forms.ParseItem)
			q.Need("kind").Described(func(s *strict.Shape) { s.Names = []string{textAnswer} }).Name("the kind of the answer")
		}
	}
}

// decided reads the members that every answer and every step of a run has.
func decided(in *strict.Members) {
	for id := range in.Need("rules").List(maxListed, "the rules that decided, the deciding one first") {
		strict.Named(id, "", rule.Parse)
	}
	in.Need("reason").Name("a code")
	in.Need("message").Name("a sentence")
	for element := range in.May("facts").List(maxListed, "what the answer rests on") {
		f := element.Object()
		f.Need("name").Name("what the fact is called")
		f.Said("value").Raw("text, a whole number, true or false; null if there was none")
	}
}

// explained reads the members that every answer has, unless the question is invalid.
func explained(in *strict.Members) {
	decided(in)
	in.Need("contract").IntFrom(Contract, Contract, "the number of the contract")
	in.May("id").Token("the id of the question")
	in.Need("revision").IntFrom(1, math.MaxInt32, "the policy's revision")
	for element := range in.Need("parameters").List(maxListed, "the parameters of the policy that were used") {
		p := element.Object()
		p.Need("member").Name("its name in the policy's document")
		p.May("value").Raw("its value; left out for a table")
		p.May("from").Date()
		p.May("to").Date()
		p.May("source").Text("where it comes from")
	}
}

// refusedAnswer reads the answer to a question that a rule refuses.
func refusedAnswer(in *strict.Members) {
	strict.Named(in.Need("refused"), "", rule.Parse)
	explained(in)
}

// invalidAnswer reads the answer to an invalid question.
func invalidAnswer(in *strict.Members) {
	in.Need("invalid").Name("the bare name of the first member at fault")
	decided(in)
	in.Need("contract").IntFrom(Contract, Contract, "the number of the contract")
	in.May("id").Token("the id of the question")
}

// answers returns the members that an answer to the question can have.
func (q *question) answers() []string { return append(membersOf(q.answer), common()...) }

// common returns the members that an answer to any question can have.
var common = sync.OnceValue(func() []string { return append(membersOf(explained), membersOf(refusedAnswer)...) })

func membersOf(read func(*strict.Members)) (names []string) {
	for _, m := range strict.Describe(read).Members {
		names = append(names, m.Name)
	}
	return names
}
