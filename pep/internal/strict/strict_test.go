package strict_test

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// faults returns the members that an error names, in order.
func faults(err error) []string {
	var all []string
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range many.Unwrap() {
			all = append(all, rule.InvalidMember(e))
		}
	}
	return all
}

// plan is what the tests read. It has values of every kind, both required and
// optional.
type plan struct {
	born    civil.Date
	name    string
	count   int
	agreed  bool
	numbers []int
	note    string
}

func read(in *strict.Members) (p plan) {
	p.born = in.Need("born").Date()
	p.name = in.Need("name").Name("a name")
	inner := in.May("inner").Object()
	p.count, p.agreed = inner.Need("count").IntFrom(1, 9, "a number from 1 to 9"), inner.May("agreed").Bool()
	for n := range in.May("numbers").List(100, "a list of numbers") {
		p.numbers = append(p.numbers, n.Int("a number"))
	}
	p.note = in.Said("note").Text("text or null")
	return p
}

func TestAWellFormedDocumentIsRead(t *testing.T) {
	t.Parallel()
	in := strict.Read([]byte(`{"born": "2014-05-20", "name": "A", "inner": {"count": 3, "agreed": true}, "numbers": [1, -2], "note": "n"}`), "plan", 1<<20)
	got := read(in)
	require.NoError(t, in.Err())
	require.Equal(t, plan{civil.MustParse("2014-05-20"), "A", 3, true, []int{1, -2}, "n"}, got)
}

func TestEveryFaultNamesItsMember(t *testing.T) {
	t.Parallel()
	const good = `"born": "2014-05-20", "name": "A", "note": null`
	tests := []struct {
		name, doc string
		want      []string
	}{
		{"not JSON", `{`, []string{"plan"}},
		{"two documents", `{} {}`, []string{"plan"}},
		{"a list", `[]`, []string{"plan"}},
		{"nothing", ``, []string{"plan"}},
		{"all missing", `{}`, []string{"born", "name", "note"}},
		{"null where needed", `{"born": null, "name": null, "note": null}`, []string{"born", "name"}},
		{"unknown", `{` + good + `, "x": 1}`, []string{"x"}},
		{"unknown, with an empty name", `{` + good + `, "": 1}`, []string{`""`}},
		{"unknown in an inner object", `{` + good + `, "inner": {"count": 1, "x": 1}}`, []string{"x"}},
		{"twice", `{` + good + `, "name": "B"}`, []string{"name"}},
		{"twice in an inner object", `{` + good + `, "inner": {"count": 1, "count": 1}}`, []string{"count"}},
		{"another type", `{"born": 1, "name": [], "note": {}}`, []string{"born", "name", "note"}},
		{"a day that does not exist", `{"born": "2014-02-30", "name": "A", "note": null}`, []string{"born"}},
		{"an empty name", `{"born": "2014-05-20", "name": "", "note": null}`, []string{"name"}},
		{"half of a surrogate pair", `{"born": "2014-05-20", "name": "\udc00\ud83d", "note": null}`, []string{"name"}},
		{"a surrogate pair", `{"born": "2014-05-20", "name": "\ud83d\ude00", "note": null}`, nil},
		{"not UTF-8", "{\"born\": \"2014-05-20\", \"name\": \"\xff\", \"note\": null}", []string{"name"}},
		{"not an object", `{` + good + `, "inner": 1}`, []string{"inner"}},
		{"missing from an inner object", `{` + good + `, "inner": {}}`, []string{"count"}},
		{"a fraction", `{` + good + `, "inner": {"count": 1.5}}`, []string{"count"}},
		{"out of range", `{` + good + `, "inner": {"count": 10}}`, []string{"count"}},
		{"too large for an int", `{` + good + `, "inner": {"count": 99999999999999999999}}`, []string{"count"}},
		{"not a truth value", `{` + good + `, "inner": {"count": 1, "agreed": "true"}}`, []string{"agreed"}},
		{"not a list", `{` + good + `, "numbers": {}}`, []string{"numbers"}},
		{"in a list", `{` + good + `, "numbers": [1, null, "x"]}`, []string{"numbers", "numbers"}},
		{"all at once", `{"x": 1, "name": "A", "name": "B", "born": 1}`, []string{"name", "x", "born", "note"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			in := strict.Read([]byte(test.doc), "plan", 1<<20)
			read(in)
			require.Equal(t, test.want, faults(in.Err()))
		})
	}
}

