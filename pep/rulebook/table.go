package rulebook

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
	"virtualschool.example/term/workday"
)

// season is one of the three terms of every year.
type season struct{ Name, First, Last string }

// seasons returns the terms of every year, in order.
func seasons(c term.Calendar) (rows []season) {
	const common = 2023 // a year without a 29 February
	for _, s := range []term.Season{term.Spring, term.Summer, term.Autumn} {
		t := term.New(s, common)
		rows = append(rows, season{s.String(), yearless(c.First(t)), yearless(c.Last(t))})
	}
	return rows
}

// yearless returns a date without its year, such as "31 March".
func yearless(d civil.Date) string { return fmt.Sprintf("%d %v", d.Day(), d.Month()) }

// termRow is one term.
type termRow struct{ Name, First, Last, Academic, Financial string }

// terms returns the term of a day, the term before it and the four terms after it.
func terms(c term.Calendar, on civil.Date) (rows []termRow) {
	for n := -1; n <= 4; n++ {
		t := c.Of(on).Add(n)
		rows = append(rows, termRow{t.String(), c.First(t).Words(), c.Last(t).Words(), t.AcademicYear().String(), t.FinancialYear().String()})
	}
	return rows
}

// formRow holds the forms of one year group, one for each setting.
type formRow struct {
	Year, KeyStage string
	Forms          []string
}

// formTypes returns the settings in words, and for each year group its form in each
// setting.
func formTypes(t *forms.Table) (settings []string, rows []formRow) {
	for s := forms.NoSetting; s <= forms.Special; s++ {
		settings = append(settings, map[forms.Setting]string{forms.NoSetting: "in no establishment"}[s])
		if s != forms.NoSetting {
			settings[len(settings)-1] = "at a " + s.String() + " school"
		}
	}
	of := t.Rows()
	for y := forms.PreNursery; y <= forms.Y13; y++ {
		row := formRow{Year: y.String(), KeyStage: y.KeyStage().String()}
		for s := forms.NoSetting; s <= forms.Special; s++ {
			if of[y][s] == 0 {
				row.Forms = append(row.Forms, "none")
			} else {
				row.Forms = append(row.Forms, of[y][s].Words())
			}
		}
		rows = append(rows, row)
	}
	return settings, rows
}

// sectionRow holds the sections of one form, or of several forms with the same sections.
type sectionRow struct {
	Form   string
	Titles []forms.Title
}

// sections returns the sections of every form. Forms with the same sections share a row.
func sections(t *forms.Titles) (rows []sectionRow) {
	for form := range forms.AllTypes() {
		titles := t.Of(form)
		n := slices.IndexFunc(rows, func(r sectionRow) bool { return slices.Equal(r.Titles, titles) })
		if n >= 0 {
			rows[n].Form += ", " + form.Words()
			continue
		}
		rows = append(rows, sectionRow{form.Words(), titles})
	}
	return rows
}

// holidayRow holds the bank holidays of one year.
type holidayRow struct {
	Year int
	Days string
}

// holidays returns the bank holidays by year, and the time for which they are published.
func holidays(c *workday.Calendar) (rows []holidayRow, published string) {
	for _, d := range c.Holidays() {
		last := len(rows) - 1
		if last < 0 || rows[last].Year != d.Year() {
			rows = append(rows, holidayRow{d.Year(), yearless(d)})
			continue
		}
		rows[last].Days += ", " + yearless(d)
	}
	return rows, c.From().Words() + " to " + c.To().Words()
}

// rate returns the rate for a plan in words, such as "£550 a plan".
func rate(doc json.RawMessage) string {
	var pence int64
	if json.Unmarshal(doc, &pence) != nil {
		return string(doc)
	}
	return pounds(pence) + " a plan"
}

// workflowRow is one row of the workflow.
type workflowRow struct{ From, Action, Roles, When, To string }

// workflow returns the rows of the workflow, ordered by the stage at which they begin.
func workflow() (rows []workflowRow) {
	for from := pep.None; from <= pep.Deleted; from++ {
		for r := range pep.Workflow() {
			if r.From != from {
				continue
			}
			var roles []string
			for role := range r.Roles.All() {
				roles = append(roles, spaced(role))
			}
			rows = append(rows, workflowRow{stage(from), r.Verb.Words(), strings.Join(roles, ", "), r.When.String(), stage(r.To)})
		}
	}
	return rows
}

// stage returns a stage in words.
func stage(s pep.Stage) string {
	if s == pep.None {
		return "not started"
	}
	return spaced(s)
}

// matrixRow gives, for one action, the stages at which each role may take it.
type matrixRow struct {
	Action string
	Cells  []string
}

// matrix returns the roles that take actions, a row for each action with a cell for each
// of these roles, and the roles that act on no plan.
func matrix() (roles []string, rows []matrixRow, idle string) {
	var act []pep.Role
	var none []string
	for r := range pep.AllRoles() {
		if acts(r) {
			act, roles = append(act, r), append(roles, spaced(r))
		} else {
			none = append(none, "the "+spaced(r))
		}
	}
	for v := range pep.AllVerbs() {
		row := matrixRow{Action: v.Words()}
		for _, r := range act {
			row.Cells = append(row.Cells, at(v, r))
		}
		rows = append(rows, row)
	}
	return roles, rows, strings.Join(none, ", ")
}

// acts reports whether a role may take any action.
func acts(role pep.Role) bool {
	for row := range pep.Workflow() {
		if row.Roles.Has(role) {
			return true
		}
	}
	return false
}

// at lists the stages at which a role may take an action, each with its condition. A
// condition on the grade is left out, because it decides only where the action leads, not
// whether the action may be taken.
func at(v pep.Verb, role pep.Role) string {
	var stages []string
	for row := range pep.Workflow() {
		if row.Verb != v || !row.Roles.Has(role) {
			continue
		}
		says := stage(row.From)
		if row.When != pep.Always && row.When != pep.WhenGreenOrAmber && row.When != pep.WhenRed {
			says += " (" + row.When.String() + ")"
		}
		if !slices.Contains(stages, says) {
			stages = append(stages, says)
		}
	}
	if stages == nil {
		return "no"
	}
	return strings.Join(stages, ", ")
}
