package delegation_test

import (
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/delegation"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

func TestAnAssignmentCommentHoldsTheTermAndTheNextMeeting(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, comment, form, last string
		next, nextTerm            string
		gap                       delegation.Gap
	}{
		{"the guide's first example", "SPRING—17/06/2022", "SPRING 2022", "", "2022-06-17", "SUMMER 2022", 0},
		{"the guide's second example", "SUMMER—10/11/2022", "SUMMER 2022", "", "2022-11-10", "AUTUMN 2022", 0},
		{"lower case, hyphen and spaces", "summer - 10/11/2022", "SUMMER 2022", "", "2022-11-10", "AUTUMN 2022", 0},
		{"mixed case, en dash and a short month", "sPrInG – 17/6/2022", "SPRING 2022", "", "2022-06-17", "SUMMER 2022", 0},
		{"hyphen without spaces", "SPRING-17/06/2022", "SPRING 2022", "", "2022-06-17", "SUMMER 2022", 0},
		{"white space at the ends and a no-break space", "\t SPRING\u00a0— 1/4/2022 \n", "SPRING 2022", "", "2022-04-01", "SUMMER 2022", 0},
		{"the day comes first, even if both readings are dates", "SPRING—05/06/2022", "SPRING 2022", "", "2022-06-05", "SUMMER 2022", 0},
		{"a leap day", "AUTUMN—29/02/2024", "AUTUMN 2023", "", "2024-02-29", "SPRING 2024", 0},
		{"across the year end", "AUTUMN—01/01/2023", "AUTUMN 2022", "", "2023-01-01", "SPRING 2023", 0},
		{"ASSIGN-3 the first day of the same term", "SPRING—01/01/2022", "SPRING 2022", "", "2022-01-01", "SPRING 2022", delegation.SameTerm},
		{"ASSIGN-3 in the same term", "SPRING—30/03/2022", "SPRING 2022", "", "2022-03-30", "SPRING 2022", delegation.SameTerm},
		{"ASSIGN-3 the last day of the same term", "SPRING—31/03/2022", "SPRING 2022", "", "2022-03-31", "SPRING 2022", delegation.SameTerm},
		{"ASSIGN-3 the first day of the next term", "SPRING—01/04/2022", "SPRING 2022", "", "2022-04-01", "SUMMER 2022", 0},
		{"ASSIGN-3 the last day of the next term", "SPRING—31/08/2022", "SPRING 2022", "", "2022-08-31", "SUMMER 2022", 0},
		{"ASSIGN-3 the first day beyond the next term", "SPRING—01/09/2022", "SPRING 2022", "", "2022-09-01", "AUTUMN 2022", delegation.SkipsTerm},
		{"ASSIGN-3 skips a term", "SPRING—12/09/2022", "SPRING 2022", "", "2022-09-12", "AUTUMN 2022", delegation.SkipsTerm},
		{"ASSIGN-3 the same season of the next year", "SPRING—17/02/2023", "SPRING 2022", "", "2023-02-17", "SPRING 2023", delegation.SkipsTerm},
		{"ASSIGN-3 a date is accepted in the last term", "SUMMER—10/11/2022", "SUMMER 2022", "SUMMER 2022", "2022-11-10", "AUTUMN 2022", 0},
		{"doubled hyphens", "SPRING--17/06/2022", "SPRING 2022", "", "2022-06-17", "SUMMER 2022", 0},
		{"doubled hyphens and spaces", "SPRING -- 17/06/2022", "SPRING 2022", "", "2022-06-17", "SUMMER 2022", 0},
		{"U+2010", "SPRING\u201017/06/2022", "SPRING 2022", "", "2022-06-17", "SUMMER 2022", 0},
		{"U+2011", "SPRING\u201117/06/2022", "SPRING 2022", "", "2022-06-17", "SUMMER 2022", 0},
		{"U+2012", "SPRING\u201217/06/2022", "SPRING 2022", "", "2022-06-17", "SUMMER 2022", 0},
		{"U+2013", "SPRING\u201317/06/2022", "SPRING 2022", "", "2022-06-17", "SUMMER 2022", 0},
		{"U+2014", "SPRING\u201417/06/2022", "SPRING 2022", "", "2022-06-17", "SUMMER 2022", 0},
		{"U+2015", "SPRING\u201517/06/2022", "SPRING 2022", "", "2022-06-17", "SUMMER 2022", 0},
		{"U+2212", "SPRING\u221217/06/2022", "SPRING 2022", "", "2022-06-17", "SUMMER 2022", 0},
		{"ASSIGN-4 the last term", "SUMMER—N/A", "SUMMER 2022", "SUMMER 2022", "", "", 0},
		{"ASSIGN-4 after the last term", "AUTUMN—N/A", "AUTUMN 2022", "SUMMER 2022", "", "", 0},
		{"ASSIGN-4 lower case and spaces", "summer - n/a", "SUMMER 2022", "SUMMER 2022", "", "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := delegation.Lancashire().ParseAssignment(c.comment, in(c.form), in(c.last))
			require.NoError(t, err)
			require.Equal(t, in(c.form), got.Term)
			require.Equal(t, on(c.next), got.Next)
			require.Equal(t, in(c.nextTerm), got.NextTerm)
			require.Equal(t, c.gap, got.Gap)
			require.Len(t, got.Rules.List(), 3)
		})
	}
}