func TestPathsNameMembersOfInnerObjects(t *testing.T) {
	t.Parallel()
	in := strict.ReadPaths([]byte(`{"born": "2014-05-20", "name": "A", "note": "n", "inner": {"x": 1}, "numbers": [1, "x"]}`), "plan", 1<<20)
	read(in)
	require.Equal(t, []string{"inner.x", "inner.count", "numbers.1"}, faults(in.Err()))
}

func TestRawReturnsTheValueUnchanged(t *testing.T) {
	t.Parallel()
	in := strict.Read([]byte(`{"given" : { "a": [1 , 2] , "a": "é" }  , "n":-1e3,"s":"x","t":true,"none":null}`), "plan", 1<<20)
	for name, want := range map[string]string{
		"given": `{ "a": [1 , 2] , "a": "é" }`, "n": "-1e3", "s": `"x"`, "t": "true", "none": "", "absent": "",
	} {
		require.Equal(t, want, string(in.May(name).Raw("")), name)
	}
	require.NoError(t, in.Err(), "the content of a raw value is not checked")
	in.Need("needed").Raw("it")
	require.Equal(t, []string{"needed"}, faults(in.Err()))
}

func TestAnObjectWithManyMembersIsReadLikeASmallOne(t *testing.T) {
	t.Parallel()
	doc := `{"born": "2014-05-20", "note": null, "twice": 0`
	unknown := []string{"twice"}
	for n := range 90 {
		unknown = append(unknown, fmt.Sprint("unknown", n))
		doc += `, "` + unknown[n+1] + `": 0`
	}
	in := strict.Read([]byte(doc+`, "twice": 1, "name": "A", "tw\u0069ce": 2}`), "plan", 1<<20)
	require.Equal(t, plan{born: civil.MustParse("2014-05-20"), name: "A"}, read(in))
	require.Equal(t, append([]string{"twice", "twice"}, unknown...), faults(in.Err()))
	require.Equal(t, 2, in.Need("twice").Int("a number"), "the last value counts")
}

func TestNestingHasALimit(t *testing.T) {
	t.Parallel()
	nested := func(lists int) string { return strings.Repeat("[", lists) + strings.Repeat("]", lists) }
	in := strict.Read([]byte(`{"x": `+nested(99)+`}`), "plan", 1<<20)
	require.Equal(t, nested(99), string(in.Need("x").Raw("any")))
	require.NoError(t, in.Err())
	for _, lists := range []int{100, 10000, 100000} {
		require.Equal(t, []string{"plan"}, faults(strict.Read([]byte(`{"x": `+nested(lists)+`}`), "plan", 1<<20).Err()), lists)
	}
}

func TestMembersOfAMissingObjectCauseNoFaults(t *testing.T) {
	t.Parallel()
	in := strict.Read([]byte(`{}`), "plan", 1<<20)
	inner := in.Need("child").Object()
	inner.Need("born").Date()
	inner.Said("note").Text("")
	for range inner.Need("steps").List(100, "") {
		t.Fatal("a missing list has an element")
	}
	require.Equal(t, []string{"child"}, faults(in.Err()))
}

func TestParsedSaysWhatTheValueMustBe(t *testing.T) {
	t.Parallel()
	in := strict.Read([]byte(`{"a": "x", "b": "x", "c": 1}`), "plan", 1<<20)
	that := func(string) (int, error) { return 7, &rule.Invalid{Member: "other", Want: "that"} }
	strict.Parsed(in.Need("a"), "this", func(string) (int, error) { return 7, errors.New("x") })
	strict.Parsed(in.Need("b"), "this", that)
	strict.Parsed(in.Need("c"), "", that)
	strict.Parsed(in.Need("d"), "", that)
	require.EqualError(t, in.Err(), "a must be this\nb must be that\nc must be that, in quotes\nd must be given, as that")
	require.Zero(t, strict.Parsed(in.May("c"), "", func(string) (int, error) { return 7, nil }), "no string")
}

