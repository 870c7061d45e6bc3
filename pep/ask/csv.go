package ask

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/sheet"
	"virtualschool.example/term/civil"
)

// ReadCSV reads a corpus for a policy from a spreadsheet saved as CSV in UTF-8. Reports
// call the corpus by the given name. README.md lists the columns, and package sheet
// describes the file format. ReadCSV reports every fault of the columns at once, or, if
// the columns are right, every fault of the rows. Each fault is a *rule.Invalid whose
// Member is the line and the column, such as "line 3, column F (given.meeting)".
func ReadCSV(name, policy string, r io.Reader) (Corpus, error) {
	t, err := sheet.Form{Name: checkColumn, Needed: []string{"id", "ask"}}.Read(r)
	if err != nil {
		return Corpus{}, fmt.Errorf("corpus %s: %w", name, err)
	}
	c, ids := Corpus{Name: name, Policy: policy}, map[string]bool{}
	for _, row := range t.Rows() {
		one := caseRow{row, t.Columns(), true}
		c.Cases = append(c.Cases, one.read(ids))
	}
	if err := t.Err(); err != nil {
		return Corpus{}, fmt.Errorf("corpus %s: %w", name, err)
	}
	return c, nil
}

func checkColumn(name string) (want string) {
	if isColumn(strings.Split(name, ".")) {
		return ""
	}
	return "id, rules, ask, note, or a path of at most 8 names after given, expect or overrides, such as given.born, expect.required, overrides.returnPeriod.days"
}

// isColumn reports whether a column can have this name: a member of a case, or a path
// within "given", "expect" or "overrides".
func isColumn(path []string) bool {
	switch path[0] {
	case "id", "rules", "ask", "note":
		return len(path) == 1
	case "given", "expect", "overrides":
		return len(path) >= 2 && len(path) <= 9 && !slices.ContainsFunc(path[1:], isNoName)
	}
	return false
}

// isNoName reports whether a text is not a name. A name is an ASCII letter followed by
// ASCII letters and digits.
func isNoName(text string) bool {
	return text == "" || text[0] <= '9' || strings.ContainsFunc(text, func(r rune) bool {
		return (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z')
	})
}

// caseRow is a row that holds a case.
type caseRow struct {
	*sheet.Row
	columns []string
	right   bool // true until a fault is found in a cell
}

func (r *caseRow) fault(column, want string) {
	r.right = false
	r.Fault(column, want)
}

// read reads a case. The case's id must not be in ids yet; read adds it.
func (r *caseRow) read(ids map[string]bool) Case {
	c := Case{ID: r.Cell("id"), Ask: r.Cell("ask"), Note: r.Cell("note"),
		Rules: strings.FieldsFunc(r.Cell("rules"), func(r rune) bool { return strings.ContainsRune(" ,;", r) })}
	switch {
	case c.ID == "":
		r.Fault("id", "an id")
	case ids[c.ID]:
		r.Fault("id", "an id that no other case has")
	}
	ids[c.ID] = true
	c.Given, c.Expect = r.object(c, "given"), r.object(c, "expect")
	if over := r.object(c, "overrides"); string(over) != "{}" {
		c.Overrides = over
	}
	if r.right {
		r.check(c)
	}
	return c
}

// check reports each fault of the case at its cell.
func (r *caseRow) check(c Case) {
	for _, f := range rule.Invalids(c.Check()) {
		at := f.Member
		for _, name := range r.columns {
			if strings.HasPrefix(f.Member, name+".") {
				at = name
			}
		}
		r.fault(at, f.Want)
	}
}

// object builds one member of the case, such as "given", from the columns for it.
func (r *caseRow) object(c Case, member string) json.RawMessage {
	root := map[string]any{}
	for _, name := range r.columns {
		path, text := strings.Split(name, "."), r.Cell(name)
		if path[0] != member || text == "" {
			continue
		}
		is := shapeOf(c.Ask, path)
		value, want := cell(text, is)
		if want == "" && member == "expect" && !dated(text, is) {
			want = wantDate
		}
		if want == "" && !put(root, path[1:], value) {
			want = "blank if another column for all or part of the same value is filled in"
		}
		if want != "" {
			r.fault(name, want)
		}
	}
	doc, _ := json.Marshal(root) // cannot fail: every value comes from the function cell
	return doc
}

const wantDate = "a date such as 2006-01-02"

// dated reports whether a cell of the expected answer is sound: if the answer has a date
// there, the cell must hold a date or null. (In "given", a case may hold a malformed date
// on purpose.)
func dated(cell string, is *strict.Shape) bool {
	_, err := civil.Parse(cell)
	return is == nil || !is.Day || cell == "null" || err == nil
}

// put puts a value at a path. It returns false if another value is in the way.
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

// shapeOf returns the shape that the contract gives to a path in a case, or nil if it
// gives none.
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

// isWhole reports whether a cell holds a whole number in JSON's form.
func isWhole(cell string) bool {
	return strings.Trim(cell, "-0123456789") == "" && json.Valid([]byte(cell))
}

// cell returns a cell's value as JSON, or a description of what the cell should hold. If
// the contract gives the value a type, the text is read as that type, because digits may
// be an identifier. Otherwise the form of the text determines the type.
func cell(text string, is *strict.Shape) (json.RawMessage, string) {
	plain, day := is != nil && is.Type == "string", is != nil && is.Day
	whole, mistaken := isWhole(text), ""
	if day || !plain && !whole {
		mistaken = sheet.MistakenDate(text)
	}
	switch {
	case strings.HasPrefix(text, "{") || strings.HasPrefix(text, "["):
		if !json.Valid([]byte(text)) {
			return nil, "JSON, as it begins with " + text[:1]
		}
		return json.RawMessage(text), ""
	case mistaken != "":
		return nil, wantDate + mistaken
	case text == "null" && (is == nil || is.Null || !plain):
		return json.RawMessage(text), ""
	case plain:
	case strings.EqualFold(text, "true") || strings.EqualFold(text, "false"):
		return json.RawMessage(strings.ToLower(text)), ""
	case whole:
		return json.RawMessage(text), ""
	}
	doc, _ := json.Marshal(text)
	return doc, ""
}
