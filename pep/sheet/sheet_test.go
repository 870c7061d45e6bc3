package sheet_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/sheet"
)

// form has the columns id, born and note. Only id is required.
var form = sheet.Form{
	Needed: []string{"id"},
	Name: func(name string) string {
		if strings.Contains("id born note", name) {
			return ""
		}
		return "id, born or note"
	},
}

func TestAFileIsReadHoweverPeopleSaveIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, file string }{
		{"commas", "id,born,note\nA,2014-05-20,two words\nB,,\n"},
		{"semicolons", "id;born;note\nA;2014-05-20;two words\nB;;\n"},
		{"semicolons and commas in the cells", "id;born;note\nA;2014-05-20;\"two words\"\nB;;\n"},
		{"tabs", "id\tborn\tnote\nA\t2014-05-20\ttwo words\nB\t\t\n"},
		{"a byte order mark and CRLF", "\ufeffid,born,note\r\nA,2014-05-20,two words\r\nB,,\r\n"},
		{"empty columns at the end", "id,born,note,,,\nA,2014-05-20,two words,,,\nB,,,,\n"},
		{"empty rows", "\n,,\nid,born,note\n,,\nA,2014-05-20,two words\n\nB\n,,\n , ,\n"},
		{"no line end", "id,born,note\nA,2014-05-20,two words\nB,,"},
		{"blanks around the cells", " id ,born,note\nA , 2014-05-20,\u00a0two words\nB,,\n"},
		{"columns in another order", "note,id,born\ntwo words,A,2014-05-20\n,B\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			table, err := form.Read(strings.NewReader(c.file))
			require.NoError(t, err)
			require.NoError(t, table.Err())
			require.Len(t, table.Columns(), 3)
			rows := table.Rows()
			require.Len(t, rows, 2)
			require.Equal(t, "A 2014-05-20 two words", rows[0].Cell("id")+" "+rows[0].Cell("born")+" "+rows[0].Cell("note"))
			require.Equal(t, "B", rows[1].Cell("id")+rows[1].Cell("born")+rows[1].Cell("note")+rows[1].Cell("nothing"))
		})
	}
}

func TestALineBreakWithinQuotesCountsAsALine(t *testing.T) {
	t.Parallel()
	table, err := form.Read(strings.NewReader("id,note\nA,\"first; line\r\nsecond, line\"\nB,x\n"))
	require.NoError(t, err)
	require.Equal(t, "first; line\nsecond, line", table.Rows()[0].Cell("note"))
	require.Equal(t, []int{2, 4}, []int{table.Rows()[0].Line, table.Rows()[1].Line})
}

func TestASeparatorWithinQuotesSeparatesNothing(t *testing.T) {
	t.Parallel()
	many := strings.Repeat(",", 2*sheet.MaxColumns)
	table, err := form.Read(strings.NewReader("id;note\nA;\"" + many + "\"\n"))
	require.NoError(t, err)
	require.Equal(t, many, table.Rows()[0].Cell("note"))
	table, err = sheet.Form{Name: func(string) string { return "" }}.Read(strings.NewReader("id;\"a,b,c,d\"\nA;\"" + many + "\"\n"))
	require.NoError(t, err)
	require.Equal(t, []string{"id", "a,b,c,d"}, table.Columns())
	table, err = form.Read(strings.NewReader("id,note\nA,\"" + many + "\"\n"))
	require.NoError(t, err)
	require.Equal(t, many, table.Rows()[0].Cell("note"))
}

func TestRowsWithTheSameIDAreOneRecord(t *testing.T) {
	t.Parallel()
	table, err := form.Read(strings.NewReader("id,note\nA,1\nB,2\nA,3\n,4\n,5\n"))
	require.NoError(t, err)
	var got []string
	for rows := range table.Records("id") {
		notes := ""
		for _, row := range rows {
			notes += row.Cell("note")
		}
		got = append(got, notes)
	}
	require.Equal(t, []string{"13", "2", "4", "5"}, got)
	for range table.Records("id") {
		break
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, file, want string }{
		{"empty", "", "file must be CSV with a first row that names the columns: the file is empty"},
		{"only empty rows", "\ufeff\n,,\n", "file must be CSV with a first row that names the columns: the file is empty"},
		{"only a header", "id,born\n,,\n", "file must be CSV with a row below its header: the file has only the header"},
		{"a workbook", "PK\x03\x04xl/workbook.xml", "file must be CSV: the file is an Excel workbook; save it as CSV UTF-8"},
		{"an old workbook", "\xd0\xcf\x11\xe0", "file must be CSV: the file is an Excel workbook; save it as CSV UTF-8"},
		{"UTF-16", "\xff\xfei\x00d\x00", "file must be CSV: the file is in UTF-16; save it in UTF-8"},
		{"another encoding", "id\ncaf\xe9\n", "file must be text in UTF-8: save it as CSV UTF-8"},
		{"quotes in the header", "id,\"bo\"rn\nA,x\n", "line 1, character 7 must be " + wantQuotes},
		{"names", "id,,id,colour\nA\n", "line 1, column B must be filled in: the column has no name\n" +
			"line 1, column C (id) must be the only column of this name\nline 1, column D (colour) must be id, born or note"},
		{"a column that is missing", "born\nA\n", "line 1, column id must be present: the file has no column of this name"},
		{"too many columns", "id\n" + strings.Repeat(",", sheet.MaxColumns) + "\n", "line 2 must be at most 1000 columns"},
		{"too many bytes", "id\n" + strings.Repeat("x", sheet.MaxBytes), fmt.Sprintf("file must be CSV of at most %d bytes", sheet.MaxBytes)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			table, err := form.Read(strings.NewReader(c.file))
			require.Nil(t, table)
			require.EqualError(t, err, c.want)
		})
	}
	_, err := form.Read(iotest.ErrReader(errors.New("gone")))
	require.EqualError(t, err, "gone")
}