func TestAnInstantHasTheFormOfRFC3339(t *testing.T) {
	t.Parallel()
	for _, good := range []string{
		"2026-03-31T03:30:00Z", "2026-03-31T23:59:59.123456789Z", "2026-03-31T00:00:00+23:59", "2026-03-31T00:00:00.5-00:00",
	} {
		_, err := strict.ParseInstant(good)
		require.NoError(t, err, good)
	}
	for _, bad := range []string{
		"", "Z", "2026-03-31", "2026-03-31T3:30:00Z", "2026-03-31T3:30:00.5Z", "2026-03-31T03:30:00,5Z", "2026-03-31T03:30:00",
		"2026-03-31T03:30Z", "2026-03-31T24:00:00Z", "2026-03-31T03:60:00Z", "2026-02-30T03:30:00Z", "2026-03-31 03:30:00Z",
		"2026-03-31T03:30:00+24:00", "2026-03-31T03:30:00-24:00", "2026-03-31T03:30:00+01:60", "2026-03-31T03:30:00+0100",
	} {
		got, err := strict.ParseInstant(bad)
		require.Error(t, err, bad)
		require.Zero(t, got, bad)
	}
}

// The error says where the text stops being JSON, and why.
func TestTextThatIsNotJSONIsExplained(t *testing.T) {
	t.Parallel()
	at := func(line, column int, why string) string {
		return fmt.Sprintf("at line %d, column %d, %s", line, column, why)
	}
	const (
		comma   = "there is a comma before the closing bracket"
		comment = "there is a comment, and JSON does not allow comments"
		smart   = `there is a typographic quote, and strings must be in straight double quotes (")`
		missing = "a comma, a colon or a bracket is missing, or a number begins with a needless zero"
		bracket = "there is a closing bracket that does not belong here"
		small   = "true, false or null is not in lower case"
		bare    = "a string or the name of a member is not in double quotes"
		end     = "the document is incomplete"
		utf16   = "the file is in UTF-16; save it in UTF-8"
	)
	for doc, want := range map[string]string{
		"": "the document is empty", " \n": "the document is empty", "\ufeff": "the document is empty",
		"{\n  \"é\": 1,\n}": at(2, 9, comma), `{"a": [1 , ]}`: at(1, 10, comma), `{"a": 1,, "b": 2}`: at(1, 9, "there is a comma in place of a value"),
		"\ufeff// x\n{}": at(1, 1, comment), `{"a": 1 /* x */}`: at(1, 9, comment), "{# x\n}": at(1, 2, comment),
		`{"a": NaN}`: at(1, 7, "there is NaN or Infinity, which JSON does not have"), `{"a": -Infinity}`: at(1, 8, "there is NaN or Infinity, which JSON does not have"),
		`{'a': 1}`: at(1, 2, "there is a single quote, and strings must be in double quotes"), `{“a”: 1}`: at(1, 2, smart), `{"a": ’x’}`: at(1, 7, smart),
		`{"a": True}`: at(1, 7, small), `{"a": None}`: at(1, 7, small), `{a: 1}`: at(1, 2, bare), `{"a": yes}`: at(1, 7, bare),
		`{"a" 1}`: at(1, 6, missing), `{"a": 01}`: at(1, 8, missing), `{"a": 1 "b": 2}`: at(1, 9, "a comma or a colon is missing before a string"),
		`{"a": +1}`:         at(1, 7, "a number does not begin with a digit or a minus sign"),
		"{\"a\": \"x\ny\"}": at(1, 9, "a string has a line break or another control character, which must be written as an escape such as \\n"),
		`{"a": "\x"}`:       at(1, 8, `a backslash does not begin an escape; write \\ for a backslash`),
		`{"a": }`:           at(1, 7, bracket), `{]`: at(1, 2, bracket), `{}}`: at(1, 3, bracket), `{"a": ~}`: at(1, 7, "a character has no meaning in JSON"),
		`{"a": 1`: at(1, 8, end), `{"a": "x`: at(1, 9, end), "{}\n{}": at(2, 1, "there is a second document after the first"),
		"\xff\xfe{\x00": utf16, "\xfe\xff\x00{": utf16, "{\x00}\x00": utf16, "PK\x03\x04": "the file is an Excel workbook; save it as CSV UTF-8",
		`{"a": ` + strings.Repeat("[", 200): at(1, 106, "lists and objects are nested more than 100 deep"),
	} {
		err := strict.Read([]byte(doc), "plan", 1<<20).Err()
		require.EqualError(t, err, "plan must be a JSON object: "+want, "%q", doc)
	}
	require.EqualError(t, strict.Read([]byte(`[1]`), "plan", 1<<20).Err(), "plan must be a JSON object")
	require.EqualError(t, strict.Read([]byte(`{} `), "plan", 2).Err(), "plan must be a JSON object of at most 2 bytes")
	in := strict.Read([]byte("\ufeff{\"a\": 1}"), "plan", 1<<20)
	require.Equal(t, 1, in.Need("a").Int("a number"))
	require.NoError(t, in.Err())
}

