package main

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/goldentest"
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// good is a row that is right, by column.
var good = map[string]string{
	"su": "SU1", "name": "Wren Testwood", "born": "2016-05-04", "care_from": "2024-06-03",
	"education": "school", "education_from": "2025-09-01", "establishment": "Imaginary Primary School",
	"post_code": "ZZ9 9ZZ", "dfe_number": "888/9999", "gias_type": "1", "status": "current", "meeting": "2026-02-11",
}

// with returns the good row with other cells, given as column and cell in turn.
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

// sheetOf returns the file with those rows.
func sheetOf(rows ...map[string]string) string {
	var b strings.Builder
	b.WriteString(strings.ReplaceAll(columnNames(), ", ", ",") + "\n")
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
	pupils, err := readChildren([]byte("\xEF\xBB\xBF" + sheetOf(with("course", "late", "consent", "given", "recorded_year", "Y4", "teacher_actioned", "2026-01-16T08:00:00Z"))))
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
	pupils, err := readChildren([]byte(sheetOf(good)))
	require.NoError(t, err)
	require.Equal(t, "usual", pupils[0].Course.name)
}

// One fault in one cell is that column's, and there is no other.
func TestEachColumnsFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		column string
		cells  []string
		want   string
	}{
		{"su", []string{"su", ""}, "the cell is blank and must not be"},
		{"su", []string{"su", "su-1"}, "want an SU number: 1 to 12 capitals and digits"},
		{"su", []string{"su", "SU12345678901"}, "want an SU number: 1 to 12 capitals and digits"},
		{"name", []string{"name", ""}, "the cell is blank and must not be"},
		{"name", []string{"name", "Wren \xff"}, "want text in UTF-8"},
		{"name", []string{"name", " Wren"}, "want no space at the beginning or end"},
		{"born", []string{"born", ""}, "the cell is blank and must not be"},
		{"born", []string{"born", "04/05/2016"}, "want a date as 2006-01-02"},
		{"born", []string{"born", "2015-02-29"}, "want a date as 2006-01-02"},
		{"born", []string{"born", "2026-02-12"}, "AGE-3: want a birth date on the meeting's day or at most 25 years before it"},
		{"born", []string{"born", "2001-02-10"}, "AGE-3: want a birth date on the meeting's day or at most 25 years before it"},
		{"upn", []string{"upn", "B123456789012"}, "want a UPN: a check letter, eleven digits and a digit or letter"},
		{"consent", []string{"consent", "maybe"}, "want not_asked, given or withheld"},
		{"recorded_year", []string{"recorded_year", "Year 4"}, "want N1, N2, R, Y1 to Y13, 1 to 13, or X"},
		{"recorded_year", []string{"recorded_year", "Y14"}, "YEAR-4: no form exists for this year group [correct the recorded year group]"},
		{"care_from", []string{"care_from", ""}, "the cell is blank and must not be"},
		{"care_from", []string{"care_from", "yesterday"}, "want a date as 2006-01-02"},
		{"care_to", []string{"care_to", "2026-2-20"}, "want a date as 2006-01-02"},
		{"care_to", []string{"care_to", "2024-06-02"}, "want the first day out of care, not before care_from"},
		{"care_to", []string{"course", "leaving"}, "want the first day out of care for this course"},
		{"short_break", []string{"short_break", "no"}, "want yes, or a blank cell for no"},
		{"authority", []string{"authority", "manchester"}, "want the council's own name or number, or another authority as a three-digit LA number, as a GSS code (E, N, S or W and eight digits) or as other"},
		{"authority", []string{"authority", "352 "}, "want no space at the beginning or end"},
		{"education", []string{"education", "gym"}, "want a kind of education, such as day_nursery"},
		{"education_from", []string{"education_from", ""}, "want the first day where there is education, and a blank cell where there is none"},
		{"education_from", []string{"education_from", "2025"}, "want a date as 2006-01-02"},
		{"education_to", []string{"education_to", "2025-08-31"}, "want the first day no longer there, not before education_from"},
		{"establishment", []string{"education", "", "education_from", ""}, "want a blank cell where there is no education"},
		{"post_code", []string{"post_code", ""}, "PRE-4: want the post code of an establishment, and a blank cell where there is none"},
		{"dfe_number", []string{"dfe_number", "888-9999"}, "want a DfE number, as 888/4000"},
		{"gias_type", []string{"gias_type", "primary"}, "want an establishment type of GIAS: a number from 1 to 99"},
		{"gias_type", []string{"gias_type", "0"}, "want an establishment type of GIAS: a number from 1 to 99"},
		{"status", []string{"status", "open"}, "want current or ended, or a status of the register GIAS, such as Open"},
		{"status", []string{"status", ""}, "want current or ended for an establishment, and a blank cell where there is none"},
		{"teacher_actioned", []string{"teacher_actioned", "2026-01-16"}, "want an instant as 2006-01-02T15:04:05Z"},
		{"meeting", []string{"meeting", ""}, "the cell is blank and must not be"},
		{"meeting", []string{"meeting", "11 Feb"}, "want a date as 2006-01-02"},
		{"meeting", []string{"meeting", "2026-02-14"}, "DUE-7: want a working day for which the bank holidays are published"},
		{"meeting", []string{"meeting", "2026-04-03"}, "DUE-7: want a working day for which the bank holidays are published"},
		{"meeting", []string{"meeting", "2039-02-14"}, "DUE-7: want a working day for which the bank holidays are published"},
		{"course", []string{"course", "quick"}, "want a course of the story, such as usual, late or never"},
	} {
		t.Run(c.column+" "+c.want, func(t *testing.T) {
			t.Parallel()
			row := with(c.cells...)
			if row["meeting"] == "2039-02-14" {
				row["born"] = "2030-01-01"
			}
			pupils, err := readChildren([]byte(sheetOf(row)))
			require.Nil(t, pupils)
			require.Equal(t, faults{{2, c.column, c.want}}, err)
		})
	}
}

