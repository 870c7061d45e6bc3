package ask_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/corpora"
	"virtualschool.example/term/civil"
)

// BenchmarkAnswerJSON answers questions of the usual size. The benchmark "floor" sets the
// lower limit: it only reads and rewrites the tokens of the question and the answer.
func BenchmarkAnswerJSON(b *testing.B) {
	plan := states(whole()[:4]...)[0]
	run := []string{starts}
	for len(run) < 1000 {
		run = append(run, first, second)
	}
	for _, of := range []struct {
		name      string
		questions []string
		per       int // the number of measured items in a question
	}{
		{"term.age", []string{`{"ask": "term.age", "given": {"born": "2014-05-20", "on": "2026-02-03"}}`}, 1},
		{"pep.required_on", []string{`{"ask": "pep.required_on", "given": {"born": "2014-05-20", "on": "2026-02-03", "lookedAfter": [{"from": "2020-01-01"}], "education": [{"kind": "school", "from": "2020-01-01"}]}}`}, 1},
		{"plan.step", []string{`{"ask": "plan.step", "given": {"plan": ` + plan + `, "facts": ` + theFacts + `, "step": {"at": "2026-01-20T09:00:00Z", "by": "designated_teacher", "do": "submit_contribution", "with": {}}}}`}, 1},
		{"plan.look", []string{`{"ask": "plan.look", "given": {"plan": ` + plan + `, "facts": ` + theFacts + `, "at": "2026-01-20T09:00:00Z", "by": "social_worker"}}`}, 1},
		{"step of a run", []string{`{"ask": "pep.workflow", "given": ` + steps(run[:1000]...) + `}`}, 1000},
		{"corpus", corpus(b), 1},
	} {
		by := ask.By(pep.Lancashire())
		questions, answers := make([][]byte, len(of.questions)), make([][]byte, len(of.questions))
		for n, q := range of.questions {
			questions[n] = []byte(q)
			answers[n], _ = by.Ask(questions[n])
		}
		measure := func(name string, do func(n int)) {
			b.Run(of.name+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				n := 0
				for b.Loop() {
					do(n % len(questions))
					n++
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*of.per), "ns/each")
			})
		}
		measure("ours", func(n int) { _, _ = by.Ask(questions[n]) })
		measure("floor", func(n int) {
			tokens(b, io.Discard, questions[n])
			tokens(b, io.Discard, answers[n])
		})
	}
}

// tokens reads the tokens of a document, and writes them again.
func tokens(b *testing.B, to io.Writer, doc []byte) {
	in, out := jsontext.NewDecoder(bytes.NewBuffer(doc)), jsontext.NewEncoder(to)
	for {
		token, err := in.ReadToken()
		if err == io.EOF {
			return
		}
		if err != nil || out.WriteToken(token) != nil {
			b.Fatal(err)
		}
	}
}

// corpus returns the questions of the project's own corpus, except the runs and the
// questions with an overlay.
func corpus(b *testing.B) (questions []string) {
	all, err := corpora.All()
	require.NoError(b, err)
	for _, c := range all {
		for _, one := range c.Cases {
			if doc, err := json.Marshal(one.Question()); err == nil && one.Overrides == nil && one.Ask != "pep.workflow" && json.Valid(one.Given) {
				questions = append(questions, string(doc))
			}
		}
	}
	return questions
}

// BenchmarkMany answers questions with many items of one kind. Each benchmark has twice
// as many items as the one before, and must take at most twice as long.
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
