package report_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/goldentest"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/report"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/sheet"
	"virtualschool.example/term"
)

var spring = term.MustParse("SPRING 2026")

// inventedLine returns the line of a child with the given name.
func inventedLine(name string) report.Line {
	return report.Line{
		Child: record.Child{ID: record.ChildID{UUID: fixture.ID(1)}, Name: private.NewText(name), SUNumber: private.NewText("SU " + name)},
		Term:  spring,
		MissingDecision: pep.MissingDecision{
			Standing: pep.MissingPlan, Reason: pep.OverdueReturn, By: fixture.On("2026-02-09"), Rules: rule.IDs{rule.MISS1, rule.DUE3},
		},
		Stage: pep.Delegated, Worker: record.PersonID{UUID: fixture.ID(2)}, Establishment: record.EstablishmentID{UUID: fixture.ID(3)},
		YearGroup: forms.Y7, FormType: forms.SecondaryMainstream, Area: report.InArea,
	}
}

// inventedSummary returns a summary with a row in each table.
func inventedSummary() report.Summary {
	on, count := fixture.On("2026-03-31"), report.Count{Needed: 9, Satisfied: 5, Excused: 1, Missing: 3}
	return report.Summary{
		Council: "Lancashire", Policy: "lancashire", Revision: 1, On: on, Failed: 2,
		Failures: []report.Failure{{Child: record.ChildID{UUID: fixture.ID(9)}, Err: io.ErrUnexpectedEOF}, {}},
		Terms: []report.TermSummary{{
			Term: spring, First: fixture.On("2026-01-01"), Last: on, Children: 12, Count: count, Plans: 5,
			Reasons: []report.ReasonCount{{Standing: pep.NotNeeded, Reason: "too_young", Words: "the child is too young", Children: 3}, {Standing: pep.MissingPlan, Reason: "draft", Words: "the plan is a draft", Children: 3}},
			Stages:  []report.StageCount{{Stage: pep.None, Children: 4}, {Stage: pep.Draft, Children: 5}},
			Groups: []report.Group{
				{By: report.ByWorker, Count: count}, {By: report.ByWorker, Key: fixture.ID(2).String()}, {By: report.ByEstablishment, Key: fixture.ID(3).String(), Count: count},
				{By: report.ByYearGroup, Key: "Y7", Count: count}, {By: report.ByFormType, Key: "early_years", Count: count}, {By: report.ByArea, Key: "out_of_area", Count: count},
			},
			Figures:  []report.Figure{{Measure: report.PlansInPlace, Numerator: 5, Denominator: 8, On: on}, {Measure: report.ReadyForReview, On: on}},
			Coverage: []report.ItemCoverage{{Item: forms.History, Answered: 7, NotApplicable: 2, Blank: 1}},
		}},
	}
}

// inventedRun returns a run with three paid plans and two unpaid ones.
func inventedRun() payment.Run {
	run := payment.Run{Revision: 1, Pence: 171_050}
	for n, pence := range []int{61_000, 55_000, 55_050} {
		l := payment.Line{Plan: pep.ID{UUID: fixture.ID(byte(10 + n))}, FinancialYear: term.FinancialYear(2025), Cause: payment.Paid}
		l.Establishment, l.Term, l.Pence, l.PaidOn = record.EstablishmentID{UUID: fixture.ID(byte(3 + n%2))}, spring, pence, fixture.On("2026-04-01")
		run.Lines = append(run.Lines, l)
	}
	for n, cause := range []payment.Cause{payment.NotFinalised, payment.PayeeUnpaid} {
		run.Exceptions = append(run.Exceptions, payment.Exception{
			Plan: pep.ID{UUID: fixture.ID(byte(20 + n))}, Term: spring, Verdict: payment.Held + payment.Verdict(n), Cause: cause, Rules: rule.IDs{rule.PAY1 + rule.ID(n)*6},
		})
	}
	return run
}

// known returns an establishment whose name is a formula, for every id.
func known(record.EstablishmentID) record.Establishment {
	return record.Establishment{Name: "=HYPERLINK(\"x\")", DfENumber: "888/4000"}
}

// file returns the text that a function writes.
func file(t testing.TB, write func(io.Writer) error) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, write(&out))
	return out.String()
}

// linesOf returns the table of lines.
func linesOf(t testing.TB, form report.CSV, lines ...report.Line) string {
	return file(t, func(w io.Writer) error {
		table := form.Lines(w)
		for i := range lines {
			require.NoError(t, table.Write(&lines[i]))
		}
		return table.Flush()
	})
}

func TestTheColumnsOfEveryTableAreStable(t *testing.T) {
	t.Parallel()
	goldentest.Require(t, "columns.md", report.Columns())
}