func TestRowsThatContradictEachOther(t *testing.T) {
	t.Parallel()
	_, err := readChildren([]byte(sheetOf(good,
		with("name", "Ash Testwood"),
		with("su", "SU3", "dfe_number", "888/9998"),
		with("su", "SU4", "gias_type", "2"),
		with("su", "SU5", "status", "ended"),
		with("su", "SU6", "teacher_actioned", "2026-01-16T08:00:00Z"),
		with("su", "SU7", "post_code", "ZZ9 8ZZ", "dfe_number", "888/9998"), // another establishment of the same name
	)))
	require.Equal(t, faults{
		{3, "su", "the SU number is on an earlier line"},
		{4, "dfe_number", "the establishment has another DfE number on an earlier line"},
		{5, "gias_type", "the establishment has another type on an earlier line"},
		{6, "status", "the establishment has another status on an earlier line"},
		{7, "teacher_actioned", "the establishment's teacher has another instant on an earlier line"},
	}, err)
}

func TestFilesThatAreNoTable(t *testing.T) {
	t.Parallel()
	header := strings.ReplaceAll(columnNames(), ", ", ",")
	for _, c := range []struct {
		name, file string
		want       faults
	}{
		{"empty", "", faults{{1, "", wantHeader}}},
		{"a header with a quotation mark", `su,"na"me` + "\nSU1,x\n", faults{{1, "", wantQuotes}}},
		{"too few cells", header + "\nSU1,Wren\n", faults{{2, "", "the row has another number of cells than the header"}}},
		{"a quotation mark inside", header + "\nSU\"1,Wren\n" + strings.SplitN(sheetOf(with("born", "x")), "\n", 2)[1],
			faults{{2, "", wantQuotes}, {3, "born", "want a date as 2006-01-02"}}},
		{"columns missing, twice and not known", strings.Replace(header, "upn,consent", "su,colour", 1) + "\n",
			faults{{1, "su", "the column is there twice"}, {1, "", "there is a column that is not known; want " + columnNames()}, {1, "upn", "the column is missing"}, {1, "consent", "the column is missing"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := readChildren([]byte(c.file))
			require.Equal(t, c.want, err)
		})
	}
}

func TestAFileWithFaultsIsReportedWholeAndNothingImported(t *testing.T) {
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
	require.True(t, errors.Is(err, os.ErrNotExist), "the file was touched")
}

func TestFlags(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		args []string
		code int
		want string // what is printed, on whichever side
	}{
		{"help", []string{"-help"}, done, "Plays one term"},
		{"a day that is none", []string{"-as-of", "2026-02-30"}, unusable, "as-of"},
		{"a day before the bank holidays", []string{"-as-of", "0026-02-13"}, unusable, "DUE-7"},
		{"a day beyond the bank holidays", []string{"-as-of", "9999-12-31"}, unusable, "DUE-7"},
		{"a flag that is none", []string{"-until", "2026-02-03"}, unusable, "unknown flag"},
		{"a file that is not there", []string{"-children", "nobody.csv"}, unusable, "nobody.csv"},
		{"a database in a folder that is not there", []string{"-db", "no/such/folder/term.db"}, failed, "migrate"},
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
		pupils, err := readChildren(file)
		var wrong faults
		if err != nil && (!errors.As(err, &wrong) || len(wrong) == 0 || pupils != nil) {
			t.Fatalf("%d pupils and %v", len(pupils), err)
		}
		for _, p := range pupils {
			if err := p.Check(); err != nil {
				t.Fatal("a row without a fault that the register refuses", err)
			}
		}
	})
}
