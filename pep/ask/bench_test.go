package ask_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/term/civil"
)

// BenchmarkAnswerJSON answers questions of usual size.
func BenchmarkAnswerJSON(b *testing.B) {
	for name, question := range map[string]string{
		"age":      `{"ask": "term.age", "given": {"born": "2014-05-20", "on": "2026-02-03"}}`,
		"required": `{"ask": "pep.required_for_term", "given": {"born": "2014-05-20", "term": "SPRING 2026", "lookedAfter": [{"from": "2020-01-01"}], "education": [{"kind": "school", "from": "2020-01-01"}]}}`,
	} {
		b.Run(name, func(b *testing.B) {
			p, doc := pep.Lancashire(), []byte(question)
			b.ReportAllocs()
			for b.Loop() {
				ask.AnswerJSON(p, doc)
			}
		})
	}
}

// BenchmarkRun takes a run of 1,000 steps: the time of one step.
func BenchmarkRun(b *testing.B) {
	lines := []string{starts}
	for len(lines) < 1000 {
		lines = append(lines, first, second)
	}
	doc := []byte(`{"ask": "pep.workflow", "given": ` + steps(lines[:1000]...) + `}`)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		ask.AnswerJSON(pep.Lancashire(), doc)
		n += 1000
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/step")
}

// BenchmarkPlan asks about a delegated plan that somebody holds.
func BenchmarkPlan(b *testing.B) {
	plan := states(whole()[:4]...)[0]
	for name, question := range map[string]string{
		"step": `{"ask": "plan.step", "given": {"plan": ` + plan + `, "facts": ` + theFacts + `, "step": {"at": "2026-01-20T09:00:00Z", "by": "designated_teacher", "do": "submit_contribution", "with": {}}}}`,
		"look": `{"ask": "plan.look", "given": {"plan": ` + plan + `, "facts": ` + theFacts + `, "at": "2026-01-20T09:00:00Z", "by": "social_worker"}}`,
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ask.AnswerJSON(pep.Lancashire(), []byte(question))
			}
		})
	}
}

// BenchmarkMany answers questions of which each has twice as much of one thing as
// the one before: the time may only double.
func BenchmarkMany(b *testing.B) {
	for _, of := range []struct {
		name     string
		most     int
		question string
		one      func(n int) string
	}{
		{"unknown members", 80_000, `{"ask": "term.of", "given": {"date": "2026-01-14", %s}}`, func(n int) string { return fmt.Sprintf(`"m%d":1`, n) }},
		{"grades", 8_000, `{"ask": "pep.grading", "given": {"establishment": "e", "term": "SPRING 2026", "history": [%s]}}`,
			func(n int) string {
				return fmt.Sprintf(`{"establishment":"e","term":"SPRING 2026","grade":"red","child":"c%d","on":"2026-01-14"}`, n)
			}},
		{"starts and deletes", 5_000, `{"ask": "pep.workflow", "given": {"child": {"born": "2014-05-20"}, "steps": [%s]}}`,
			func(int) string {
				return `{"at":"2026-01-14T09:00:00Z","by":"social_worker","do":"start_initial","with":{"meeting":"2026-01-20"}}` +
					`,{"at":"2026-01-14T09:00:00Z","by":"service_desk","do":"delete","with":{"reason":"x"}}`
			}},
		{"starts on other days", 4_000, `{"ask": "pep.workflow", "given": {"child": {"born": "2014-05-20"}, "steps": [%s]}}`,
			func(n int) string {
				day := civil.MustParse("2014-06-01").AddDays(n).String()
				return `{"at":"` + day + `T09:00:00Z","by":"social_worker","do":"start_initial","with":{"meeting":"` + day + `"}}` +
					`,{"at":"` + day + `T09:00:00Z","by":"service_desk","do":"delete","with":{"reason":"x"}}`
			}},
	} {
		for n := of.most / 4; n <= of.most; n *= 2 {
			var all []string
			for i := range n {
				all = append(all, of.one(i))
			}
			doc := fmt.Appendf(nil, of.question, strings.Join(all, ","))
			b.Run(fmt.Sprint(of.name, "/", n), func(b *testing.B) {
				b.SetBytes(int64(len(doc)))
				b.ReportAllocs()
				for b.Loop() {
					require.Less(b, len(doc), ask.MaxLine)
					ask.AnswerJSON(pep.Lancashire(), doc)
				}
			})
		}
	}
}
