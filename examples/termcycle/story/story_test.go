package story

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/goldentest"
	"virtualschool.example/pep/private"
	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/term/civil"
)

func TestTheWholeStory(t *testing.T) {
	t.Parallel()
	out, errs, code := ran(t, "-db", file(t, "term.db"))
	require.Empty(t, errs)
	require.Equal(t, done, code)
	goldentest.Require(t, "testdata/story.golden.txt", out)
}

func TestASecondRunChangesNothingAndSaysSo(t *testing.T) {
	t.Parallel()
	db := file(t, "term.db")
	first, _, code := ran(t, "-db", db)
	require.Equal(t, done, code)
	before := dumped(t, db)
	second, errs, code := ran(t, "--db", db)
	require.Empty(t, errs)
	require.Equal(t, done, code)
	require.Equal(t, before, dumped(t, db))
	_, stood := parts(t, first)
	story, stands := parts(t, second)
	require.Equal(t, "\nnothing to do: everything up to Tue 5 May 2026 has already been done\n", story)
	require.Equal(t, stood, stands)
}

func TestARunInTwoHalvesEqualsOneRun(t *testing.T) {
	t.Parallel()
	whole, halves := file(t, "whole.db"), file(t, "halves.db")
	all, _, code := ran(t, "-db", whole)
	require.Equal(t, done, code)
	first, _, code := ran(t, "-db", halves, "-as-of", "2026-02-13")
	require.Equal(t, done, code)
	goldentest.Require(t, "testdata/as_of.golden.txt", first)
	second, _, code := ran(t, "-db", halves)
	require.Equal(t, done, code)
	require.Equal(t, dumped(t, whole), dumped(t, halves))
	story, standing := parts(t, all)
	begun, _ := parts(t, first)
	ended, stands := parts(t, second)
	require.Equal(t, story, begun+ended)
	require.Equal(t, standing, stands)
}

func TestTwoRunsEachDayEqualOneRun(t *testing.T) {
	t.Parallel()
	whole, daily := memstore.New(), memstore.New()
	want, standing := played(t.Context(), t, whole, "")
	var told strings.Builder
	stands := ""
	for on := civil.MustParse("2026-01-01"); on.String() <= "2026-05-05"; on = on.AddDays(1) {
		story, _ := played(t.Context(), t, daily, on.String())
		if !strings.HasPrefix(story, "\nnothing to do") {
			told.WriteString(story)
		}
		before := kept(t, daily)
		story, stands = played(t.Context(), t, daily, on.String())
		require.Equal(t, "\nnothing to do: everything up to "+day(on)+" has already been done\n", story)
		require.Equal(t, before, kept(t, daily))
	}
	require.Equal(t, want, told.String())
	require.Equal(t, standing, stands)
	require.Equal(t, kept(t, whole), kept(t, daily))
}

func TestThereIsNothingToDoBeforeTheDayThatWasReached(t *testing.T) {
	t.Parallel()
	store := memstore.New()
	played(t.Context(), t, store, "2026-02-13")
	before := kept(t, store)
	story, _ := played(t.Context(), t, store, "2026-01-20")
	require.Equal(t, "\nnothing to do: everything up to Fri 13 Feb 2026 has already been done\n", story)
	require.Equal(t, before, kept(t, store))
}

// TestARefusalOnTheLastDayIsPrintedOnce plays a day whose last event is a refusal. A
// refusal leaves nothing in the store, so a later run cannot see that it was printed.
func TestARefusalOnTheLastDayIsPrintedOnce(t *testing.T) {
	t.Parallel()
	pupils := slices.DeleteFunc(children(t), func(p *Pupil) bool { return !p.Course.leaves() })
	require.Len(t, pupils, 1)
	store := memstore.New()
	var first, second strings.Builder
	require.NoError(t, tell(t.Context(), store, pupils, pupils[0].leaves(), &first))
	require.Contains(t, first.String(), "cannot start another plan: SU1042 (ELIG-1")
	require.NoError(t, tell(t.Context(), store, pupils, pupils[0].leaves(), &second))
	story, _ := parts(t, second.String())
	require.Equal(t, "\nnothing to do: everything up to Fri 20 Feb 2026 has already been done\n", story)
}

// failing is a store in which transactions fail at a fixed interval. The failures alternate:
// one comes after its transaction's commit, the next before its transaction has done anything.
type failing struct {
	storage.Plans
	every, n int
}

var errPower = errors.New("the power went")

func (f *failing) Update(ctx context.Context, fn func(storage.Tx) error) error {
	f.n++
	if f.n%f.every != 0 {
		return f.Plans.Update(ctx, fn)
	}
	if f.n/f.every%2 == 0 {
		return errPower
	}
	return errors.Join(f.Plans.Update(ctx, fn), errPower)
}

func TestARunThatIsCutShortAgainAndAgainIsResumed(t *testing.T) {
	t.Parallel()
	whole, broken := memstore.New(), memstore.New()
	_, standing := played(t.Context(), t, whole, "")
	store := &failing{Plans: broken, every: 37}
	cuts := 0
	for ; ; cuts++ {
		require.Less(t, cuts, 100, "the story makes no progress")
		err := tell(t.Context(), store, children(t), civil.Date{}, &strings.Builder{})
		if err == nil {
			break
		}
		require.ErrorIs(t, err, errPower)
	}
	require.Greater(t, cuts, 10)
	story, stands := played(t.Context(), t, broken, "")
	require.Contains(t, story, "nothing to do")
	require.Equal(t, standing, stands)
	require.Equal(t, kept(t, whole), kept(t, broken))
}

