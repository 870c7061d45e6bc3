package ask

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// ReadCSV reads a corpus for a policy from a spreadsheet saved as CSV in
// UTF-8, which reports call name; the package documentation has its columns.
// All that is wrong with its columns comes back at once, and where they are
// right all that is wrong with its rows, each fault a *rule.Invalid whose Member
// is the line and the column, such as "line 3, column F (given.meeting)", with
// the id of its case.
func ReadCSV(name, policy string, r io.Reader) (Corpus, error) {
	doc, err := io.ReadAll(r)
	if err != nil {
		return Corpus{}, fmt.Errorf("corpus %s: %w", name, err)
	}
	s := sheet{ids: map[string]bool{}}
	s.read(doc)
	if err := errors.Join(s.faults...); err != nil {
		return Corpus{}, fmt.Errorf("corpus %s: %w", name, err)
	}
	return Corpus{Name: name, Policy: policy, Cases: s.cases}, nil
}

// sheet is a spreadsheet as it is read.
type sheet struct {
	columns []string
	line    int // of the row being read
	cases   []Case
	ids     map[string]bool
	faults  []error
}

// byteOrderMark is what a spreadsheet may write before the first column.
var byteOrderMark = []byte("\ufeff")

func (s *sheet) read(doc []byte) {
	doc = bytes.TrimPrefix(doc, byteOrderMark)
	if !utf8.Valid(doc) {
		s.faults = append(s.faults, &rule.Invalid{Member: "file", Want: "text in UTF-8: save it as CSV UTF-8"})
		return
	}
	in := csv.NewReader(bytes.NewReader(doc))
	in.Comma, in.FieldsPerRecord = separator(doc), -1
	for {
		row, err := in.Read()
		switch {
		case errors.Is(err, io.EOF):
			if s.columns == nil {
				s.faults = append(s.faults, &rule.Invalid{Member: "file", Want: "a first line that names the columns"})
			}
			return
		case err != nil:
			s.malformed(err)
			return
		}
		s.line, _ = in.FieldPos(0)
		for n := range row {
			row[n] = strings.TrimSpace(row[n])
		}
		if s.columns != nil {
			s.row(row)
		} else if s.header(row); len(s.faults) > 0 {
			return // without good columns no row can be read
		}
	}
}

// separator returns what stands between the columns: a semicolon where the
// first line has some and no comma, as where the comma is that of numbers.
func separator(doc []byte) rune {
	first, _, _ := bytes.Cut(doc, []byte("\n"))
	if bytes.ContainsRune(first, ';') && !bytes.ContainsRune(first, ',') {
		return ';'
	}
	return ','
}

// malformed says where the text is no CSV.
func (s *sheet) malformed(err error) {
	var where *csv.ParseError
	if errors.As(err, &where) {
		err = &rule.Invalid{Member: fmt.Sprintf("line %d, character %d", where.Line, where.Column), Want: "CSV: " + where.Err.Error()}
	}
	s.faults = append(s.faults, err)
}

// fault says what was wanted of a column of the row; n is beyond the columns
// for one that is not there.
func (s *sheet) fault(id string, n int, column, want string) {
	at := "line " + fmt.Sprint(s.line) + ", column "
	if n < len(s.columns) {
		at += letters(n) + " (" + column + ")"
	} else {
		at += column
	}
	f := &rule.Invalid{Member: at, Want: want}
	if id == "" {
		s.faults = append(s.faults, f)
		return
	}
	s.faults = append(s.faults, Case{ID: id}.faults(f))
}

// letters returns what a spreadsheet calls the column, from 0: A to Z, AA on.
func letters(n int) string {
	if n >= 26 {
		return letters(n/26-1) + letters(n%26)
	}
	return string(rune('A' + n))
}

func (s *sheet) row(row []string) {
	switch {
	case !slices.ContainsFunc(row, func(cell string) bool { return cell != "" }): // left empty
	case len(row) > len(s.columns):
		s.fault(row[0], len(s.columns), letters(len(s.columns)), "no more cells than there are columns")
	default:
		s.add(append(row, make([]string, len(s.columns)-len(row))...))
	}
}

// column is what a column can be called: a member of a case, or a path in one.
var column = pattern(`^(id|rules|ask|note|(given|expect|overrides)(\.[A-Za-z][A-Za-z0-9]*)+)$`)

// pattern returns a regular expression that is compiled when it is first used.
func pattern(s string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(s) })
}

func (s *sheet) header(row []string) {
	s.columns = row
	for n, name := range row {
		switch {
		case !column().MatchString(name):
			s.fault("", n, name, "id, rules, ask, note, or a path such as given.born, expect.required, overrides.returnPeriod.days")
		case slices.Index(row, name) != n:
			s.fault("", n, name, "a column of this name once")
		}
	}
	for _, name := range []string{"id", "ask"} {
		if !slices.Contains(row, name) {
			s.fault("", len(row), name, "a column of this name")
		}
	}
}

