package policy

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/record"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
	"virtualschool.example/term/workday"
)

// set puts a value that was read into parameters.
type set func(par *pep.Parameters)

// member is how one parameter is read from JSON and shown as JSON, and what
// the schema says of it.
type member struct {
	read   func(v strict.Value) set
	show   func(par *pep.Parameters) any
	schema func() schema
}

// kind is a kind of value: how one is read, shown and described.
type kind[T any] struct {
	read   func(v strict.Value) T
	show   func(T) any
	schema func() schema
}

// at returns the member that is a value of the kind in one place of the
// parameters.
func (k kind[T]) at(place func(par *pep.Parameters) *T) member {
	return member{
		read: func(v strict.Value) set {
			value := k.read(v)
			return func(par *pep.Parameters) { *place(par) = value }
		},
		show:   func(par *pep.Parameters) any { return k.show(*place(par)) },
		schema: k.schema,
	}
}

// where returns the kind with more said in its schema.
func (k kind[T]) where(more func() schema) kind[T] {
	of := k.schema
	k.schema = func() schema {
		s := of()
		maps.Copy(s, more())
		return s
	}
	return k
}

// named is a value with a text form, one of the names.
func named[T fmt.Stringer](want string, parse func(string) (T, error), names ...string) kind[T] {
	return kind[T]{
		read:   func(v strict.Value) T { return strict.Parsed(v, want, parse) },
		show:   func(t T) any { return t.String() },
		schema: func() schema { return schema{"enum": names} },
	}
}

// whole is a whole number within bounds.
func whole(low, high int, want string) kind[int] {
	return kind[int]{
		read:   func(v strict.Value) int { return v.IntFrom(low, high, want) },
		show:   func(n int) any { return n },
		schema: func() schema { return schema{"type": "integer", "minimum": low, "maximum": high} },
	}
}

// truth is true or false.
var truth = kind[bool]{strict.Value.Bool, func(b bool) any { return b }, func() schema { return schema{"type": "boolean"} }}

// listed returns the elements of a list that read reads, without those that
// are faulty, and says of one that comes twice that it does.
func listed[T comparable](v strict.Value, want string, read func(strict.Value) T) (all []T) {
	for element := range v.List(want) {
		switch t := read(element); {
		case t == *new(T):
		case slices.Contains(all, t):
			element.Fault("each once")
		default:
			all = append(all, t)
		}
	}
	return all
}

// namedSet is a set of values with a text form, as a list of names.
func namedSet[S any, T interface {
	comparable
	fmt.Stringer
}](want string, parse func(string) (T, error), make func([]T) S, all func(S) iter.Seq[T], names func() []string) kind[S] {
	return kind[S]{
		read: func(v strict.Value) S {
			return make(listed(v, want, func(v strict.Value) T { return strict.Parsed(v, want, parse) }))
		},
		show: func(s S) any {
			shown := []string{}
			for t := range all(s) {
				shown = append(shown, t.String())
			}
			return shown
		},
		schema: func() schema {
			return schema{"type": "array", "uniqueItems": true, "items": schema{"enum": names()}}
		},
	}
}

// bits returns a set of one bit each.
func bits[S ~uint8 | ~uint16, T ~uint8](of []T) (s S) {
	for _, t := range of {
		s |= 1 << t
	}
	return s
}

const wantTypes = "establishment type codes from 1 to 63"

// types is a set of establishment types, as a list of codes.
var types = kind[forms.GIASSet]{
	read: func(v strict.Value) (s forms.GIASSet) {
		for _, code := range listed(v, wantTypes, func(v strict.Value) int { return v.IntFrom(1, 63, wantTypes) }) {
			s |= 1 << code
		}
		return s
	},
	show: func(s forms.GIASSet) any {
		codes := []int{}
		for code := range s.All() {
			codes = append(codes, int(code))
		}
		return codes
	},
	schema: func() schema {
		return schema{"type": "array", "uniqueItems": true, "items": schema{"type": "integer", "minimum": 1, "maximum": 63}}
	},
}

// maxDays bounds a period so that it stays a period: ten years.
const maxDays = 3660

const wantPeriod = "either days or workingDays, from 1"

