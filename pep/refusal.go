package pep

import (
	"strings"

	"virtualschool.example/pep/rule"
)

// Refusal says why r refuses v, in words that only the workflow knows. They name
// the role and the stage of the attempt, and either the roles that can take v or
// the stages at which v can be taken. It returns "" if the code's own sentence
// says everything. With this method, a Verb is a rule.Words, and every reason
// against v can carry v.
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

// wrongRole names the roles that can take v at the stage, or at any stage if no role
// can at this one.
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

// onlyOn holds, for each condition that depends on the plan, a note of the plans on
// which a role can act.
var onlyOn = [...]string{WhenSubsequent: " (a subsequent plan)", WhenSelfCompleted: " (a form that the social worker completes)", WhenSubmitted: ""}

// others returns the roles that can take v, in words. A role that can take it at the
// stage only on some plans has the condition beside it.
func (v Verb) others(role Role, can Roles, at Stage) (words []string) {
	for other := range can.All() {
		if other == role {
			continue
		}
		says := other.Words()
		for _, t := range &workflow {
			if t.Verb == v && t.From == at && t.Roles.Has(other) {
				says += onlyOn[t.When]
			}
		}
		words = append(words, says)
	}
	return words
}

// wrongStage names the stages at which the role can take v. If the role never can, it
// names those at which others can.
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
		return role.Words() + " cannot " + v.Words() + " here: this plan has already been started and is " + at.Words() + "; the child's next plan is a new one"
	case all == 1<<None:
		return "this plan has already been started, and is " + at.Words()
	case its != 0:
		return role.Words() + " cannot " + v.Words() + v.while(at) + "; that is possible only while it is " + its.words()
	case at == None:
		return v.only(all) + "; the plan has not been started"
	}
	return v.only(all) + "; the plan is now " + at.Words()
}

// only returns a sentence saying that v is possible only at the given stages.
func (v Verb) only(at stages) string {
	return "it is possible to " + v.Words() + " only while " + v.plan() + " is " + at.words()
}

// plan returns "it" if the words of v name the plan, and otherwise "the plan".
func (v Verb) plan() string {
	if strings.Contains(v.Words(), "the plan") {
		return "it"
	}
	return "the plan"
}

// while returns words that follow v's own words and name the stage of the
// plan when v is tried.
func (v Verb) while(at Stage) string {
	switch {
	case at == None && v <= VerbStartSubsequent:
		return ""
	case at == None:
		return " before " + v.plan() + " is started"
	default:
		return " while " + v.plan() + " is " + at.Words()
	}
}

// cannot returns a sentence saying that a role cannot do what other roles can.
func cannot(role Role, does string, others []string) string {
	return role.Words() + " cannot " + does + "; " + rule.List("or", others) + " can"
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
