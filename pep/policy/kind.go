package policy

import (
	"fmt"
	"iter"
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

// set stores in the parameters a value that has already been read.
type set func(par *pep.Parameters)

// member says how one parameter is read from JSON and written as JSON. Its schema
// is derived from its read function.
type member struct {
	read func(v strict.Value) set
	show func(par *pep.Parameters) any
}

// kind says how a value of one type is read and written.
type kind[T any] struct {
	read func(v strict.Value) T
	show func(T) any
}

// at returns a member whose value has this kind. The function place says where the
// parameters hold the value.
func (k kind[T]) at(place func(par *pep.Parameters) *T) member {
	return member{
		read: func(v strict.Value) set {
			value := k.read(v)
			return func(par *pep.Parameters) { *place(par) = value }
		},
		show: func(par *pep.Parameters) any { return k.show(*place(par)) },
	}
}

// described returns the kind with additions to its schema: the checks that
// pep.NewPolicy makes and the reader does not.
func (k kind[T]) described(say func(*strict.Shape)) kind[T] {
	read := k.read
	k.read = func(v strict.Value) T {
		t := read(v)
		v.Described(say)
		return t
	}
	return k
}

// itself writes a value that JSON can hold unchanged.
func itself[T any](t T) any { return t }

// named is the kind of a value that has a name.
func named[T strict.Enum](want string, parse func(string) (T, error)) kind[T] {
	return kind[T]{
		read: func(v strict.Value) T { return strict.Named(v, want, parse) },
		show: func(t T) any { return t.String() },
	}
}

// whole is the kind of a whole number from low to high.
func whole(low, high int, want string) kind[int] {
	return kind[int]{func(v strict.Value) int { return v.IntFrom(low, high, want) }, itself[int]}
}

// truth is the kind of a boolean value.
var truth = kind[bool]{strict.Value.Bool, itself[bool]}

// namedSet is the kind of a set of named values, written as a list of them.
func namedSet[S any, T strict.Enum](want string, parse func(string) (T, error), make func([]T) S, all func(S) iter.Seq[T]) kind[S] {
	one := named(want, parse)
	return kind[S]{
		read: func(v strict.Value) S { return make(strict.Set(v, maxListed, want, one.read)) },
		show: func(s S) any {
			shown := []any{}
			for t := range all(s) {
				shown = append(shown, one.show(t))
			}
			return shown
		},
	}
}

// bits returns a set with one bit for each value.
func bits[S ~uint8 | ~uint16, T ~uint8](of []T) (s S) {
	for _, t := range of {
		s |= 1 << t
	}
	return s
}

const wantTypes = "establishment type codes from 1 to 63"

// types is the kind of a set of establishment types, written as a list of
// codes.
var types = kind[forms.GIASSet]{
	read: func(v strict.Value) (s forms.GIASSet) {
		for _, code := range strict.Set(v, maxListed, wantTypes, whole(1, 63, wantTypes).read) {
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
}

// maxDays limits a period to about ten years.
const maxDays = 3660

const wantPeriod = "either days or workingDays, 1 or more"

// period is the kind of a number of days or of working days.
var period = kind[delegation.Period]{
	read: func(v strict.Value) delegation.Period {
		in := v.Object()
		days, workingDays := in.May("days"), in.May("workingDays")
		v.Described(func(s *strict.Shape) { s.One = []string{"days", "workingDays"} })
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
}

func readDays(v strict.Value) int { return v.IntFrom(1, maxDays, "a whole number of days, 1 or more") }

const wantOffsets = "whole days from -31 to 31"

// offsets is the kind of a list of days before or after another day, written as
// numbers.
var offsets = kind[delegation.Offsets]{
	read: func(v strict.Value) delegation.Offsets {
		days := strict.Set(v, maxListed, wantOffsets, whole(-31, 31, wantOffsets).read)
		o, _ := delegation.NewOffsets(days...) // no error: every number is from -31 to 31
		return o
	},
	show: func(o delegation.Offsets) any { return o.List() },
}

const wantMonthDay = "a day of the year such as 04-01"

// terms is the kind of the days on which the terms begin.
var terms = kind[term.Calendar]{
	read: func(v strict.Value) term.Calendar {
		in := v.Object()
		days, faults := [3]term.MonthDay{}, in.Faults()
		for n, name := range [...]string{"spring", "summer", "autumn"} {
			days[n] = strict.Parsed(in.Need(name).Matching(monthDayPattern), wantMonthDay, parseMonthDay)
		}
		if in.Faults() > faults || !v.IsObject() {
			return term.Calendar{}
		}
		c, err := term.NewCalendar(days[0], days[1], days[2])
		if err != nil {
			v.Fault("spring, summer and autumn in this order, so that together they cover the year")
		}
		return c
	},
	show: func(c term.Calendar) any {
		spring, summer, autumn := c.Starts()
		return pairs{{"spring", monthDay(spring)}, {"summer", monthDay(summer)}, {"autumn", monthDay(autumn)}}
	},
}

const monthDayPattern = "^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))$"

// parseMonthDay reads a day of a year, but not 29 February.
func parseMonthDay(s string) (term.MonthDay, error) {
	d, err := civil.Parse("2023-" + s)
	return term.MonthDay{Month: d.Month(), Day: d.Day()}, err
}

func monthDay(m term.MonthDay) string { return fmt.Sprintf("%02d-%02d", m.Month, m.Day) }

// holidays is the kind of a calendar of working days, written as its bank
// holidays and the days that it covers.
var holidays = kind[*workday.Calendar]{
	read: func(v strict.Value) *workday.Calendar {
		in := v.Object()
		faults := in.Faults()
		from, to := in.Need("from").Date(), in.Need("to")
		until, list := to.Date(), in.Need("days")
		on := strict.Set(list, maxListed, "bank holidays such as 2006-01-02", strict.Value.Date)
		if in.Faults() > faults || !v.IsObject() {
			return nil
		}
		if !from.Before(until) {
			to.Fault(`the first day after the period, and later than "from"`)
			return nil
		}
		c, err := workday.New(from, until.AddDays(-1), on)
		if err != nil {
			list.Fault(`days that are not earlier than "from", and are earlier than "to"`)
		}
		return c
	},
	show: func(c *workday.Calendar) any {
		days := append([]civil.Date{}, c.Holidays()...)
		return pairs{{"from", c.From()}, {"to", c.To().AddDays(1)}, {"days", days}}
	},
}

const wantHours = "a whole number of hours, 0 or more"

// hours is the kind of a duration in whole hours.
var hours = kind[time.Duration]{
	read: func(v strict.Value) time.Duration {
		return time.Duration(v.Object().Need("hours").IntFrom(0, maxHours, wantHours)) * time.Hour
	},
	show: func(d time.Duration) any { return map[string]int{"hours": int(d / time.Hour)} },
}

// maxHours limits a wait to one month.
const maxHours = 744

// grammar is the kind of the grammar of the assignment comment.
var grammar = kind[delegation.Grammar]{
	read: func(v strict.Value) delegation.Grammar {
		in := v.Object()
		return delegation.Grammar{
			Dashes: in.Need("dashes").Name("the dashes, one character each"),
			None:   in.Need("none").Name("the words for when there is no next meeting"),
		}
	},
	show: func(g delegation.Grammar) any { return pairs{{"dashes", g.Dashes}, {"none", g.None}} },
}

// formTypes is the kind of the table of form types, by year group and then by
// setting. A setting that is left out has no form.
var formTypes = kind[*forms.Table]{
	read: func(v strict.Value) *forms.Table {
		in := v.Object()
		var rows forms.Rows
		for y := forms.PreNursery; y <= forms.Y13; y++ {
			row := in.Need(y.String()).Object()
			for s := forms.NoSetting; s <= forms.Special; s++ {
				rows[y][s] = strict.Named(row.May(s.String()), "a form type, such as primary_mainstream", forms.ParseType)
			}
		}
		t, _ := forms.NewTable(rows) // no error: every entry has a year group and a setting
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
}

// sectionTitles is the kind of the section titles of each form type.
var sectionTitles = kind[*forms.Titles]{
	read: func(v strict.Value) *forms.Titles {
		in := v.Object()
		faults, of := in.Faults(), map[forms.Type][]forms.Title{}
		for form := range forms.AllTypes() {
			n := forms.TemplateOf(form).Len()
			list := in.Need(form.String()).Described(func(s *strict.Shape) { s.Least = n })
			want := fmt.Sprint("titles of its ", n, " sections")
			for element := range list.List(n, want) {
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
			v.Fault("titles that are not blank")
		}
		return titles
	},
	show: func(t *forms.Titles) any {
		shown := pairs{}
		for form := range forms.AllTypes() {
			list := []pairs{}
			for _, title := range t.Of(form) {
				one := pairs{{"title", title.Text}}
				if title.Proposed {
					one = append(one, pair{"proposed", true})
				}
				list = append(list, one)
			}
			shown = append(shown, pair{form.String(), list})
		}
		return shown
	},
}

func kinds(ks []record.EducationKind) record.EducationKinds { return record.NewEducationKinds(ks...) }