// period is a number of days or of working days.
var period = kind[delegation.Period]{
	read: func(v strict.Value) delegation.Period {
		in := v.Object()
		days, workingDays := in.May("days"), in.May("workingDays")
		if v.IsObject() && days.Given() == workingDays.Given() {
			v.Fault(wantPeriod)
		}
		return delegation.Period{Days: readDays(days), WorkingDays: readDays(workingDays)}
	},
	show: func(p delegation.Period) any {
		if p.WorkingDays > 0 {
			return map[string]int{"workingDays": p.WorkingDays}
		}
		return map[string]int{"days": p.Days}
	},
	schema: func() schema {
		days := schema{"type": "integer", "minimum": 1, "maximum": maxDays}
		return schema{"oneOf": []schema{
			object(schema{"days": days, "workingDays": nothing()}, "days"),
			object(schema{"days": nothing(), "workingDays": days}, "workingDays"),
		}}
	},
}

func nothing() schema { return schema{"type": "null"} }

func readDays(v strict.Value) int { return v.IntFrom(1, maxDays, "a whole number of days from 1") }

const wantOffsets = "whole days from -31 to 31"

// offsets are days before or after another, as a list of numbers.
var offsets = kind[delegation.Offsets]{
	read: func(v strict.Value) delegation.Offsets {
		var days []int
		for element := range v.List(wantOffsets) {
			n := element.IntFrom(-31, 31, wantOffsets)
			if slices.Contains(days, n) {
				element.Fault("each once")
			}
			days = append(days, n)
		}
		o, _ := delegation.NewOffsets(days...) // they are from -31 to 31
		return o
	},
	show: func(o delegation.Offsets) any { return o.List() },
	schema: func() schema {
		return schema{"type": "array", "uniqueItems": true, "items": schema{"type": "integer", "minimum": -31, "maximum": 31}}
	},
}

// startDays are the days on which the terms begin, each as 04-01.
type startDays struct {
	Spring string `json:"spring"`
	Summer string `json:"summer"`
	Autumn string `json:"autumn"`
}

const wantMonthDay = "a day of every year as 04-01"

// terms are the days on which the terms begin.
var terms = kind[term.Calendar]{
	read: func(v strict.Value) term.Calendar {
		in := v.Object()
		days, faults := [3]term.MonthDay{}, in.Faults()
		for n, name := range [...]string{"spring", "summer", "autumn"} {
			days[n] = strict.Parsed(in.Need(name), wantMonthDay, parseMonthDay)
		}
		if in.Faults() > faults || !v.IsObject() {
			return term.Calendar{}
		}
		c, err := term.NewCalendar(days[0], days[1], days[2])
		if err != nil {
			v.Fault("spring, summer and autumn in this order, so that they tile the year")
		}
		return c
	},
	show: func(c term.Calendar) any {
		spring, summer, autumn := c.Starts()
		return startDays{monthDay(spring), monthDay(summer), monthDay(autumn)}
	},
	schema: func() schema {
		day := schema{"type": "string", "pattern": monthDayPattern}
		return object(schema{"spring": day, "summer": day, "autumn": day}, "spring", "summer", "autumn")
	},
}

const monthDayPattern = "^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))$"

// parseMonthDay reads a day of a year that has no 29 February.
func parseMonthDay(s string) (term.MonthDay, error) {
	d, err := civil.Parse("2023-" + s)
	return term.MonthDay{Month: d.Month(), Day: d.Day()}, err
}

func monthDay(m term.MonthDay) string { return fmt.Sprintf("%02d-%02d", m.Month, m.Day) }

// published are the bank holidays of a time.
type published struct {
	From civil.Date   `json:"from"`
	To   civil.Date   `json:"to"` // the first day not covered
	Days []civil.Date `json:"days"`
}

// holidays is a calendar of working days, as the bank holidays of a time.
var holidays = kind[*workday.Calendar]{
	read: func(v strict.Value) *workday.Calendar {
		in := v.Object()
		faults := in.Faults()
		from, to := in.Need("from").Date(), in.Need("to")
		until, list := to.Date(), in.Need("days")
		on := listed(list, "bank holidays as 2006-01-02", strict.Value.Date)
		if in.Faults() > faults || !v.IsObject() {
			return nil
		}
		if !from.Before(until) {
			to.Fault("the first day not covered, after from")
			return nil
		}
		c, err := workday.New(from, until.AddDays(-1), on)
		if err != nil {
			list.Fault("days from from up to but not including to")
		}
		return c
	},
	show: func(c *workday.Calendar) any {
		return published{c.From(), c.To().AddDays(1), append([]civil.Date{}, c.Holidays()...)}
	},
	schema: func() schema {
		days := schema{"type": "array", "uniqueItems": true, "items": day()}
		return object(schema{"from": day(), "to": day(), "days": days}, "from", "to", "days")
	},
}