// cutting is a store that cancels the run after some transactions.
type cutting struct {
	storage.Plans
	left int
	cut  context.CancelFunc
}

func (c *cutting) Update(ctx context.Context, fn func(storage.Tx) error) error {
	if c.left--; c.left == 0 {
		c.cut()
	}
	return c.Plans.Update(ctx, fn)
}

func TestACancelledRunIsResumed(t *testing.T) {
	t.Parallel()
	whole, broken := memstore.New(), memstore.New()
	played(t.Context(), t, whole, "")
	ctx, cut := context.WithCancel(t.Context())
	var out strings.Builder
	err := tell(ctx, &cutting{Plans: broken, left: 200, cut: cut}, children(t), civil.Date{}, &out)
	require.ErrorIs(t, err, context.Canceled)
	require.NotContains(t, out.String(), "Plans on")
	played(t.Context(), t, broken, "")
	require.Equal(t, kept(t, whole), kept(t, broken))
}

func TestNothingPersonalIsPrinted(t *testing.T) {
	t.Parallel()
	out := told(t, children(t), civil.Date{})
	for _, p := range children(t) {
		for _, secret := range []string{
			p.Name.Reveal(private.Showing), p.Born.Reveal(private.Showing).String(), p.UPN.Reveal(private.Showing), answered,
		} {
			require.NotEmpty(t, p.ref())
			if secret != "" {
				require.NotContains(t, out, secret, p.ref())
			}
		}
	}
}

func TestEveryFormTypeAndCourseIsInTheStory(t *testing.T) {
	t.Parallel()
	out := told(t, children(t), civil.Date{})
	for _, form := range []forms.Type{forms.EarlyYears, forms.PrimaryMainstream, forms.SecondaryMainstream, forms.KeyStage5, forms.PrimarySpecial, forms.SecondarySpecial} {
		require.Contains(t, out, form.String()+", meeting")
	}
	pupils := children(t)
	for i := range courses {
		require.True(t, slices.ContainsFunc(pupils, func(p *Pupil) bool { return p.Course == &courses[i] }), courses[i].name)
	}
}

// TestBoundaryBirthdays compares the beginning of each child's story with expectations
// that were written by hand from the sources.
func TestBoundaryBirthdays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, born, ref, want string }{
		{"18 on the first day of the term, and out of care", "2008-01-01", "SU1001", "ELIG-1"},
		{"18 on the last day of the term before", "2007-12-31", "SU1002", "ELIG-4"},
		{"2 on the first day of the next term", "2024-04-01", "SU1003", "ELIG-11"},
		{"4 on the first day of the next term, in no setting", "2022-04-01", "SU1004", "ELIG-2"},
		{"18 on the last day of the term", "2008-03-31", "SU1008", "key_stage_5"},
		{"18 on 1 March, born on 29 February", "2008-02-29", "SU1010", "key_stage_5"},
		{"2 on the last day of the term", "2024-03-31", "SU1011", "early_years"},
		{"4 on the last day of the term, in no setting", "2022-03-31", "SU1012", "early_years"},
		{"2 on 1 March, born on 29 February", "2024-02-29", "SU1014", "early_years"},
		{"born on 31 August: Y1", "2020-08-31", "SU1015", "primary_mainstream"},
		{"born on 1 September: Reception", "2020-09-01", "SU1016", "early_years"},
		{"born on 31 August: Y7", "2014-08-31", "SU1017", "secondary_mainstream"},
		{"born on 1 September: Y6", "2014-09-01", "SU1018", "primary_mainstream"},
		{"born on 31 August: Y12", "2009-08-31", "SU1019", "key_stage_5"},
		{"born on 1 September: Y11", "2009-09-01", "SU1020", "secondary_mainstream"},
		{"Y7 by birth, recorded as Y6", "2013-11-01", "SU1031", "primary_mainstream"},
		{"Y12 at a special school", "2008-10-30", "SU1038", "secondary_special"},
		{"Reception at a special school", "2020-11-11", "SU1040", "early_years"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			pupils := children(t)
			i := slices.IndexFunc(pupils, func(p *Pupil) bool { return p.ref() == c.ref })
			require.Equal(t, c.born, pupils[i].Born.Reveal(private.Deciding).String())
			started, _, _ := strings.Cut(told(t, pupils[i:i+1], pupils[i].Meeting.AddDays(-13)), ")\n")
			require.Contains(t, started, "start")
			require.Contains(t, started, c.want)
		})
	}
}

func TestNoWorkIsDoneOnADayOff(t *testing.T) {
	t.Parallel()
	p, err := newPlayer(memstore.New(), &strings.Builder{})
	require.NoError(t, err)
	last := map[string]int{}
	for _, m := range p.moments(children(t)) {
		working, err := pep.Lancashire().Delegation(p.on(m)).Workdays.Is(p.on(m))
		require.NoError(t, err)
		require.True(t, working, "%s: %s", p.on(m), m.step.says)
		last[m.pupil.ref()]++
	}
	require.Len(t, last, len(children(t))-1, "only the forgotten child has no story")
}
