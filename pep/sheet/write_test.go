package sheet_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/sheet"
)

// writtenRow returns a file of one row, in which each text is a cell.
func writtenRow(t testing.TB, texts ...string) string {
	t.Helper()
	var file bytes.Buffer
	w := sheet.NewWriter(&file)
	for _, text := range texts {
		w.Text(text)
	}
	require.NoError(t, w.End())
	require.NoError(t, w.Flush())
	return file.String()
}

func TestATextLikeAFormulaGetsAnApostrophe(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", ""},
		{"a word", "Ashfield School", "Ashfield School"},
		{"a name with an apostrophe", "'t Hof", "'t Hof"},
		{"a hyphen within", "Stoke-on-Trent", "Stoke-on-Trent"},
		{"equals", "=1+1", "'=1+1"},
		{"plus", "+44", "'+44"},
		{"minus", "-5", "'-5"},
		{"at", "@sum", "'@sum"},
		{"equals after blanks", " \t\r\n=1", "'=1"},
		{"equals after a blank of another script", "\u3000=1", "'=1"},
		{"equals after an invisible character", "\u200b\u202e=1", "'\u200b\u202e=1"},
		{"equals after an apostrophe", "'=1", "''=1"},
		{"full width", "＝1", "'＝1"},
		{"small form", "﹫x", "'﹫x"},
		{"equals after a quotation mark", `"=1`, `"'""=1"`},
		{"after a semicolon", "a; =1", `"a;' =1"`},
		{"after a tab", "a\t@x", "\"a\t'@x\""},
		{"after a line end", "a\r-x", "\"a\n'-x\""},
		{"a comma", "a, b", `"a, b"`},
		{"quotation marks", `the "Ash"`, `"the ""Ash"""`},
		{"blanks around it", " a ", "a"},
		{"other blanks around it", "\u00a0a \n", "a"},
		{"not UTF-8", "caf\xe9", "caf\ufffd"},
		{"control characters", "a\x00b\x1b[31mc\u0085d", "a\ufffdb\ufffd[31mc\ufffdd"},
		{"equals after a control character", "\x00=1", "\ufffd=1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, "x,"+c.want+"\r\n", writtenRow(t, "x", c.text))
		})
	}
}

func TestANumberStaysANumber(t *testing.T) {
	t.Parallel()
	var file bytes.Buffer
	w := sheet.NewWriter(&file)
	w.Mark()
	for _, n := range []int{0, -7, 12345} {
		w.Number(n)
	}
	for _, n := range []int{0, 5, 61000, -1234} {
		w.Hundredths(n)
	}
	require.NoError(t, w.End())
	require.Empty(t, file.String(), "a single row is not written at once")
	require.NoError(t, w.Flush())
	require.Equal(t, "\ufeff0,-7,12345,0.00,0.05,610.00,-12.34\r\n", file.String())
}

// full is a disk that has no space left.
type full struct{ calls int }

func (f *full) Write([]byte) (int, error) {
	f.calls++
	return 0, errFull
}

var errFull = errors.New("no room")

func TestNothingIsWrittenAfterTheFirstError(t *testing.T) {
	t.Parallel()
	disk := &full{}
	w := sheet.NewWriter(disk)
	var err error
	for range 10_000 {
		w.Text("Ashfield School")
		err = w.End()
	}
	require.ErrorIs(t, err, errFull)
	require.ErrorIs(t, w.Flush(), errFull)
	require.Equal(t, 1, disk.calls)
}

// calculated reports whether a spreadsheet could take a cell for a formula.
func calculated(cell string) bool {
	cell = strings.TrimSpace(cell)
	return cell != "" && strings.ContainsAny(string([]rune(cell)[:1]), "=+-@＝＋－＠")
}

// marked matches an apostrophe that the Writer added to a text.
var marked = regexp.MustCompile(`(^|[;\t\n])'([\x00-\x08\x0b-\x1f\x7f-\x9f'"\p{Z}\p{Cf}\p{Mn}]*[=+\-@＝＋－＠﹦﹢﹣﹫])`)

// normal returns a text as the Writer writes it, without the added apostrophes.
func normal(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && (r < ' ' || r >= 0x7f && r < 0xa0) {
			return '\ufffd'
		}
		return r
	}, text))
}

func FuzzWriter(f *testing.F) {
	for _, text := range []string{"", "Łukasz", "=1", " \t=cmd|' /C calc'!A0", "a;=1", "'=1", "a\"=1;\"=\"", "-5\n@x", "\ufeff=\u202e", "a,\r\nb\r", "a\x00=1\u0085b"} {
		f.Add(text, text)
	}
	f.Fuzz(func(t *testing.T, one, two string) {
		file := "id,born,note\r\n" + writtenRow(t, "A", one, two) + writtenRow(t, "B", two, one)
		want := [][]string{{"A", normal(one), normal(two)}, {"B", normal(two), normal(one)}}

		rows, err := csv.NewReader(strings.NewReader(file)).ReadAll()
		require.NoError(t, err)
		table, err := form.Read(strings.NewReader(file))
		require.NoError(t, err)
		require.NoError(t, table.Err())
		for n, row := range rows[1:] {
			read := table.Rows()[n]
			require.Equal(t, row, []string{read.Cell("id"), read.Cell("born"), read.Cell("note")})
			for i := range row {
				require.Equal(t, want[n][i], marked.ReplaceAllString(row[i], "$1$2"))
			}
		}
		for _, separator := range ",;\t" { // the separators that a spreadsheet may use
			in := csv.NewReader(strings.NewReader(file))
			in.Comma, in.LazyQuotes, in.FieldsPerRecord = separator, true, -1
			for {
				row, err := in.Read()
				if errors.Is(err, io.EOF) {
					break
				}
				require.NoError(t, err)
				require.False(t, slices.ContainsFunc(row, calculated), "%q", row)
			}
		}
	})
}

// BenchmarkWriter writes rows of five cells.
func BenchmarkWriter(b *testing.B) {
	w := sheet.NewWriter(io.Discard)
	b.ReportAllocs()
	for b.Loop() {
		w.Text("0190f3a2-0000-7000-8000-00000000000a")
		w.Text("SPRING 2026")
		w.Text("no plan for the term is on record")
		w.Text("St Mary's, Ashfield")
		w.Number(12)
		if err := w.End(); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleWriter() {
	var file strings.Builder
	w := sheet.NewWriter(&file)
	w.Text("establishment")
	w.Text("pounds")
	_ = w.End()
	w.Text("=HYPERLINK(\"example.org\")")
	w.Hundredths(61000)
	_ = w.End()
	_ = w.Flush()
	fmt.Print(strings.ReplaceAll(file.String(), "\r", ""))
	// Output:
	// establishment,pounds
	// "'=HYPERLINK(""example.org"")",610.00
}