func day() schema { return schema{"type": "string", "format": "date"} }

const wantHours = "a whole number of hours from 0"

// hours is a duration in whole hours.
var hours = kind[time.Duration]{
	read: func(v strict.Value) time.Duration {
		return time.Duration(v.Object().Need("hours").IntFrom(0, maxHours, wantHours)) * time.Hour
	},
	show: func(d time.Duration) any { return map[string]int{"hours": int(d / time.Hour)} },
	schema: func() schema {
		return object(schema{"hours": schema{"type": "integer", "minimum": 0, "maximum": maxHours}}, "hours")
	},
}

// maxHours bounds a wait: a month.
const maxHours = 744

// grammar is how the assignment comment is written.
var grammar = kind[delegation.Grammar]{
	read: func(v strict.Value) delegation.Grammar {
		in := v.Object()
		return delegation.Grammar{
			Dashes: in.Need("dashes").Name("the dashes, one character each"),
			None:   in.Need("none").Name("what says that there is no next meeting"),
		}
	},
	show: func(g delegation.Grammar) any {
		return struct {
			Dashes string `json:"dashes"`
			None   string `json:"none"`
		}{g.Dashes, g.None}
	},
	schema: func() schema { return object(schema{"dashes": text(), "none": text()}, "dashes", "none") },
}

func text() schema { return schema{"type": "string", "minLength": 1} }

// formTypes is the table of form types: by year group, then by setting. A
// setting that is not there has no form.
var formTypes = kind[*forms.Table]{
	read: func(v strict.Value) *forms.Table {
		in := v.Object()
		var rows forms.Rows
		for y := forms.PreNursery; y <= forms.Y13; y++ {
			row := in.Need(y.String()).Object()
			for s := forms.NoSetting; s <= forms.Special; s++ {
				rows[y][s] = strict.Parsed(row.May(s.String()), "a form type, such as primary_mainstream", forms.ParseType)
			}
		}
		t, _ := forms.NewTable(rows) // every place is that of a year group and a setting
		return t
	},
	show: func(t *forms.Table) any {
		shown, rows := pairs{}, t.Rows()
		for y := forms.PreNursery; y <= forms.Y13; y++ {
			row := pairs{}
			for s := forms.NoSetting; s <= forms.Special; s++ {
				if form := rows[y][s]; form != 0 {
					row = append(row, pair{s.String(), form})
				}
			}
			shown = append(shown, pair{y.String(), row})
		}
		return shown
	},
	schema: formTypesSchema,
}

// titled is a title of a section.
type titled struct {
	Title    string `json:"title"`
	Proposed bool   `json:"proposed,omitzero"`
}

// sectionTitles are the titles of the sections of each form type.
var sectionTitles = kind[*forms.Titles]{
	read: func(v strict.Value) *forms.Titles {
		in := v.Object()
		faults, of := in.Faults(), map[forms.Type][]forms.Title{}
		for form := range forms.AllTypes() {
			list, n := in.Need(form.String()), forms.TemplateOf(form).Len()
			want := fmt.Sprint("titles of its ", n, " sections")
			for element := range list.List(want) {
				in := element.Object()
				title := forms.Title{Text: in.Need("title").Name("a title"), Proposed: in.May("proposed").Bool()}
				of[form] = append(of[form], title)
			}
			if in.Faults() == faults && v.IsObject() && len(of[form]) != n {
				list.Fault(want)
			}
		}
		titles, err := forms.NewTitles(of)
		if err != nil && in.Faults() == faults && v.IsObject() {
			v.Fault("titles in which something shows")
		}
		return titles
	},
	show: func(t *forms.Titles) any {
		shown := pairs{}
		for form := range forms.AllTypes() {
			list := []titled{}
			for _, title := range t.Of(form) {
				list = append(list, titled{title.Text, title.Proposed})
			}
			shown = append(shown, pair{form.String(), list})
		}
		return shown
	},
	schema: sectionTitlesSchema,
}

func kinds(ks []record.EducationKind) record.EducationKinds { return record.NewEducationKinds(ks...) }

// names returns the text forms of values.
func names[T fmt.Stringer](of iter.Seq[T]) (all []string) {
	for t := range of {
		all = append(all, t.String())
	}
	return all
}