// cell returns the cell of a column, "" where there is none.
func (s *sheet) cell(row []string, name string) string {
	if n := slices.Index(s.columns, name); n >= 0 {
		return row[n]
	}
	return ""
}

// add adds the case of a row.
func (s *sheet) add(row []string) {
	c := Case{ID: s.cell(row, "id"), Ask: s.cell(row, "ask"), Note: s.cell(row, "note"),
		Rules: strings.FieldsFunc(s.cell(row, "rules"), func(r rune) bool { return strings.ContainsRune(" ,;", r) })}
	switch {
	case c.ID == "":
		s.fault("", slices.Index(s.columns, "id"), "id", "an id")
	case s.ids[c.ID]:
		s.fault(c.ID, slices.Index(s.columns, "id"), "id", "an id that no other case has")
	}
	s.ids[c.ID] = true
	before := len(s.faults)
	c.Given, c.Expect = s.object(row, c, "given"), s.object(row, c, "expect")
	if over := s.object(row, c, "overrides"); string(over) != "{}" {
		c.Overrides = over
	}
	if len(s.faults) == before {
		s.check(c)
	}
	s.cases = append(s.cases, c)
}

// check says at which cell the case is none.
func (s *sheet) check(c Case) {
	for _, f := range rule.Invalids(c.Check()) {
		n := slices.IndexFunc(s.columns, func(name string) bool {
			return name == f.Member || strings.HasPrefix(f.Member, name+".")
		})
		if n < 0 {
			n = len(s.columns)
		}
		s.fault(c.ID, n, f.Member, f.Want)
	}
}

// object returns the object that the columns within a member make.
func (s *sheet) object(row []string, c Case, member string) json.RawMessage {
	root := map[string]any{}
	for n, name := range s.columns {
		path := strings.Split(name, ".")
		if path[0] != member || row[n] == "" {
			continue
		}
		is := shapeOf(c.Ask, path)
		value, want := cell(row[n], is)
		if want == "" && member == "expect" && !dated(row[n], is) {
			want = "a date as 2006-01-02"
		}
		if want == "" && !put(root, path[1:], value) {
			want = "nothing, or nothing in the columns within it or around it"
		}
		if want != "" {
			s.fault(c.ID, n, name, want)
		}
	}
	doc, _ := json.Marshal(root) // texts and what json.Valid has seen
	return doc
}

// dated reports whether a cell is a day where an answer has a day or null there.
// What is given may be no day: that it is refused is then what is expected.
func dated(cell string, is *strict.Shape) bool {
	_, err := civil.Parse(cell)
	return is == nil || !is.Day || cell == "null" || err == nil
}

// put puts a value at a path, false where something is in the way.
func put(in map[string]any, path []string, value json.RawMessage) bool {
	for ; len(path) > 1; path = path[1:] {
		if in[path[0]] == nil {
			in[path[0]] = map[string]any{}
		}
		inner, ok := in[path[0]].(map[string]any)
		if !ok {
			return false
		}
		in = inner
	}
	if in[path[0]] != nil {
		return false
	}
	in[path[0]] = value
	return true
}

// shapeOf returns what the contract says of a path in a case, nil where it
// says nothing.
func shapeOf(ask string, path []string) *strict.Shape {
	q := known(ask)
	switch {
	case q == nil || path[0] == "overrides":
		return nil
	case path[0] == "given":
		return q.given().At(path[1:]...)
	}
	return strict.Describe(q.answer).At(path[1:]...)
}

// How a cell is written that is no plain text.
var (
	wholeNumber  = pattern(`^-?(0|[1-9][0-9]*)$`)
	dayMonthYear = pattern(`^[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}$`)
)

// cell returns the JSON that a cell says, or what was wanted. What it is, the
// contract says where it can: a number may be an identifier. The rest is read
// as it looks.
func cell(text string, is *strict.Shape) (json.RawMessage, string) {
	plain := is != nil && is.Type == "string"
	switch {
	case strings.HasPrefix(text, "{") || strings.HasPrefix(text, "["):
		if !json.Valid([]byte(text)) {
			return nil, "JSON, as it begins with " + text[:1]
		}
		return json.RawMessage(text), ""
	case dayMonthYear().MatchString(text) && (!plain || is.Pattern != ""):
		return nil, "a date as 2006-01-02: a spreadsheet has written it another way; format the cells as text"
	case text == "null" && (is == nil || is.Null || !plain):
		return json.RawMessage(text), ""
	case plain:
	case strings.EqualFold(text, "true") || strings.EqualFold(text, "false"):
		return json.RawMessage(strings.ToLower(text)), ""
	case wholeNumber().MatchString(text):
		return json.RawMessage(text), ""
	}
	doc, _ := json.Marshal(text)
	return doc, ""
}
