package ask

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"virtualschool.example/pep/rule"
)

// Reply is the answer to a question, keyed by member. A value is nil, a string, a bool,
// an int, a Reply, a rule.Fact, a rule.Reason, a json.RawMessage with JSON on one line
// (such as the state of a plan), or a list of these.
type Reply map[string]any

// JSON returns the reply as JSON on one line, with its members sorted by name.
func (r Reply) JSON() []byte { return appendReply(nil, r) }

func appendReply(out []byte, r Reply) []byte {
	var room [32]string
	names := room[:0]
	for name := range r {
		names = append(names, name)
	}
	slices.Sort(names)
	out = append(out, '{')
	for n, name := range names {
		if n > 0 {
			out = append(out, ',')
		}
		out = appendValue(append(appendText(out, name), ':'), r[name])
	}
	return append(out, '}')
}

// appendValue appends a value of a reply as JSON.
func appendValue(out []byte, value any) []byte {
	switch v := value.(type) {
	case nil:
		return append(out, "null"...)
	case string:
		return appendText(out, v)
	case bool:
		return strconv.AppendBool(out, v)
	case int:
		return strconv.AppendInt(out, int64(v), 10)
	case json.RawMessage:
		return append(out, v...)
	case []json.RawMessage:
		return appendList(out, v, func(out []byte, doc json.RawMessage) []byte { return append(out, doc...) })
	case []rule.Fact:
		return appendList(out, v, appendFact)
	case Reply:
		return appendReply(out, v)
	case []string:
		return appendList(out, v, appendText)
	case []Reply:
		return appendList(out, v, appendReply)
	case []any:
		return appendList(out, v, appendValue)
	}
	other, _ := json.Marshal(value) // cannot fail: every other value of a reply has a JSON form
	return append(out, other...)
}

func appendFact(out []byte, f rule.Fact) []byte {
	out = appendText(append(out, `{"name":`...), f.Name)
	out = appendValue(append(out, `,"value":`...), f.Value)
	return append(out, '}')
}

func appendList[E any](out []byte, all []E, one func([]byte, E) []byte) []byte {
	out = append(out, '[')
	for n, e := range all {
		if n > 0 {
			out = append(out, ',')
		}
		out = one(out, e)
	}
	return append(out, ']')
}

// appendText appends a text in quotes, and replaces invalid UTF-8.
func appendText(out []byte, text string) []byte {
	out, _ = jsontext.AppendQuote(out, text)
	return out
}

// because adds two members that every answer has: the rules that decided, and the code
// of the reason.
func (r Reply) because(rules []rule.ID, reason string) Reply {
	r["rules"], r["reason"] = names(rules), reason
	return r
}

// versioned adds the number of the contract and the id of the question, unless that is
// nil.
func (r Reply) versioned(id json.RawMessage) Reply {
	r["contract"] = Contract
	if id != nil {
		r["id"] = id
	}
	return r
}

// saying adds the sentence for people, which every answer has.
func (r Reply) saying(message string) Reply {
	r["message"] = message
	return r
}

// no makes the reply to a refused or invalid question, or to a refused step.
func no(err error) Reply {
	var refusal *rule.Refusal
	if errors.As(err, &refusal) {
		return refused(refusal)
	}
	return invalid(err)
}

func refused(refusal *rule.Refusal) Reply {
	r := Reply{"refused": refusal.Rule().String()}
	return r.because(once(rulesOf(refusal)), refusal.Code().String()).saying(rule.Text(refusal.Reasons()))
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

// rulesOf returns the rule behind each of a refusal's reasons.
func rulesOf(refusal *rule.Refusal) (rules []rule.ID) {
	for _, reason := range refusal.Reasons() {
		rules = append(rules, reason.Rule)
	}
	return rules
}

// once returns the elements in their order, without repetitions.
func once[E comparable](all []E) []E {
	kept, known := all[:0:0], map[E]bool{}
	for _, e := range all {
		if !known[e] {
			known[e], kept = true, append(kept, e)
		}
	}
	return kept
}

// names returns the text forms of the elements of a list. The result is never nil.
func names[E interface{ String() string }](all []E) []string {
	list := make([]string, 0, len(all))
	for _, e := range all {
		list = append(list, e.String())
	}
	return list
}

// orNull returns the text form of a value, or nil if that is empty.
func orNull(v interface{ String() string }) any {
	if s := v.String(); s != "" {
		return s
	}
	return nil
}
