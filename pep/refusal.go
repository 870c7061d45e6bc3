package pep

import (
	"strings"

	"virtualschool.example/pep/rule"
)

// Refusal says why v is refused for the reason r, in words that only the workflow
// can supply. For a wrong role the words say who can take v, and for a wrong stage
// they say when v can be taken. Refusal returns "" if the code's own sentence says
// everything. This method makes Verb a rule.Words, so that a reason against v can
// carry v to supply the words.
func (v Verb) Refusal(r rule.Reason) string {
	switch r.Code {
	case rule.WrongRole:
		return v.wrongRole(Role(r.Role), Stage(r.Stage))
	case rule.WrongStage:
		return v.wrongStage(Role(r.Role), Stage(r.Stage))
	case rule.NotPermitted:
		return "this person can see the case but cannot " + v.Words()
	case rule.NotRequested:
		return "nobody has asked the service desk to " + v.Words()
	}
	return ""
}

// wrongRole names the other roles that can take v at the given stage. If no role can,
// it names the roles that can take v at some other stage.
func (v Verb) wrongRole(role Role, at Stage) string {
	var here, anywhere Roles
	does := v.Words()
	for _, t := range &workflow {
		if t.Verb != v {
			continue
		}
		if anywhere |= t.Roles; t.From != at {
			continue
		}
		if here |= t.Roles; t.When == WhenSubsequent && t.Roles.Has(role) {
			does = strings.Replace(does, "the plan", Initial.Words(), 1)
		}
	}
	if here == 0 {
		return cannot(role, does, v.others(role, anywhere, None))
	}
	return cannot(role, does+v.while(at), v.others(role, here, at))
}

// onlyIf holds, for each condition that depends on the plan, words that follow "can".
var onlyIf = [...]string{
	WhenSubsequent: " if it is a subsequent plan", WhenSelfCompleted: " if it is on a form that the social worker completes", WhenSubmitted: "",
}

// others says, in words, which roles can take v, other than the given role. If a role
// can take v at the stage only on certain plans, its words say which plans.
func (v Verb) others(role Role, roles Roles, at Stage) string {
	var always, some []string
	for other := range roles.All() {
		if other == role {
			continue
		}
		condition := ""
		for _, t := range &workflow {
			if t.Verb == v && t.From == at && t.Roles.Has(other) {
				condition += onlyIf[t.When]
			}
		}
		if condition == "" {
			always = append(always, other.Words())
		} else {
			some = append(some, other.Words()+" can"+condition)
		}
	}
	if always != nil {
		some = append([]string{rule.List("or", always) + " can"}, some...)
	}
	return strings.Join(some, ", and ")
}

// wrongStage names the stages at which the role can take v. If the role can never take
// v, it names the stages at which other roles can. If the plan has not been started, it
// names no stages; for a verb that starts a plan, it says that this plan has been
// started already.
func (v Verb) wrongStage(role Role, at Stage) string {
	var its, all stages
	for _, t := range &workflow {
		if t.Verb != v {
			continue
		}
		if all |= 1 << t.From; t.Roles.Has(role) {
			its |= 1 << t.From
		}
	}
	switch {
	case its == 1<<None:
		return role.Words() + " cannot " + v.Words() + " here, because this plan has already been started and is " + at.Words() + "; start the child's next plan as a new plan"
	case all == 1<<None:
		return "this plan has already been started and is " + at.Words()
	}
	who := role.Words() + " cannot "
	if its == 0 {
		who, its = "nobody can ", all
	}
	says := who + v.Words() + v.while(at)
	if at != None {
		says += "; that is possible only while the plan is " + its.words()
	}
	return says
}

// plan returns "it" if the words of v name the plan, and otherwise "the plan".
func (v Verb) plan() string {
	if strings.Contains(v.Words(), "the plan") {
		return "it"
	}
	return "the plan"
}

// while returns the words that come after v's own words and name the plan's
// stage at the time of the attempt.
func (v Verb) while(at Stage) string {
	switch {
	case at == None && v <= VerbStartSubsequent:
		return ""
	case at == None:
		return " before " + v.plan() + " is started"
	case at >= Cancelled:
		return " once " + v.plan() + " has been " + at.Words()
	default:
		return " while " + v.plan() + " is " + at.Words()
	}
}

// cannot returns a sentence saying that a role cannot do something, and which others can.
func cannot(role Role, does, others string) string {
	return role.Words() + " cannot " + does + "; " + others
}

// stages is a set of stages, one bit each.
type stages uint16

// words returns the stages in words that follow "the plan is".
func (s stages) words() string {
	const open stages = 1<<(Grading+1) - 1<<Draft
	var words []string
	if s&open == open {
		s, words = s&^open, append(words, "open")
	}
	for stage := range AllStages() {
		if s>>stage&1 == 1 {
			words = append(words, stage.Words())
		}
	}
	return rule.List("or", words)
}
