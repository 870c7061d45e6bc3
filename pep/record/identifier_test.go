package record_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/record"
)

type identifierCase struct {
	name, value, want string // want is the normal form, or "" if the value must be refused
}

var upns = []identifierCase{
	{"published", "B801200005001", "B801200005001"},
	{"published, with a wrong check letter", "A801200005001", ""},
	{"Lancashire", "N888400025001", "N888400025001"},
	{"another UPN from Lancashire", "P888200024017", "P888200024017"},
	{"temporary", "Z88840002500A", "Z88840002500A"},
	{"lower case", "b801200005001", "B801200005001"},
	{"spaces", " B801 2000 05001\t", "B801200005001"},
	{"temporary in lower case", "z88840002500a", "Z88840002500A"},
	{"two digits swapped", "B810200005001", ""},
	{"temporary, with a wrong last letter", "Z88840002500B", ""},
	{"temporary, with a letter that is never used", "Z88840002500I", ""},
	{"a letter in the middle", "B8012000A5001", ""},
	{"a digit instead of the check letter", "8801200005001", ""},
	{"too short", "B80120000500", ""},
	{"too long", "B8012000050011", ""},
	{"digits of another script", "B80120000500\u0661", ""},
	{"hyphens", "B801-2000-05001", ""},
	{"invalid UTF-8", "B80120000500\xff", ""},
	{"only spaces", "   ", ""},
	{"empty", "", ""},
}

var dfeNumbers = []identifierCase{
	{"with a slash", "888/4000", "888/4000"},
	{"without a slash", "8884000", "888/4000"},
	{"another authority", "301/2000", "301/2000"},
	{"the slash in another place", "8884/000", ""},
	{"two slashes", "888//4000", ""},
	{"six digits", "888400", ""},
	{"eight digits", "88840000", ""},
	{"a letter", "888/400A", ""},
	{"another separator", "888-4000", ""},
	{"a slash first", "/8884000", ""},
	{"a slash last", "8884000/", ""},
	{"empty", "", ""},
	{"digits of another script", "888/\u0661\u0661", ""},
}

var urns = []identifierCase{
	{"six digits", "119999", "119999"},
	{"five", "11999", ""},
	{"seven", "1199999", ""},
	{"a letter", "EY9999", ""},
	{"empty", "", ""},
	{"digits of another script", "\u0661\u0661\u0661", ""},
}

func TestIdentifiersAreChecked(t *testing.T) {
	t.Parallel()
	for kind, group := range map[string]struct {
		parse func(string) (string, bool)
		cases []identifierCase
	}{
		"UPN":        {record.ParseUPN, upns},
		"DfE number": {record.ParseDfENumber, dfeNumbers},
		"URN":        {record.ParseURN, urns},
	} {
		for _, test := range group.cases {
			t.Run(kind+" "+test.name, func(t *testing.T) {
				t.Parallel()
				normal, ok := group.parse(test.value)
				require.Equal(t, test.want, normal)
				require.Equal(t, test.want != "", ok)
			})
		}
	}
}

// The weights are 2 to 13 and the modulus is the prime 23. The check letter
// therefore always reveals one wrong digit, or two neighbouring digits that
// are swapped.
func TestTheCheckLetterFindsEveryTypingMistake(t *testing.T) {
	t.Parallel()
	const upn = "N888412395067"
	valid := withCheck(t, upn[1:])
	for i := 1; i < len(valid); i++ {
		for d := byte('0'); d <= '9'; d++ {
			slip := valid[:i] + string(d) + valid[i+1:]
			_, ok := record.ParseUPN(slip)
			require.Equal(t, slip == valid, ok, slip)
		}
		if i > 1 && valid[i] != valid[i-1] {
			swapped := valid[:i-1] + string(valid[i]) + string(valid[i-1]) + valid[i+1:]
			_, ok := record.ParseUPN(swapped)
			require.False(t, ok, swapped)
		}
	}
}

func TestEveryUPNHasExactlyOneCheckLetter(t *testing.T) {
	t.Parallel()
	used := map[byte]bool{}
	for serial := range 1000 {
		used[withCheck(t, "88840002"+pad(serial)+"7")[0]] = true
	}
	require.Len(t, used, 23)
}

// withCheck returns the only UPN that consists of a letter followed by the given characters.
func withCheck(t *testing.T, number string) string {
	t.Helper()
	var found []string
	for letter := 'A'; letter <= 'Z'; letter++ {
		if upn, ok := record.ParseUPN(string(letter) + number); ok {
			found = append(found, upn)
		}
	}
	require.Len(t, found, 1, number)
	return found[0]
}

func pad(n int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", 3-len(s)) + s
}

func FuzzParseUPN(f *testing.F)       { fuzz(f, record.ParseUPN, upns, 13) }
func FuzzParseDfENumber(f *testing.F) { fuzz(f, record.ParseDfENumber, dfeNumbers, 8) }
func FuzzParseURN(f *testing.F)       { fuzz(f, record.ParseURN, urns, 6) }

// fuzz fails if parse panics, changes a form that is already normal, or
// returns a normal form of another length.
func fuzz(f *testing.F, parse func(string) (string, bool), seeds []identifierCase, length int) {
	for _, seed := range seeds {
		f.Add(seed.value)
	}
	f.Fuzz(func(t *testing.T, s string) {
		normal, ok := parse(s)
		if !ok {
			require.Empty(t, normal)
			return
		}
		again, ok := parse(normal)
		require.True(t, ok)
		require.Equal(t, normal, again)
		require.Len(t, normal, length)
	})
}

func BenchmarkParseUPN(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		record.ParseUPN("B801200005001")
	}
}