func TestAssignmentCommentIsRefusedByTheFirstRuleThatFails(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, comment, last string
		id                  rule.ID
		code                rule.Code
	}{
		{"empty", "", "", rule.ASSIGN1, rule.CommentTerm},
		{"blank", "  ", "", rule.ASSIGN1, rule.CommentTerm},
		{"a date alone", "17/06/2022", "", rule.ASSIGN1, rule.CommentTerm},
		{"a term alone", "SPRING", "", rule.ASSIGN1, rule.CommentDash},
		{"a term and a dash", "SPRING—", "", rule.ASSIGN1, rule.CommentDate},
		{"no dash", "SPRING 17/06/2022", "", rule.ASSIGN1, rule.CommentDash},
		{"three dashes", "SPRING---17/06/2022", "", rule.ASSIGN1, rule.CommentDate},
		{"an underscore", "SPRING_17/06/2022", "", rule.ASSIGN1, rule.CommentDash},
		{"a dash and a hyphen", "SPRING—-17/06/2022", "", rule.ASSIGN1, rule.CommentDate},
		{"U+2016, which is not a dash", "SPRING\u201617/06/2022", "", rule.ASSIGN1, rule.CommentDash},
		{"U+200F, which is not a dash", "SPRING\u200f17/06/2022", "", rule.ASSIGN1, rule.CommentDash},
		{"a colon", "SPRING:17/06/2022", "", rule.ASSIGN1, rule.CommentDash},
		{"no such day", "SPRING—31/02/2022", "", rule.ASSIGN1, rule.CommentDate},
		{"no leap day that year", "SPRING—29/02/2022", "", rule.ASSIGN1, rule.CommentDate},
		{"the month first", "SPRING—06/17/2022", "", rule.ASSIGN1, rule.CommentDate},
		{"the year first", "SPRING—2022/06/17", "", rule.ASSIGN1, rule.CommentDate},
		{"day 0", "SPRING—00/06/2022", "", rule.ASSIGN1, rule.CommentDate},
		{"month 0", "SPRING—17/00/2022", "", rule.ASSIGN1, rule.CommentDate},
		{"year 0", "SPRING—17/06/0000", "", rule.ASSIGN1, rule.CommentDate},
		{"a year of two digits", "SPRING—17/06/22", "", rule.ASSIGN1, rule.CommentDate},
		{"a year of five digits", "SPRING—17/06/20222", "", rule.ASSIGN1, rule.CommentDate},
		{"a day of three digits", "SPRING—017/06/2022", "", rule.ASSIGN1, rule.CommentDate},
		{"no slashes", "SPRING—17062022", "", rule.ASSIGN1, rule.CommentDate},
		{"one slash", "SPRING—17/062022", "", rule.ASSIGN1, rule.CommentDate},
		{"three slashes", "SPRING—17/06/2022/", "", rule.ASSIGN1, rule.CommentDate},
		{"full stops", "SPRING—17.06.2022", "", rule.ASSIGN1, rule.CommentDate},
		{"spaces within the date", "SPRING—17 /06/2022", "", rule.ASSIGN1, rule.CommentDate},
		{"a sign", "SPRING—+7/06/2022", "", rule.ASSIGN1, rule.CommentDate},
		{"digits of another script", "SPRING—१७/06/2022", "", rule.ASSIGN1, rule.CommentDate},
		{"two dates", "SPRING—17/06/2022 18/06/2022", "", rule.ASSIGN1, rule.CommentDate},
		{"a word after it", "SPRING—17/06/2022 please", "", rule.ASSIGN1, rule.CommentDate},
		{"a word before it", "the SPRING—17/06/2022", "", rule.ASSIGN1, rule.CommentTerm},
		{"a year after the term", "SPRING 2022—17/06/2022", "", rule.ASSIGN1, rule.CommentDash},
		{"no such term", "WINTER—17/06/2022", "", rule.ASSIGN1, rule.CommentTerm},
		{"a term cut short", "SPR—17/06/2022", "", rule.ASSIGN1, rule.CommentTerm},
		{"a long s", "\u017fPRING—17/06/2022", "", rule.ASSIGN1, rule.CommentTerm},
		{"NA", "SPRING—NA", "SPRING 2022", rule.ASSIGN1, rule.CommentDate},
		{"N/A twice", "SPRING—N/A N/A", "SPRING 2022", rule.ASSIGN1, rule.CommentDate},
		{"bytes that are not UTF-8", "SPRING\xe2\x8017/06/2022", "", rule.ASSIGN1, rule.CommentDash},
		{"another term and a bad date: the grammar comes first", "SUMMER—31/02/2022", "", rule.ASSIGN1, rule.CommentDate},
		{"another term", "SUMMER—10/11/2022", "", rule.ASSIGN2, rule.OtherTerm},
		{"another term and an early date: the term comes first", "AUTUMN—10/11/2021", "", rule.ASSIGN2, rule.OtherTerm},
		{"another term and N/A: the term comes first", "SUMMER—N/A", "", rule.ASSIGN2, rule.OtherTerm},
		{"N/A if the last term is not known", "SPRING—N/A", "", rule.ASSIGN4, rule.NextMeetingNeeded},
		{"N/A in the term before the last", "SPRING—N/A", "SUMMER 2022", rule.ASSIGN4, rule.NextMeetingNeeded},
		{"the day before the form's term", "SPRING—31/12/2021", "", rule.ASSIGN3, rule.NextMeetingTooEarly},
		{"a year too early", "SPRING—17/06/2021", "", rule.ASSIGN3, rule.NextMeetingTooEarly},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := delegation.Lancashire().ParseAssignment(c.comment, in("SPRING 2022"), in(c.last))
			require.Zero(t, got)
			refusal := requireRefused(t, err, c.id, c.code)
			require.Len(t, refusal.Reasons(), 1)
			if c.id == rule.ASSIGN3 {
				require.Equal(t, on("2022-01-01"), refusal.Reasons()[0].On)
			}
		})
	}
}

