package ask

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"virtualschool.example/pep/rule"
)

// Reply is the answer to a question, by member. Its values are text, whole
// numbers, true or false, nil, Replies and lists of these; a plan is a
// pep.Snapshot, a reason a rule.Reason, and what is repeated as it was given a
// json.RawMessage.
type Reply map[string]any

// JSON returns the reply as JSON on one line, its members in the order of
// their names.
func (r Reply) JSON() []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(r); err != nil {
		return nil // its values all have a JSON form
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// because adds what every answer has: the rules that decided and the code of
// the reason.
func (r Reply) because(rules []rule.ID, reason string) Reply {
	r["rules"], r["reason"] = names(rules), reason
	return r
}

// versioned adds the number of the contract and the id of the question, nil for
// none.
func (r Reply) versioned(id json.RawMessage) Reply {
	r["contract"] = Contract
	if id != nil {
		r["id"] = id
	}
	return r
}

// saying adds the sentence that every answer has.
func (r Reply) saying(message string) Reply {
	r["message"] = message
	return r
}

// no returns the reply of a question or step that is refused or cannot be one.
func no(err error) Reply {
	var refusal *rule.Refusal
	if errors.As(err, &refusal) {
		return refused(refusal)
	}
	return invalid(err)
}

func refused(refusal *rule.Refusal) Reply {
	var said []string
	for _, reason := range refusal.Reasons() {
		said = append(said, reason.Sentence())
	}
	r := Reply{"refused": refusal.Rule().String()}
	return r.because(once(rulesOf(refusal)), refusal.Code().String()).saying(strings.Join(once(said), "; "))
}

func invalid(err error) Reply {
	member, said := "question", []string{}
	for n, f := range rule.Invalids(err) {
		if n == 0 {
			member = f.Member
		}
		said = append(said, f.Sentence())
	}
	return Reply{"invalid": member}.because(nil, "invalid").saying(strings.Join(once(said), "; "))
}

// rulesOf returns the rules of every reason of a refusal.
func rulesOf(refusal *rule.Refusal) (rules []rule.ID) {
	for _, reason := range refusal.Reasons() {
		rules = append(rules, reason.Rule)
	}
	return rules
}

// once returns the elements in their order, a repeated one once.
func once[E comparable](all []E) []E {
	kept, known := all[:0:0], map[E]bool{}
	for _, e := range all {
		if !known[e] {
			known[e], kept = true, append(kept, e)
		}
	}
	return kept
}

// names returns the text forms of a list, an empty list for none.
func names[E interface{ String() string }](all []E) []string {
	list := make([]string, 0, len(all))
	for _, e := range all {
		list = append(list, e.String())
	}
	return list
}

// orNull returns the text form of a value, nil where that is empty.
func orNull(v interface{ String() string }) any {
	if s := v.String(); s != "" {
		return s
	}
	return nil
}
