package pep_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/goldentest"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/rule"
)

// foreign matches texts that no person should have to read.
var foreign = regexp.MustCompile(`nobody cannot|this role|this stage|something|[[\]]|\d-\d|\dT\d|SECTIONS|DAY|TIME`)

// TestEveryRefusalIsPlainEnglish compares the refusals for every code, in the situations
// that cause them, with testdata/refusals.txt.
func TestEveryRefusalIsPlainEnglish(t *testing.T) {
	t.Parallel()
	said := map[string][]string{}
	hear := func(err error) {
		var refusal *rule.Refusal
		require.ErrorAs(t, err, &refusal)
		for r, sentence := range rule.Sentences(refusal.Reasons()) {
			require.NotRegexp(t, foreign, sentence)
			require.NotRegexp(t, foreign, r.Code.Remedy())
			code := r.Code.String()
			if line := fmt.Sprintf("\t%s: %s\n", refusal.Tried, sentence); !slices.Contains(said[code], line) {
				said[code] = append(said[code], line)
			}
		}
	}
	for _, c := range refusals {
		by := act(c.by, c.day, c.facts)
		if c.do.Verb() == pep.VerbRepin {
			by.Policy = revisions[2]
		}
		hear(run(t, stepsFacts(c.facts), c.steps...).Do(by, c.do))
	}
	onlyWorkers := fixture.Policy(func(par *pep.Parameters) { par.SubsequentDelegation = 1 << pep.SocialWorker })
	by := actOn(onlyWorkers, pep.BusinessSupport, on("2026-05-06"), but(after("2026-05-06")))
	later := pep.New(planID)
	require.NoError(t, later.Do(by, pep.StartSubsequent{}))
	hear(later.Do(by, pep.Delegate{All: true}))
	hear(payment.Discretion{
		Plan: planID, Verdict: payment.Held, Role: pep.BusinessSupport, On: on("2026-01-20"), Reason: text("Wait"),
	}.Check())
	at := rule.Reason{On: on("2026-01-17"), From: time.Date(2026, time.July, 6, 7, 30, 0, 1, time.UTC)}
	for code := range rule.AllCodes() {
		if said[code.String()] != nil {
			continue
		}
		r := at // a stand-in for a reason that comes from a service, a later day or a damaged record
		r.Code = code
		if code == rule.NotPermitted || code == rule.NotRequested {
			r = pep.VerbReopen.Refused(code)
		}
		hear(rule.Refuse("other", r))
	}
	var out strings.Builder
	for code := range rule.AllCodes() {
		fmt.Fprintf(&out, "%s: %s\n%s", code, code.Remedy(), strings.Join(said[code.String()], ""))
	}
	goldentest.Require(t, "testdata/refusals.txt", out.String())
}

// TestARefusedCellNamesRoleVerbAndStage checks that any action that the workflow
// does not list is refused in words that name the role, the action and the
// stage.
func TestARefusedCellNamesRoleVerbAndStage(t *testing.T) {
	t.Parallel()
	at := map[pep.Stage][]step{
		pep.None: nil, pep.Draft: started(), pep.Delegated: delegated(), pep.Returned: returned(), pep.Checking: checking(), pep.Grading: grading(), pep.Finalised: finalised(),
		pep.Cancelled: join(started(), nil, step{sw, "2026-01-20", pep.Cease{On: on("2026-01-20")}}),
		pep.Deleted:   join(started(), nil, step{sd, "2026-01-20", pep.Delete{Reason: text("Twice")}}),
	}
	for stage, steps := range at {
		p := run(t, atSchool(), steps...)
		require.Equal(t, stage, p.Stage())
		for role := range pep.AllRoles() {
			for verb := range pep.AllVerbs() {
				if lists(stage, role, verb) {
					continue
				}
				by := act(role, "2026-01-30", atSchool())
				o, err := p.Option(by, verb)
				require.NoError(t, err)
				require.False(t, o.Allowed())
				var all []string
				for _, sentence := range rule.Sentences(o.Reasons) {
					require.NotRegexp(t, foreign, sentence)
					all = append(all, sentence)
				}
				sentence := strings.Join(all, "; ")
				if never := rule.SocialWorkerNeverFinalises.Sentence(); sentence == never {
					continue // at any stage
				}
				require.Contains(t, sentence, role.Words(), "%s %s", stage, verb)
				require.Contains(t, sentence, verb.Words(), "%s %s", stage, role)
				if stage == pep.None {
					require.Regexp(t, "start", sentence)
				} else {
					require.Contains(t, sentence, stage.Words(), "%s %s", role, verb)
				}
			}
		}
	}
}

// lists reports whether the workflow has a row for the cell.
func lists(stage pep.Stage, role pep.Role, verb pep.Verb) bool {
	for row := range pep.Workflow() {
		if row.From == stage && row.Verb == verb && row.Roles.Has(role) {
			return true
		}
	}
	return false
}
