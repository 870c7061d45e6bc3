package oracle

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// object is a JSON object. It holds names and values alternately, in the order in which
// they are written.
type object []any

// entry is one case: a question with the oracle's answer.
type entry struct {
	rules                    string // the ids of the rules that the case tests, separated by spaces
	ask                      string
	given, expect, overrides object
	note                     string
}

// parts lists the files of the generated corpus: the name of each, the prefix of its
// case ids, and the function that computes its cases.
var parts = []struct {
	name, prefix string
	entries      func() []entry
}{
	{"generated_term.json", "GT", termEntries},
	{"generated_age.json", "GA", ageEntries},
	{"generated_eligibility.json", "GE", eligibilityEntries},
	{"generated_workdays.json", "GW", workdayEntries},
	{"generated_delegation.json", "GD", delegationEntries},
	{"generated_forms.json", "GF", formEntries},
	{"generated_payment.json", "GP", paymentEntries},
	{"generated_grading.json", "GG", gradingEntries},
	{"generated_identity.json", "GI", identityEntries},
	{"generated_workflow.json", "GV", workflowEntries},
	{"generated_missing.json", "GM", missingEntries},
}

// Corpora returns the files of the generated corpus, keyed by name.
func Corpora() map[string][]byte {
	files := map[string][]byte{}
	for _, p := range parts {
		var out bytes.Buffer
		out.WriteString("{\n \"schema\": 1,\n \"policy\": \"lancashire\",\n \"generated\": true,\n \"cases\": [\n")
		all := p.entries()
		for n, e := range all {
			end := ",\n"
			if n == len(all)-1 {
				end = "\n"
			}
			out.WriteString("  " + e.line(fmt.Sprintf("%s%04d", p.prefix, n+1)) + end)
		}
		out.WriteString(" ]\n}\n")
		files[p.name] = out.Bytes()
	}
	return files
}

// line writes the case on one line.
func (e entry) line(id string) string {
	c := object{"id", id, "rules", strings.Fields(e.rules), "ask", e.ask, "given", e.given, "expect", e.expect}
	if e.overrides != nil {
		c = append(c, "overrides", e.overrides)
	}
	if e.note != "" {
		c = append(c, "note", e.note)
	}
	return text(c)
}

// text writes a value as JSON with a space after each colon and comma.
func text(v any) string {
	switch v := v.(type) {
	case object:
		var members []string
		for n := 0; n < len(v); n += 2 {
			members = append(members, text(v[n])+": "+text(v[n+1]))
		}
		return "{" + strings.Join(members, ", ") + "}"
	case []object:
		return list(v)
	case []string:
		return list(v)
	case fmt.Stringer:
		return text(v.String())
	}
	b, _ := json.Marshal(v) // cannot fail: v is text, a number, true, false or nil
	return string(b)
}

func list[E any](all []E) string {
	var elements []string
	for _, e := range all {
		elements = append(elements, text(e))
	}
	return "[" + strings.Join(elements, ", ") + "]"
}

// The years that the corpus covers.
const (
	firstYear     = 2019
	lastYear      = 2027
	lastPublished = 2028 // the last year for which bank holidays are published
)

// edges returns the first and the last day of every term that the corpus covers, in
// order.
func edges() (all []day) {
	for year := firstYear; year <= lastYear; year++ {
		for _, t := range terms(year) {
			all = append(all, t.first, t.last)
		}
	}
	return all
}