func TestAssignmentNeedsTheFormsTerm(t *testing.T) {
	t.Parallel()
	_, err := delegation.Lancashire().ParseAssignment("SPRING—17/06/2022", term.Term{}, term.Term{})
	require.Equal(t, "formTerm", rule.InvalidMember(err))
}

func TestARefusalDoesNotRepeatTheComment(t *testing.T) {
	t.Parallel()
	p, form := delegation.Lancashire(), in("SPRING 2022")
	for _, pair := range [][2]string{{"Jo is unwell", "—"}, {"SUMMER—10/11/2022", "AUTUMN—11/11/2023"}, {"SPRING—01/02/2003", "SPRING—03/02/2001"}} {
		_, one := p.ParseAssignment(pair[0], form, term.Term{})
		_, other := p.ParseAssignment(pair[1], form, term.Term{})
		require.EqualError(t, one, other.Error())
	}
}

func TestEveryMeetingDayIsFormattedAndReadBack(t *testing.T) {
	t.Parallel()
	p := delegation.Lancashire()
	for day := midnight(1990, time.January, 1); day.Year() <= 2100; day = day.AddDate(0, 0, 1) {
		n := termNumber(day)
		for back, gap := range []delegation.Gap{delegation.SameTerm, 0, delegation.SkipsTerm} {
			form := in(termText(n - back))
			got, err := p.ParseAssignment(delegation.Lancashire().FormatAssignment(form, dateOf(day)), form, term.Term{})
			if err != nil || got.Term != form || got.Next != dateOf(day) || got.NextTerm.String() != termText(n) || got.Gap != gap {
				t.Fatalf("%v of %v: %v %v", day, form, got, err)
			}
		}
		_, err := p.ParseAssignment(delegation.Lancashire().FormatAssignment(in(termText(n+1)), dateOf(day)), in(termText(n+1)), term.Term{})
		if refusal, ok := err.(*rule.Refusal); !ok || refusal.Rule() != rule.ASSIGN3 {
			t.Fatalf("%v: %v", day, err)
		}
	}
}

