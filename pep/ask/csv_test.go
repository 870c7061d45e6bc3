package ask_test

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
)

func TestASpreadsheetIsACorpus(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, csv, given, expect, overrides string }{
		{"dates and booleans", "id,ask,given.enteredCare,given.emergency,expect.completeBy\nA,pep.initial_deadlines,2026-03-20,FALSE,2026-04-21",
			`{"emergency": false, "enteredCare": "2026-03-20"}`, `{"completeBy": "2026-04-21"}`, ""},
		{"an empty cell is an absent member", "id,ask,given.meeting,given.delegated,expect.due\nA,delegation.due,2026-01-14,,2026-01-28",
			`{"meeting": "2026-01-14"}`, `{"due": "2026-01-28"}`, ""},
		{"an overlay", "id,ask,given.meeting,overrides.returnPeriod.workingDays,expect.due\nA,delegation.due,2026-03-25,10,2026-04-10",
			`{"meeting": "2026-03-25"}`, `{"due": "2026-04-10"}`, `{"returnPeriod": {"workingDays": 10}}`},
		{"a number that is text", "id,ask,given.kind,given.value,expect.normal\nA,pep.identifier,urn,123456,123456",
			`{"kind": "urn", "value": "123456"}`, `{"normal": "123456"}`, ""},
		{"null and JSON", "id,ask,given.born,given.on,given.setting,given.recordedYear,expect.formType\nA,forms.type,2014-05-20,2026-02-03,null,6,primary_mainstream",
			`{"born": "2014-05-20", "on": "2026-02-03", "recordedYear": "6", "setting": null}`, `{"formType": "primary_mainstream"}`, ""},
		{"a date within a text", "id,ask,given.comment,given.formTerm,expect.refused\nA,delegation.assignment,17/06/2022,SPRING 2022,ASSIGN-1",
			`{"comment": "17/06/2022", "formTerm": "SPRING 2022"}`, `{"refused": "ASSIGN-1"}`, ""},
		{"a byte order mark, semicolons, CRLF and empty rows", "\ufeffid;ask;given.date;expect.term\r\n;;;\r\nA;term.of;2026-02-03;SPRING 2026\r\n",
			`{"date": "2026-02-03"}`, `{"term": "SPRING 2026"}`, ""},
		{"a quoted list", "id,ask,given.born,given.on,given.education,expect.required\nA,pep.required_on,2023-05-20,2026-02-03,\"[{\"\"kind\"\": \"\"nursery\"\", \"\"from\"\": \"\"2026-01-05\"\"}]\",true",
			`{"born": "2023-05-20", "on": "2026-02-03", "education": [{"kind": "nursery", "from": "2026-01-05"}]}`, `{"required": true}`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			corpus, err := ask.ReadCSV("mine.csv", "lancashire", strings.NewReader(test.csv))
			require.NoError(t, err)
			require.Equal(t, "lancashire", corpus.Policy)
			require.Len(t, corpus.Cases, 1)
			c := corpus.Cases[0]
			require.JSONEq(t, test.given, string(c.Given))
			require.JSONEq(t, test.expect, string(c.Expect))
			if test.overrides != "" {
				require.JSONEq(t, test.overrides, string(c.Overrides))
			} else {
				require.Nil(t, c.Overrides)
			}
			for result := range ask.Run(ask.By(pep.Lancashire()), corpus) {
				require.True(t, result.Passed(), result)
			}
		})
	}
}

