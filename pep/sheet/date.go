package sheet

import (
	"strconv"
	"strings"
	"time"
)

// MistakenDate says what a cell has in the place of a date as 2006-01-02 where a
// spreadsheet put it there, which day is meant, and what to do: a number of days,
// a date with a time, or a date in another order. It is to stand after what was
// wanted, and "" where the cell is nothing of the kind.
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

// inOrder returns a date that is written as it should be.
func inOrder(date string) (day string, read bool) {
	_, err := time.Parse(layout, date)
	return date, err == nil
}

// fromNumber returns the day of a number of days since 30 December 1899 with five
// digits, from 1927 to 2173, and with a part of a day or without.
func fromNumber(cell string) (day string, read bool) {
	whole, part, _ := strings.Cut(cell, ".")
	n, err := strconv.ParseUint(whole, 10, 32)
	if err != nil || len(whole) != 5 || n < 10_000 || strings.Trim(part, "0123456789") != "" {
		return "", false
	}
	return time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n)).Format(layout), true
}

// fromParts reads a date in three parts with slashes or dots between. The day is
// "" where it could be another one: its day could be its month, or its year has
// two digits.
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
