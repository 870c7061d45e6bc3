package story

import (
	"fmt"
	"io"
	"strings"
	"time"

	"virtualschool.example/pep"
	"virtualschool.example/term/civil"
)

// timeline prints what happens, day by day. If the same thing happens to the plans of
// several children at the same time, they share one line.
type timeline struct {
	w     io.Writer
	lines []*line
	err   error // the first error from w
}

// line says what somebody did at one time to the plans of some children.
type line struct {
	at              string
	who, does, note string
	children        []string
}

// tell adds something that happened to one child's plan.
func (t *timeline) tell(at time.Time, who, does, note, child string) {
	said := line{at: at.Format("15:04"), who: who, does: does, note: note}
	for _, l := range t.lines {
		if l.at == said.at && l.who == said.who && l.does == said.does && l.note == said.note {
			l.children = append(l.children, child)
			return
		}
	}
	said.children = []string{child}
	t.lines = append(t.lines, &said)
}

// flush prints the lines of a day, or nothing if there are none.
func (t *timeline) flush(on civil.Date) {
	if len(t.lines) > 0 {
		t.printf("\n%s\n", day(on))
	}
	for _, l := range t.lines {
		said := l.does + ": " + strings.Join(l.children, " ")
		if l.note != "" {
			said += " (" + l.note + ")"
		}
		t.printf("  %s  %-29s %s\n", l.at, l.who, wrap(said, 39))
	}
	t.lines = nil
}

func (t *timeline) printf(format string, a ...any) {
	if _, err := fmt.Fprintf(t.w, format, a...); t.err == nil {
		t.err = err
	}
}

// width is the maximum number of characters in a line.
const width = 118

// wrap breaks a text into lines, and indents every line except the first.
func wrap(s string, indent int) string {
	var b strings.Builder
	at := indent
	for i, word := range strings.Fields(s) {
		switch {
		case i == 0:
		case at+1+len(word) > width:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			at = indent
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += len(word)
	}
	return b.String()
}

// does puts the first word, a verb, into the third person.
func does(says string) string {
	verb, rest, _ := strings.Cut(says, " ")
	return verb + "s " + rest
}

// role returns a role in plain English.
func role(r pep.Role) string { return strings.ReplaceAll(r.String(), "_", " ") }

// day returns a day in words, such as "Wed 21 Jan 2026".
func day(d civil.Date) string {
	return fmt.Sprintf("%.3s %d %.3s %d", d.Weekday(), d.Day(), d.Month(), d.Year())
}

// number returns a number with its noun, such as "2 boxes".
func number(n int, of string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(of, "x"):
		of += "es"
	default:
		of += "s"
	}
	return fmt.Sprint(n, " ", of)
}
