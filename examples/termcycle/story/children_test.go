package story

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/goldentest"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// good is a correct row, by column.
var good = map[string]string{
	"su": "SU1", "name": "Wren Testwood", "born": "2016-05-04", "care_from": "2024-06-03",
	"education": "school", "education_from": "2025-09-01", "establishment": "Imaginary Primary School",
	"post_code": "ZZ9 9ZZ", "dfe_number": "888/9999", "gias_type": "1", "status": "current", "meeting": "2026-02-11",
}

// with returns a copy of the good row with some cells changed. The arguments are pairs of a
// column and its new cell.
func with(cells ...string) map[string]string {
	row := map[string]string{}
	for name, cell := range good {
		row[name] = cell
	}
	for i := 0; i < len(cells); i += 2 {
		row[cells[i]] = cells[i+1]
	}
	return row
}

// sheetOf returns a file with the given rows.
func sheetOf(rows ...map[string]string) string {
	var b strings.Builder
	b.WriteString(strings.Join(slices.Collect(columnNames), ",") + "\n")
	for _, row := range rows {
		for i := range columns {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(row[columns[i].name])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestAGoodRowIsRead(t *testing.T) {
	t.Parallel()
	pupils, err := readChildren(strings.NewReader("\xEF\xBB\xBF" + sheetOf(with("course", "late", "consent", "given", "recorded_year", "Y4", "teacher_actioned", "2026-01-16T08:00:00Z"))))
	require.NoError(t, err)
	p := pupils[0]
	require.NoError(t, p.Check())
	require.NoError(t, p.Place.Check())
	require.Equal(t, "SU1", p.ref())
	require.Equal(t, "Wren Testwood", p.Name.Reveal("testing"))
	require.Equal(t, civil.MustParse("2016-05-04"), p.Born.Reveal("testing"))
	require.Equal(t, record.Given, p.Consent)
	require.Equal(t, "Y4", p.RecordedYear.String())
	require.Equal(t, record.School, p.Education[0].Kind)
	require.Equal(t, p.Place.ID, p.Education[0].Establishment)
	require.Equal(t, p.Place.ID, p.Teacher.Establishment)
	require.Equal(t, "2026-01-16 08:00:00 +0000 UTC", p.Teacher.Actioned.String())
	require.Equal(t, "late", p.Course.name)
}

func TestABlankCourseIsTheUsualOne(t *testing.T) {
	t.Parallel()
	pupils, err := readChildren(strings.NewReader(sheetOf(good)))
	require.NoError(t, err)
	require.Equal(t, "usual", pupils[0].Course.name)
}

// TestEachColumnsFaults puts one fault in one cell, and requires that only that fault is
// reported.
func TestEachColumnsFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		column string
		cells  []string
		want   string
	}{
		{"su", []string{"su", ""}, "filled in"},
		{"su", []string{"su", "su-1"}, "an SU number: 1 to 12 capitals and digits"},
		{"su", []string{"su", "SU12345678901"}, "an SU number: 1 to 12 capitals and digits"},
		{"name", []string{"name", ""}, "filled in"},
		{"born", []string{"born", ""}, "filled in"},
		{"born", []string{"born", "04/05/2016"}, "a date such as 2006-01-02: a spreadsheet has rewritten the date; format the cells as text or as yyyy-mm-dd"},
		{"born", []string{"born", "2015-02-29"}, "a date such as 2006-01-02"},
		{"born", []string{"born", "2026-02-12"}, "a birth date on the meeting's day or at most 25 years before it (AGE-3)"},
		{"born", []string{"born", "2001-02-10"}, "a birth date on the meeting's day or at most 25 years before it (AGE-3)"},
		{"upn", []string{"upn", "B123456789012"}, "a UPN: a check letter, eleven digits and a digit or letter"},
		{"consent", []string{"consent", "maybe"}, "not_asked, given or withheld"},
		{"recorded_year", []string{"recorded_year", "Year 4"}, "N1, N2, R, Y1 to Y13, 1 to 13, or X"},
		{"recorded_year", []string{"recorded_year", "Y14"}, "what the rules allow: YEAR-4: there is no form for this year group; correct the recorded year group"},
		{"care_from", []string{"care_from", ""}, "filled in"},
		{"care_from", []string{"care_from", "yesterday"}, "a date such as 2006-01-02"},
		{"care_to", []string{"care_to", "2026-2-20"}, "a date such as 2006-01-02"},
		{"care_to", []string{"care_to", "2024-06-02"}, "the first day out of care, not before care_from"},
		{"care_to", []string{"course", "leaving"}, "the first day out of care, which this course needs"},
		{"short_break", []string{"short_break", "no"}, "yes, or a blank cell for no"},
		{"authority", []string{"authority", "manchester"}, "the council's own name or number or, for another authority, a three-digit LA number, a GSS code (E, N, S or W and eight digits) or the word other"},
		{"education", []string{"education", "gym"}, "a kind of education, such as day_nursery"},
		{"education_from", []string{"education_from", ""}, "the first day of education, or blank if there is no education"},
		{"education_from", []string{"education_from", "2025"}, "a date such as 2006-01-02"},
		{"education_to", []string{"education_to", "2025-08-31"}, "the first day after that education, not before education_from"},
		{"establishment", []string{"education", "", "education_from", ""}, "blank if there is no education"},
		{"post_code", []string{"post_code", ""}, "the establishment's post code, or blank if there is no establishment (PRE-4)"},
		{"dfe_number", []string{"dfe_number", "888-9999"}, "a DfE number such as 888/4000"},
		{"gias_type", []string{"gias_type", "primary"}, "a GIAS establishment type: a number from 1 to 99"},
		{"gias_type", []string{"gias_type", "0"}, "a GIAS establishment type: a number from 1 to 99"},
		{"status", []string{"status", "open"}, "current or ended, or a status in the GIAS register, such as Open"},
		{"status", []string{"status", ""}, "current or ended, or blank if there is no establishment"},
		{"teacher_actioned", []string{"teacher_actioned", "2026-01-16"}, "an instant such as 2006-01-02T15:04:05Z"},
		{"meeting", []string{"meeting", ""}, "filled in"},
		{"meeting", []string{"meeting", "11 Feb"}, "a date such as 2006-01-02"},
		{"meeting", []string{"meeting", "2026-02-14"}, "a working day for which the bank holidays are published (DUE-7)"},
		{"meeting", []string{"meeting", "2026-04-03"}, "a working day for which the bank holidays are published (DUE-7)"},
		{"meeting", []string{"meeting", "2039-02-14"}, "a working day for which the bank holidays are published (DUE-7)"},
		{"course", []string{"course", "quick"}, "a course of the story, such as usual, late or never"},
	} {
		t.Run(c.column+" "+c.want, func(t *testing.T) {
			t.Parallel()
			row := with(c.cells...)
			if row["meeting"] == "2039-02-14" {
				row["born"] = "2030-01-01"
			}
			pupils, err := readChildren(strings.NewReader(sheetOf(row)))
			require.Nil(t, pupils)
			require.EqualError(t, err, place(2, c.column)+c.want)
		})
	}
}

// place returns the beginning of a fault's message, with its line and column.
func place(line int, column string) string {
	n := slices.Index(slices.Collect(columnNames), column)
	return fmt.Sprintf("line %d, column %c (%s) must be ", line, 'A'+n, column)
}

func TestRowsThatContradictEachOther(t *testing.T) {
	t.Parallel()
	_, err := readChildren(strings.NewReader(sheetOf(good,
		with("name", "Ash Testwood"),
		with("su", "SU3", "dfe_number", "888/9998"),
		with("su", "SU4", "gias_type", "2"),
		with("su", "SU5", "status", "ended"),
		with("su", "SU6", "teacher_actioned", "2026-01-16T08:00:00Z"),
		with("su", "SU7", "post_code", "ZZ9 8ZZ", "dfe_number", "888/9998"), // another establishment with the same name
	)))
	const same = "the same as on the first line with this establishment"
	require.EqualError(t, err, strings.Join([]string{
		place(3, "name") + "blank or the same as on the first line with this SU number",
		place(3, "care_from") + "a different day from the earlier lines with this SU number",
		place(4, "dfe_number") + same, place(5, "gias_type") + same, place(6, "status") + same, place(7, "teacher_actioned") + same,
	}, "\n"))
}

func TestALaterRowOfAChildIsAnotherPeriodOfCare(t *testing.T) {
	t.Parallel()
	blank := map[string]string{"su": "SU1", "care_from": "2026-01-05", "short_break": "yes"}
	pupils, err := readChildren(strings.NewReader(sheetOf(
		with("care_to", "2025-08-01"), with("su", "SU2"), blank,
		with("care_from", "2024-05-01", "care_to", "2024-06-01"), // the same education again
		with("care_from", "2025-09-01", "care_to", "2025-12-01", "education", "college", "education_from", "2026-01-05"),
	)))
	require.NoError(t, err)
	require.Len(t, pupils, 2)
	p := pupils[0]
	require.NoError(t, p.Check())
	require.Len(t, p.Care.Episodes, 4)
	require.Equal(t, civil.MustParse("2025-09-01"), p.Care.Episodes[3].From)
	require.True(t, p.Care.Episodes[1].ShortBreak)
	require.Len(t, p.Education, 2)
	require.Equal(t, p.Place.ID, p.Education[1].Establishment)
	require.Zero(t, p.leaves(), "the latest period has no end")

	_, err = readChildren(strings.NewReader(sheetOf(good, map[string]string{"su": "SU1", "care_to": "2026-01-05", "education": "school"})))
	require.EqualError(t, err, place(3, "care_from")+"filled in\n"+place(3, "education_from")+"the first day of education, or blank if there is no education")
}

func TestFilesThatAreNotATable(t *testing.T) {
	t.Parallel()
	header := strings.Join(slices.Collect(columnNames), ",")
	for _, c := range []struct{ name, file, want string }{
		{"empty", "", "file must be CSV with a first row that names the columns: the file is empty"},
		{"a workbook", "PK\x03\x04", "file must be CSV: the file is an Excel workbook; save it as CSV UTF-8"},
		{"only a header", header + "\n,,,\n", "file must be CSV with a row below its header: the file has only the header"},
		{"columns missing, twice and not known", strings.Replace(header, "upn,consent", "su,consnet", 1) + "\n",
			"line 1, column D (su) must be the only column of this name\n" +
				"line 1, column E (consnet) must be one of " + strings.ReplaceAll(header, ",", ", ") + "; did you mean \"consent\"?\n" +
				"line 1, column upn must be present: the file has no column of this name\n" +
				"line 1, column consent must be present: the file has no column of this name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := readChildren(strings.NewReader(c.file))
			require.EqualError(t, err, c.want)
		})
	}
}