func TestACommentIsReadHoweverItIsTyped(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		form := term.New(term.Season(rapid.IntRange(1, 3).Draw(t, "season")), rapid.IntRange(1000, 9990).Draw(t, "year"))
		next := delegation.Lancashire().Terms.First(form).AddDays(rapid.IntRange(0, 600).Draw(t, "days"))
		want := delegation.Lancashire().FormatAssignment(form, next)
		gap := rapid.StringOf(rapid.RuneFrom([]rune(" \t\u00a0\u2003")))
		dash := rapid.SampledFrom([]string{"-", "--", "‐", "‑", "‒", "–", "—", "―", "−"})
		typed := gap.Draw(t, "before") + want[:6] + gap.Draw(t, "left") + dash.Draw(t, "dash") + gap.Draw(t, "right") + want[len("SPRING—"):] + gap.Draw(t, "after")
		got, err := delegation.Lancashire().ParseAssignment(typed, form, term.Term{})
		require.NoError(t, err)
		require.Equal(t, want, delegation.Lancashire().FormatAssignment(got.Term, got.Next))
	})
}

// grammar is the grammar of the comment, written independently as a regular
// expression.
var grammar = regexp.MustCompile(`^` + space + `([A-Za-z]+)` + space + `(?:--|[-\x{2010}-\x{2015}\x{2212}])` + space + `(?:([0-9]{1,2}/[0-9]{1,2}/[0-9]{4})|[Nn]/[Aa])` + space + `$`)

const space = `[\s\v\x{85}\p{Z}]*`

// oracleComment reads a comment with the regular expression and time.Parse. N/A
// is the zero Date.
func oracleComment(s string) (next civil.Date, ok bool) {
	m := grammar.FindStringSubmatch(s)
	if m == nil || !seasons.MatchString(m[1]) {
		return civil.Date{}, false
	}
	if m[2] == "" {
		return civil.Date{}, true
	}
	read, err := time.Parse("2/1/2006", m[2])
	if err != nil || read.Year() < 1 {
		return civil.Date{}, false
	}
	next, err = civil.New(read.Date())
	return next, err == nil
}

var seasons = regexp.MustCompile(`^(?i:spring|summer|autumn)$`)

