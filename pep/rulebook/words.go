package rulebook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"virtualschool.example/pep/policy"
	"virtualschool.example/term/civil"
)

// during returns the days between which a value holds.
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

// spaced returns a text form in words: social_worker is "social worker".
func spaced(v fmt.Stringer) string { return strings.ReplaceAll(v.String(), "_", " ") }

// name returns the name of a member in words: bankHolidays is "bank holidays".
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

// inWords returns JSON in words: the members of an object and the elements of
// a list in their order, what is within them in brackets.
func inWords(doc json.RawMessage) string {
	in := json.NewDecoder(bytes.NewReader(doc))
	in.UseNumber()
	return value(in, "", false)
}

// value reads one value of a member and returns it in words.
func value(in *json.Decoder, member string, within bool) string {
	token, err := in.Token()
	if err != nil {
		return ""
	}
	switch t := token.(type) {
	case json.Delim:
		return all(in, t == '{', within)
	case json.Number:
		if n, err := t.Int64(); err == nil && member == "pence" {
			return pounds(n)
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

// nothing returns what is said where there is no value of a member: of those
// that are throughout where they are not said, that.
func nothing(member string) string {
	if member == "lookedAfter" || member == "education" {
		return "not said"
	}
	return "none"
}

// all reads what an object or a list holds.
func all(in *json.Decoder, object, within bool) string {
	var parts []string
	for in.More() {
		part, member := "", ""
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

// called returns what a member is called in words.
func called(member string) string {
	if member == "pence" {
		return "paid"
	}
	return name(member)
}

// codes are the text forms that stand for words, such as after_due; compiled
// when they are first used.
var codes = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z]+(_[a-z0-9]+)+$`) })

// leapBirthdays are the days that the text forms of civil.LeapBirthday stand for.
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
