package rulebook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"virtualschool.example/forms"
	"virtualschool.example/pep/policy"
	"virtualschool.example/term/civil"
)

// during says between which days a value holds.
func during(v policy.Value) string {
	var words []string
	if !v.From.IsZero() {
		words = append(words, "from "+v.From.Words())
	}
	if !v.To.IsZero() {
		words = append(words, "until "+v.To.AddDays(-1).Words())
	}
	if len(words) == 0 {
		return "throughout"
	}
	return strings.Join(words, " ")
}

// spaced returns a text form with spaces: social_worker becomes "social worker".
func spaced(v fmt.Stringer) string { return strings.ReplaceAll(v.String(), "_", " ") }

// name returns the name of a member in words: bankHolidays becomes "bank holidays".
func name(member string) string {
	var words strings.Builder
	for _, r := range strings.ReplaceAll(member, "_", " ") {
		if unicode.IsUpper(r) {
			words.WriteByte(' ')
			r = unicode.ToLower(r)
		}
		words.WriteRune(r)
	}
	return words.String()
}

// pounds returns pence as an amount, such as "£620" or "£620.50".
func pounds(pence int64) string {
	if pence%100 == 0 {
		return fmt.Sprintf("£%d", pence/100)
	}
	return fmt.Sprintf("£%d.%02d", pence/100, pence%100)
}

// inWords returns JSON in words: the members of an object and the elements of a
// list, in their order. An object or a list within another is in brackets.
func inWords(doc json.RawMessage) string {
	in := json.NewDecoder(bytes.NewReader(doc))
	in.UseNumber()
	return value(in, "", false)
}

// value reads the value of the named member and returns it in words. The name is ""
// if the value belongs to no member.
func value(in *json.Decoder, member string, within bool) string {
	token, err := in.Token()
	if err != nil {
		return ""
	}
	switch t := token.(type) {
	case json.Delim:
		return all(in, member, t == '{', within)
	case json.Number:
		n, err := t.Int64()
		switch {
		case err == nil && member == "pence":
			return pounds(n)
		case err == nil && typed[member] && n > 0 && n < 64:
			return establishment(forms.GIAS(n))
		}
		return t.String()
	case bool:
		if t {
			return "yes"
		}
		return "no"
	case string:
		return text(t)
	}
	return nothing(member)
}

// typed lists the members whose numbers are establishment type codes.
var typed = map[string]bool{"gias": true, "specialTypes": true, "paidTypes": true, "unpaidTypes": true, "financeTypes": true}

// nothing returns the words for a null member. A null lookedAfter or education means that
// the case does not say; the child is then looked after or educated throughout.
func nothing(member string) string {
	if member == "lookedAfter" || member == "education" {
		return "not said"
	}
	return "none"
}

// all reads the members of an object, or the elements of a member's list, and
// returns them in words.
func all(in *json.Decoder, member string, object, within bool) string {
	var parts []string
	for in.More() {
		part := ""
		if object {
			if key, err := in.Token(); err == nil {
				member = fmt.Sprint(key)
				part = called(member) + " "
			}
		}
		parts = append(parts, part+value(in, member, true))
	}
	_, _ = in.Token() // its end
	switch words := strings.Join(parts, ", "); {
	case words == "":
		return "none"
	case object && within:
		return "(" + words + ")"
	default:
		return words
	}
}

// called returns the name of a member as an example shows it.
func called(member string) string {
	if words, ok := calls[member]; ok {
		return words
	}
	return name(member)
}

// calls holds the words for members whose names alone would not be clear.
var calls = map[string]string{"pence": "paid", "gias": "type", "dfe": "DfE number", "finance": "finance details"}

// codes matches text forms that read as words once they have spaces, such as
// after_due. It is compiled when it is first used.
var codes = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z]+(_[a-z0-9]+)+$`) })

// leapBirthdays holds the day that each text form of civil.LeapBirthday means.
var leapBirthdays = map[string]string{"mar1": "1 March", "feb28": "28 February"}

// text returns a text in words: a date as a day, a code with spaces.
func text(s string) string {
	if d, err := civil.Parse(s); err == nil {
		return d.Words()
	}
	if said, ok := leapBirthdays[s]; ok {
		return said
	}
	if codes().MatchString(s) {
		return strings.ReplaceAll(s, "_", " ")
	}
	if strings.TrimSpace(s) != s || s == "" {
		return fmt.Sprintf("%q", s)
	}
	return s
}