func FuzzParseAssignment(f *testing.F) {
	for _, s := range []string{"SPRING—17/06/2022", "summer - 10/11/2022", "Autumn – n/a", "SPRING—06/17/2022", "SPRING—31/02/2022", "17/06/2022",
		" SPRING\u00a0-\u20031/1/0001\n", "SUMMER—10/11/2022 SPRING—17/06/2022", "\u017fPRING-1/1/2022", "SPRING\xe2\x80", "AUTUMN-31/12/9999", "Autumn‒n/A", "SPRING--17/06/2022"} {
		f.Add(s)
	}
	p := delegation.Lancashire()
	f.Fuzz(func(t *testing.T, comment string) {
		next, wellFormed := oracleComment(comment)
		readings := 0
		for _, season := range []term.Season{term.Spring, term.Summer, term.Autumn} {
			form := term.New(season, 1) // no date can be before the year 1
			got, err := p.ParseAssignment(comment, form, form)
			if err != nil {
				requireAssignRule(t, err, wellFormed)
				continue
			}
			readings++
			require.True(t, wellFormed)
			require.Equal(t, next, got.Next)
			again, err := p.ParseAssignment(delegation.Lancashire().FormatAssignment(got.Term, got.Next), form, form)
			require.NoError(t, err)
			require.Equal(t, got, again)
		}
		require.LessOrEqual(t, readings, 1, "a comment can be read in only one way")
	})
}

// requireAssignRule requires that err is a refusal: by a rule after ASSIGN-1 if
// the comment is well formed, and otherwise by ASSIGN-1.
func requireAssignRule(t *testing.T, err error, wellFormed bool) {
	t.Helper()
	var refusal *rule.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, wellFormed, refusal.Rule() != rule.ASSIGN1)
	require.Contains(t, []rule.ID{rule.ASSIGN1, rule.ASSIGN2, rule.ASSIGN3}, refusal.Rule())
}

func FuzzFormatAssignment(f *testing.F) {
	f.Add(uint8(1), 2022, 17, 6, 2022)
	f.Add(uint8(3), 9999, 31, 12, 9999)
	f.Fuzz(func(t *testing.T, season uint8, year, day, month, of int) {
		next, err := civil.New(of, time.Month(month), day)
		form := term.New(term.Season(1+season%3), 1+max(year, -year, 0)%9998)
		if err != nil || delegation.Lancashire().Terms.Of(next).Before(form) {
			return
		}
		got, err := delegation.Lancashire().ParseAssignment(delegation.Lancashire().FormatAssignment(form, next), form, term.Term{})
		require.NoError(t, err)
		require.Equal(t, form, got.Term)
		require.Equal(t, next, got.Next)
	})
}

// TestTheCommentIsWrittenAsThePolicySays tests ASSIGN-1 under a policy that has
// other dashes, and that writes "none" instead of "N/A".
func TestTheCommentIsWrittenAsThePolicySays(t *testing.T) {
	t.Parallel()
	p := with(func(p *delegation.Rules) { p.Comment = delegation.Grammar{Dashes: "~=", None: "none"} })
	require.NoError(t, p.Check())
	form, next := in("SPRING 2022"), on("2022-06-17")
	require.Equal(t, "SPRING~17/06/2022", p.FormatAssignment(form, next))
	require.Equal(t, "SPRING~none", p.FormatAssignment(form, civil.Date{}))
	for _, comment := range []string{"SPRING~17/06/2022", "spring = 17/6/2022"} {
		got, err := p.ParseAssignment(comment, form, term.Term{})
		require.NoError(t, err)
		require.Equal(t, next, got.Next)
	}
	got, err := p.ParseAssignment("SPRING = NONE", form, form)
	require.NoError(t, err)
	require.Zero(t, got.Next)
	for _, comment := range []string{"SPRING—17/06/2022", "SPRING~N/A", "SPRING~~17/06/2022"} {
		_, err := p.ParseAssignment(comment, form, form)
		require.ErrorIs(t, err, rule.ASSIGN1)
	}
}

func TestAnAmbiguousGrammarIsInvalid(t *testing.T) {
	t.Parallel()
	for _, g := range []delegation.Grammar{
		{}, {Dashes: "-"}, {None: "N/A"}, {Dashes: "x", None: "N/A"}, {Dashes: "- ", None: "N/A"}, {Dashes: "1", None: "N/A"}, {Dashes: "/", None: "N/A"},
		{Dashes: "\xff", None: "N/A"}, {Dashes: "-", None: " N/A"}, {Dashes: "-", None: "01/01/2022"}, {Dashes: "-", None: "\xff"},
	} {
		require.Equal(t, "assignmentComment", rule.InvalidMember(with(func(p *delegation.Rules) { p.Comment = g }).Check()), "%q", g)
	}
}