const wantQuotes = "CSV: a cell with quotation marks must begin and end with one, and each one inside it must be doubled"

func TestFaultsNameLineAndColumn(t *testing.T) {
	t.Parallel()
	table, err := form.Read(strings.NewReader("id,born\nA,1,,x\nB,\"2\n\nC,\"3\n"))
	require.NoError(t, err)
	table.Rows()[0].Fault("born", "a date")
	table.Rows()[0].Fault("age", "there")
	require.EqualError(t, table.Err(), "line 2, column D must be blank: the column has no name\n"+
		"line 5, character 3 must be "+wantQuotes+"\n"+
		"line 2, column B (born) must be a date\nline 2, column age must be there")
}

func TestTheFirstHundredFaultsAreListed(t *testing.T) {
	t.Parallel()
	table, err := form.Read(strings.NewReader("id\n" + strings.Repeat("A\n", sheet.MaxRows+10)))
	require.NoError(t, err)
	require.EqualError(t, table.Err(), "line 100002 must be among the first 100000 rows")
	for _, row := range table.Rows() {
		row.Fault("id", "another")
	}
	all := rule.Invalids(table.Err())
	require.Len(t, all, 100)
	require.Equal(t, "another", all[98].Want)
	require.Equal(t, "another; 99901 more faults are not listed", all[99].Want)
}

func TestADateThatASpreadsheetChangedIsRecognised(t *testing.T) {
	t.Parallel()
	const remedy = "; format the cells as text or as yyyy-mm-dd"
	for cell, want := range map[string]string{
		"46000": ": the cell has Excel's number for 2025-12-09" + remedy, "46000.5": ": the cell has Excel's number for 2025-12-09" + remedy,
		"10000":                ": the cell has Excel's number for 1927-05-18" + remedy,
		"2026-01-14 00:00:00":  ": the cell has a time too and means 2026-01-14; format the cells as text or as yyyy-mm-dd",
		"2026-01-14T09:30:00Z": ": the cell has a time too and means 2026-01-14" + remedy,
		"14/01/2026":           ": the cell has 2026-01-14 in another order" + remedy, "14/01/2026 00:00": ": the cell has 2026-01-14 in another order" + remedy,
		"1.14.2026": ": the cell has 2026-01-14 in another order" + remedy, "02/02/2026": ": the cell has 2026-02-02 in another order" + remedy,
		"03/02/2026": ": a spreadsheet has rewritten the date" + remedy, "14/01/26": ": a spreadsheet has rewritten the date" + remedy,
		"2026/01/14": ": a spreadsheet has rewritten the date" + remedy, "99/99/2026": ": a spreadsheet has rewritten the date" + remedy,
		"2026-01-14": "", "": "", "yesterday": "", "2026-02-30 00:00": "", "09999": "", "4600": "", "460000": "", "46000.x": "", "-6000": "", "1.2.3": "", "//": "",
	} {
		require.Equal(t, want, sheet.MistakenDate(cell), cell)
	}
}

// BenchmarkRead reads files, each with twice as many cells as the one before.
func BenchmarkRead(b *testing.B) {
	for rows := 10_000; rows <= 40_000; rows *= 2 {
		file := "id,born,note\n" + strings.Repeat("A,2014-05-20,\"two, words\"\n", rows)
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			b.SetBytes(int64(len(file)))
			b.ReportAllocs()
			for b.Loop() {
				_, err := form.Read(strings.NewReader(file))
				require.NoError(b, err)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add("id,born,note\nA,2014-05-20,x\n")
	f.Add("\ufeffid;note;;\r\nA;\"x\r\ny\";;\r\n;;;\r\n")
	f.Add("id\tborn\n46000\t\"\n")
	f.Fuzz(func(t *testing.T, file string) {
		table, err := form.Read(strings.NewReader(file))
		if err != nil {
			require.Nil(t, table)
			require.NotEmpty(t, rule.Invalids(err))
			return
		}
		require.NotEmpty(t, table.Rows())
		n, line := 0, 0
		for rows := range table.Records("id") {
			n += len(rows)
		}
		require.Len(t, table.Rows(), n)
		for _, row := range table.Rows() {
			require.Greater(t, row.Line, line)
			line = row.Line
			for _, name := range table.Columns() {
				require.Equal(t, strings.TrimSpace(row.Cell(name)), row.Cell(name))
				_ = sheet.MistakenDate(row.Cell(name))
			}
		}
	})
}