func TestAFaultSaysIfOnlyTheQuotesAreWrong(t *testing.T) {
	t.Parallel()
	in := strict.Read([]byte(`{"a": "18", "b": "true", "c": 888, "d": true, "e": "x", "f": "x", "g": [], "h": "1"}`), "plan", 1<<20)
	in.Need("a").IntFrom(0, 25, "an age up to 25")
	in.Need("b").Bool()
	in.Need("c").Text("the number of a council")
	in.Need("d").Name("a name")
	in.Need("e").Int("a number")
	in.Need("f").Bool()
	in.Need("g").Text("text")
	in.Need("h").Bool()
	require.EqualError(t, in.Err(), "a must be an age up to 25, as a number without quotes\nb must be true or false, without quotes\n"+
		"c must be the number of a council, in quotes\nd must be a name, in quotes\ne must be a number\n"+
		"f must be true or false\ng must be text\nh must be true or false")
}

func TestAnUnknownMemberSuggestsTheClosestMissingName(t *testing.T) {
	t.Parallel()
	in := strict.Read([]byte(`{"born": "2014-05-20", "Name": "A", "inner": {"cuont": 3, "colour": 1}, "nunbers": []}`), "plan", 1<<20)
	read(in)
	var unknown []string
	for _, f := range rule.Invalids(in.Err()) {
		if strings.HasPrefix(f.Want, rule.WantKnown) {
			unknown = append(unknown, f.Member+strings.TrimPrefix(f.Want, rule.WantKnown))
		}
	}
	in = strict.Read([]byte(`{"born": "2014-05-20", "name": "A", "ntoe": null}`), "plan", 1<<20)
	read(in)
	require.ErrorContains(t, in.Err(), "; did you mean \"note\"?", "one alone too")
	require.Equal(t, []string{`Name; did you mean "name"?`, `nunbers; did you mean "numbers"?`, `cuont; did you mean "count"?`, "colour"}, unknown)
}

// The reader accepts a whole number in the same forms as JSON Schema's type integer.
func TestAWholeNumberMayBeWrittenInAnyForm(t *testing.T) {
	t.Parallel()
	for _, sign := range []string{"", "-"} {
		for _, digits := range []string{"0", "1", "20", "305", "9007199254740993", "9223372036854775807", "99999999999999999999"} {
			for _, fraction := range []string{"", ".0", ".000", ".5", ".50", ".25", ".125", ".0000000000000000000001"} {
				for _, power := range []string{"", "e0", "E1", "e+2", "e-1", "e-2", "e-3", "e20", "e-40", "e99999999999999999999"} {
					raw := sign + digits + fraction + power
					exact, known := new(big.Rat).SetString(raw)
					in := strict.Read([]byte(`{"n": `+raw+`}`), "document", 1<<20)
					n := in.Need("n").Int("a whole number")
					if known && exact.IsInt() && exact.Num().IsInt64() {
						require.NoError(t, in.Err(), raw)
						require.EqualValues(t, exact.Num().Int64(), n, raw)
					} else if digits != "0" || known {
						require.Error(t, in.Err(), raw)
					}
				}
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"born": "2014-05-20", "name": "A", "inner": {"count": 3}, "numbers": [1], "note": null}`))
	f.Add([]byte(`{"born": {"born": [[{}]]}, "born": 1}`))
	f.Add([]byte("{\"\xff\": \"\xff\"}"))
	f.Fuzz(func(t *testing.T, doc []byte) {
		for _, open := range []func([]byte, string, int) *strict.Members{strict.Read, strict.ReadPaths} {
			in := open(doc, "plan", 1<<20)
			p := read(in)
			if in.Err() == nil {
				require.False(t, p.born.IsZero())
				require.NotEmpty(t, p.name)
				continue
			}
			require.NotEmpty(t, faults(in.Err()))
			require.NotContains(t, in.Err().Error(), "\xff")
		}
	})
}
