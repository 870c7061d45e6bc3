package privatetest

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"virtualschool.example/term/civil"
)

// Canary is the text that a sweep plants and that must not appear in any
// output.
const Canary = "Quetzal7Wren"

// Day returns 29 July 1913, the day that a sweep plants and that must not appear in
// any output.
func Day() civil.Date {
	d, _ := civil.New(1913, time.July, 29)
	return d
}

// sightings are the forms in which the planted text and the planted day may appear.
type sightings struct{ text, day []string }

// plain returns the sightings to look for in any output.
func plain() sightings {
	s := sightings{
		text: []string{Canary, hex.EncodeToString([]byte(Canary))},
		day:  []string{Day().String(), inner(fmt.Sprintf("%d", hidden{Day()}))},
	}
	for pad := range 3 {
		coded := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("-", pad) + Canary))
		s.text = append(s.text, coded[4*((pad+2)/3):len(coded)-2])
	}
	return s
}

// printed returns the plain sightings and the sightings in one format, such as
// the bytes of the canary as octal numbers. For %p it returns only the plain
// ones, because %p prints the address of a slice, and something else may be at
// that address later.
func printed(format string) sightings {
	s := plain()
	if strings.HasSuffix(format, "p") {
		return s
	}
	for _, v := range []any{Canary, []byte(Canary), []rune(Canary), hidden{Canary}} {
		s.text = appendInner(s.text, format, v)
	}
	for _, v := range []any{Day(), hidden{Day()}, Day().String(), hidden{Day().String()}} {
		s.day = appendInner(s.day, format, v)
	}
	return s
}

// hidden holds a value in a field in which package fmt cannot call its methods.
type hidden struct{ v any }

// appendInner appends what format prints for v, unless the verb does not fit v or
// prints fewer than four bytes.
func appendInner(to []string, format string, v any) []string {
	s := inner(fmt.Sprintf(format, v))
	if strings.Contains(s, "%!") || len(s) < 4 {
		return to
	}
	return append(to, s)
}

// inner returns what is inside the innermost brackets of s.
func inner(s string) string {
	s = s[strings.LastIndexAny(s, "[{")+1:]
	if end := strings.IndexAny(s, "]}"); end >= 0 {
		s = s[:end]
	}
	return s
}

// in reports whether output shows the text, and whether it shows the day.
func (s sightings) in(output string) (text, day bool) {
	output = strings.ToLower(output)
	return anyIn(output, s.text), anyIn(output, s.day)
}

func anyIn(output string, forms []string) bool {
	for _, form := range forms {
		if standsIn(output, strings.ToLower(form)) {
			return true
		}
	}
	return false
}

// standsIn reports whether form is in output. A form that is short or consists of digits
// counts only as a word of its own, because it may be part of an address.
func standsIn(output, form string) bool {
	word := len(form) <= 8 || strings.Trim(form, "0123456789") == ""
	for rest := output; ; {
		at := strings.Index(rest, form)
		if at < 0 {
			return false
		}
		end := at + len(form)
		if !word || !(at > 0 && wordly(rest[at-1])) && !(end < len(rest) && wordly(rest[end])) {
			return true
		}
		rest = rest[at+1:]
	}
}

func wordly(c byte) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' }