func TestEveryFaultOfASpreadsheetNamesItsLineAndColumn(t *testing.T) {
	t.Parallel()
	const head = "id,ask,rules,given.meeting,given.delegated,expect.due\n"
	const date = "a date such as 2006-01-02: "
	const remedy = "; format the cells as text or as yyyy-mm-dd"
	tests := []struct{ name, csv, want string }{
		{"an empty file", "", "file must be CSV with a first row that names the columns: the file is empty"},
		{"another encoding", "id,ask\nA,caf\xe9", "file must be text in UTF-8: save it as CSV UTF-8"},
		{"malformed CSV", head + "A,\"delegation.due", `line 2, character 18 must be CSV: a cell with quotation marks must begin and end with one`},
		{"unknown columns", "id,ask,given,gven.date\n", "line 1, column C (given) must be id, rules, ask, note, or a path of at most 8 names after given, expect or overrides, such as given.born, expect.required, overrides.returnPeriod.days\n" +
			"line 1, column D (gven.date) must be id, rules, ask, note, or a path of at most 8 names after given, expect or overrides, such as given.born, expect.required, overrides.returnPeriod.days"},
		{"an unknown column, and a faulty row", "id,ask,given \nA,term.of,0", "line 1, column C (given) must be id, rules"},
		{"a column twice and one missing", "id,given.date,given.date\n", "line 1, column C (given.date) must be the only column of this name\nline 1, column ask must be present: the file has no column of this name"},
		{"dates as a spreadsheet writes them", head + "A,delegation.due,,14/01/2026,1/2/26,28.01.2026",
			"line 2, column D (given.meeting) must be " + date + "the cell has 2026-01-14 in another order" + remedy +
				"\nline 2, column E (given.delegated) must be " + date + "a spreadsheet has rewritten the date" + remedy +
				"\nline 2, column F (expect.due) must be " + date + "the cell has 2026-01-28 in another order" + remedy},
		{"a day number and a time", head + "A,delegation.due,,46036,2026-01-02 00:00:00,",
			"column D (given.meeting) must be " + date + "the cell has Excel's number for 2026-01-14" + remedy +
				"\nline 2, column E (given.delegated) must be " + date + "the cell has a time too and means 2026-01-02" + remedy},
		{"a two-digit year in the expected answer", head + "A,delegation.due,,2026-01-14,,26-01-28",
			"line 2, column F (expect.due) must be a date such as 2006-01-02"},
		{"no id, an id twice, and no date", head + ",delegation.due,,2026-01-14,,2026-01-28\nA,delegation.due,,2026-01-14,,2026-01-28\nA,delegation.due,,2026-02-30,,2026-01-28",
			"line 2, column A (id) must be an id\nline 4, column A (id) must be an id that no other case has\nline 4, column D (given.meeting) must be a date such as 2006-01-02"},
		{"a member that is missing", head + "A,delegation.due", "line 2, column D (given.meeting) must be given, as a date such as 2006-01-02"},
		{"a column that is missing", "id,ask,given.born\nA,term.age,2014-05-20", "line 2, column given.on must be given, as a date such as 2006-01-02"},
		{"a member of another question", "id,ask,given.date,given.born,expect.age\nA,term.of,2026-01-14,2014-05-20,3",
			"line 2, column D (given.born) is not a known member\nline 2, column E (expect.age) must be a member of the answers to term.of"},
		{"an unknown question", "id,ask\nA,term.off", "line 2, column B (ask) must be one of the questions in the contract, such as term.of"},
		{"more cells than columns", "id,ask\nA,term.of,x", "line 2, column C must be blank: the column has no name"},
		{"no rows", head, "file must be CSV with a row below its header"},
		{"nothing expected", head + "A,delegation.due,,2026-01-14", "line 2, column expect must be an object with at least one member"},
		{"invalid JSON", "id,ask,given.setting\nA,forms.type,{gias: 7}", "line 2, column C (given.setting) must be JSON, as it begins with {"},
		{"two cells for one member", "id,ask,overrides.returnPeriod,overrides.returnPeriod.days\nA,term.of,x,7", "line 2, column D (overrides.returnPeriod.days) must be blank if another column for all or part of the same value is filled in"},
		{"in the 28th column", "id,ask," + strings.Repeat("note,", 25) + "x\n", "column AB (x)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := ask.ReadCSV("mine.csv", "lancashire", strings.NewReader(test.csv))
			require.ErrorContains(t, err, test.want)
			require.ErrorContains(t, err, "corpus mine.csv: ")
		})
	}
	_, err := ask.ReadCSV("mine.csv", "lancashire", iotest.ErrReader(errors.New("gone")))
	require.ErrorContains(t, err, "gone")
}

func FuzzReadCSV(f *testing.F) {
	f.Add("id,ask,given.date,expect.term\nA,term.of,2026-02-03,SPRING 2026")
	f.Add("\ufeffid;ask;given.setting.gias;overrides.grading\nA;forms.type;7;{}")
	f.Fuzz(func(t *testing.T, doc string) {
		corpus, err := ask.ReadCSV("mine.csv", "lancashire", strings.NewReader(doc))
		if err != nil {
			require.Zero(t, corpus)
			return
		}
		for result := range ask.Run(ask.By(pep.Lancashire()), corpus) {
			require.NoError(t, result.Err)
		}
	})
}