func TestEveryFaultOfAFileIsReportedAndNothingIsImported(t *testing.T) {
	t.Parallel()
	bad := written(t, "bad.csv", sheetOf(good,
		with("su", "SU 2", "born", "4 May 2016", "gias_type", "x", "meeting", "2026-02-15"),
		with("su", "SU3", "care_to", "2020-01-01", "course", "leave"),
		with("su", "SU4", "name", "", "recorded_year", "15", "post_code", ""),
	))
	db := file(t, "term.db")
	out, errs, code := ran(t, "-children", bad, "-db", db)
	require.Equal(t, unusable, code)
	require.Empty(t, out)
	goldentest.Require(t, "testdata/faults.golden.txt", errs)
	_, err := os.Stat(db)
	require.True(t, errors.Is(err, os.ErrNotExist), "the database must not be created")
}

func TestFlags(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		args []string
		code int
		want string // part of the text that the program prints, on stdout or stderr
	}{
		{"help", []string{"-help"}, done, "Plays one term"},
		{"a day that does not exist", []string{"-as-of", "2026-02-30"}, unusable, "as-of"},
		{"a day before the bank holidays", []string{"-as-of", "0026-02-13"}, unusable, "DUE-7"},
		{"a day beyond the bank holidays", []string{"-as-of", "9999-12-31"}, unusable, "DUE-7"},
		{"an unknown flag", []string{"-until", "2026-02-03"}, unusable, "unknown flag"},
		{"a file that does not exist", []string{"-children", "nobody.csv"}, unusable, "nobody.csv"},
		{"a database in a folder that does not exist", []string{"-db", "no/such/folder/term.db"}, failed, "migrate"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			out, errs, code := ran(t, c.args...)
			require.Equal(t, c.code, code, errs)
			require.Contains(t, out+errs, c.want)
		})
	}
}

func FuzzReadChildren(f *testing.F) {
	f.Add([]byte(sheetOf(good)))
	f.Add(shipped)
	f.Add([]byte("su,name\n\"\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		pupils, err := readChildren(bytes.NewReader(file))
		if err != nil && (len(rule.Invalids(err)) == 0 || pupils != nil) {
			t.Fatalf("%d pupils and %v", len(pupils), err)
		}
		for _, p := range pupils {
			if err := p.Check(); err != nil {
				t.Fatal("the register refuses a row without a fault", err)
			}
		}
	})
}
