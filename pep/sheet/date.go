package sheet

import (
	"strconv"
	"strings"
	"time"
)

// MistakenDate explains a cell in which a spreadsheet has replaced a date such as
// 2006-01-02 with a number of days, a date with a time, or a date in another order.
// It says which day is meant and what to do. The caller appends the result to words
// that say what the cell must be. The result is "" if the cell holds none of these.
func MistakenDate(cell string) string {
	date, _, timed := strings.Cut(strings.Replace(cell, "T", " ", 1), " ")
	switch day, read := inOrder(date); {
	case read && !timed:
		return ""
	case read:
		return ": the cell has a time too and means " + day + "; " + remedy
	}
	if day, read := fromNumber(cell); read {
		return ": the cell has Excel's number for " + day + "; " + remedy
	}
	day, read := fromParts(date)
	switch {
	case !read:
		return ""
	case day == "":
		return ": a spreadsheet has rewritten the date; " + remedy
	}
	return ": the cell has " + day + " in another order; " + remedy
}

const (
	remedy = "format the cells as text or as yyyy-mm-dd"
	layout = "2006-01-02"
)

// inOrder returns a date that is already in the right form.
func inOrder(date string) (day string, read bool) {
	_, err := time.Parse(layout, date)
	return date, err == nil
}

// fromNumber reads a cell that holds a number of days since 30 December 1899. The
// number must have five digits, which give a day from 1927 to 2173. It may have a
// fraction, which is ignored.
func fromNumber(cell string) (day string, read bool) {
	whole, part, _ := strings.Cut(cell, ".")
	n, err := strconv.ParseUint(whole, 10, 32)
	if err != nil || len(whole) != 5 || n < 10_000 || strings.Trim(part, "0123456789") != "" {
		return "", false
	}
	return time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n)).Format(layout), true
}

// fromParts reads a date whose three parts are separated by slashes or dots. The
// day is "" if the date is ambiguous: day and month could be swapped, or the year
// is not the last part or does not have four digits.
func fromParts(date string) (day string, read bool) {
	parts := strings.FieldsFunc(date, func(r rune) bool { return r == '/' || r == '.' })
	if len(parts) != 3 || strings.Trim(date, "0123456789/.") != "" || len(date) > len("31/12/2026") || len(parts[2]) < 2 {
		return "", false
	}
	if len(parts[2]) != 4 || len(parts[0]) > 2 || len(parts[1]) > 2 {
		return "", true
	}
	for _, order := range [...]string{"2/1/2006", "1/2/2006"} {
		t, err := time.Parse(order, strings.Join(parts, "/"))
		if err == nil && (t.Day() > 12 || t.Day() == int(t.Month())) {
			return t.Format(layout), true
		}
	}
	return "", true
}