func TestTheTablesAsCSV(t *testing.T) {
	t.Parallel()
	form, s := report.CSV{Establishment: known}, inventedSummary()
	settlement, err := report.SettlementOf(inventedRun(), report.UndecidedPlan{Plan: pep.ID{UUID: fixture.ID(30)}, Why: "the record is damaged"})
	require.NoError(t, err)
	needsNone := report.Line{Child: record.Child{ID: record.ChildID{UUID: fixture.ID(4)}}, Term: spring, MissingDecision: pep.MissingDecision{
		Standing: pep.NotNeeded, Reason: pep.NothingNeeded, Requirement: pep.Requirement{Reason: pep.TooYoung}, Rules: rule.IDs{rule.MISS2},
	}}
	files := map[string]string{"lines": linesOf(t, form, inventedLine("Jane"), needsNone)}
	for name, write := range form.Summary(&s) {
		files[name] = file(t, write)
	}
	for name, write := range form.Payments(&settlement) {
		files[name] = file(t, write)
	}
	require.Len(t, files, 11)
	for name, written := range files {
		require.NotContains(t, written, "Jane")
		require.Contains(t, report.Columns(), "\n## "+name+"\n")
		goldentest.Require(t, "testdata/csv/"+name+".csv", written)
		rows, err := csv.NewReader(strings.NewReader(written)).ReadAll()
		require.NoError(t, err, "a row has more or fewer cells than the header")
		table, err := sheet.Form{Name: func(string) string { return "" }}.Read(strings.NewReader(written))
		require.NoError(t, err)
		require.NoError(t, table.Err())
		for n, row := range rows[1:] {
			for i, column := range rows[0] {
				require.Equal(t, row[i], table.Rows()[n].Cell(column))
			}
		}
	}
}

func TestTheHostChoosesTheFormOfTheFiles(t *testing.T) {
	t.Parallel()
	require.True(t, strings.HasPrefix(linesOf(t, report.CSV{Mark: true}), "\ufeffchild,term,"))
	require.Contains(t, linesOf(t, report.CSV{}, inventedLine("Jane")), ",2026-02-09,")
	require.Contains(t, linesOf(t, report.CSV{British: true}, inventedLine("Jane")), ",09/02/2026,")
	require.Contains(t, linesOf(t, report.CSV{Names: true}, inventedLine("=Jane")), ",SU =Jane,'=Jane\r\n")
	require.NotContains(t, linesOf(t, report.CSV{}, inventedLine("Jane")), "su_number")
}

// broken is a disk with room for a number of bytes. After that, every write fails.
type broken struct{ room int }

func (b *broken) Write(p []byte) (int, error) {
	if b.room -= len(p); b.room < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func TestAFailureToWriteIsReturned(t *testing.T) {
	t.Parallel()
	s := inventedSummary()
	for range 2_000 {
		s.Terms[0].Groups = append(s.Terms[0].Groups, s.Terms[0].Groups[0])
	}
	for _, write := range (report.CSV{}).Summary(&s) {
		require.ErrorIs(t, write(&broken{}), io.ErrShortWrite)
	}
	table, line := report.CSV{}.Lines(&broken{}), inventedLine("Jane")
	require.NoError(t, table.Write(&line), "the line is still in the buffer")
	require.ErrorIs(t, table.Flush(), io.ErrShortWrite)
}

func ExampleCSV_Summary() {
	s := inventedSummary()
	for name, write := range (report.CSV{}).Summary(&s) {
		if name == "reasons" {
			var out strings.Builder
			fmt.Println(write(&out))
			fmt.Print(strings.ReplaceAll(out.String(), "\r", ""))
		}
	}
	// Output:
	// <nil>
	// term,standing,reason,words,children,as_at
	// SPRING 2026,not_required,too_young,the child is too young,3,2026-03-31
	// SPRING 2026,missing,draft,the plan is a draft,3,2026-03-31
}

// FuzzLines requires that, for any name, a table of lines can be read back unchanged and no
// cell looks like a formula to a spreadsheet.
func FuzzLines(f *testing.F) {
	for _, name := range []string{"Ashfield", "=1+1", "a,\"b\r\n=c", "＝1", " @x", "Łukasz", "\xff"} {
		f.Add(name, name)
	}
	f.Fuzz(func(t *testing.T, name, school string) {
		form := report.CSV{Names: true, Establishment: func(record.EstablishmentID) record.Establishment { return record.Establishment{Name: school} }}
		rows, err := csv.NewReader(strings.NewReader(linesOf(t, form, inventedLine(name), inventedLine("Jane")))).ReadAll()
		require.NoError(t, err)
		require.Len(t, rows, 3)
		for n := range rows[0] {
			if column := rows[0][n]; column != "su_number" && column != "child_name" {
				require.Equal(t, rows[1][n], rows[2][n], column)
			}
			cell := strings.TrimSpace(rows[1][n])
			require.False(t, cell != "" && strings.ContainsAny(string([]rune(cell)[:1]), "=+-@＝＋－＠"), cell)
		}
	})
}

func BenchmarkLines(b *testing.B) {
	line := inventedLine("Jane")
	const lines = 100_000
	b.ReportAllocs()
	for b.Loop() {
		table := report.CSV{Establishment: known}.Lines(io.Discard)
		for range lines {
			if err := table.Write(&line); err != nil {
				b.Fatal(err)
			}
		}
		require.NoError(b, table.Flush())
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*lines), "ns/line")
}
