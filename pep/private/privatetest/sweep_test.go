package privatetest

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/private"
	"virtualschool.example/term/civil"
)

// recorder records the failures of a test.
type recorder struct {
	testing.TB
	failures []string
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}

// person holds personal data properly, in every kind of place.
type person struct {
	Name   private.Text
	Born   private.Date
	hidden private.Text
	Many   []private.Text
	ByID   map[string]private.Date
	Next   *person
	Any    any
	Days   [2]private.Date
}

// careless redacts but holds its content by value. It has every redacting method,
// and yet its content shows in unexported fields, in which package fmt cannot
// call them.
type careless struct{ Name string }

func (careless) String() string             { return "[private]" }
func (careless) GoString() string           { return "[private]" }
func (careless) Format(f fmt.State, _ rune) { fmt.Fprint(f, "[private]") }
func (careless) LogValue() slog.Value       { return slog.StringValue("[private]") }

// marshalled prints nothing, but it marshals its content.
type marshalled struct{ private.Text }

func (m marshalled) MarshalText() ([]byte, error) { return []byte(m.Reveal(private.Storing)), nil }

// packed shows the day as the number in which it is held.
type packed struct{ private.Date }

func (p packed) String() string { return fmt.Sprintf("%d", hidden{p.Reveal(private.Showing)}) }

// deep shows what its pointer points to.
type deep struct{ name *string }

func (d deep) Format(f fmt.State, _ rune) { fmt.Fprint(f, *d.name) }

func TestNoWayOfTheSweepIsBlind(t *testing.T) {
	t.Parallel()
	require.Empty(t, blind(sinks()))
}

// TestAnAddressDoesNotCountAsASighting exists because something else may later be at
// the address of the canary.
func TestAnAddressDoesNotCountAsASighting(t *testing.T) {
	t.Parallel()
	for _, flag := range []string{"", "+", "#", " ", "-", "0"} {
		require.Equal(t, plain(), printed("%"+flag+"p"), flag)
	}
}

func TestABlindWayFailsTheSweep(t *testing.T) {
	t.Parallel()
	ways := sinks()
	ways[7].control = struct{}{}
	require.Equal(t, []string{ways[7].name}, blind(ways))
}

func TestSweepPassesWhatHidesAndFailsWhatLeaks(t *testing.T) {
	t.Parallel()
	name := Canary
	tests := []struct {
		name  string
		value any
		want  bool // it leaks
	}{
		{"private values in every place", person{Any: person{}}, false},
		{"a pointer to them", &person{}, false},
		{"private text", private.Text{}, false},
		{"private date", private.Date{}, false},
		{"nothing private", struct{ N int }{7}, false},
		{"bare text", struct{ Name string }{Canary}, true},
		{"bare text in an unexported field", hidden{Canary}, true},
		{"a bare day", struct{ Born civil.Date }{Day()}, true},
		{"a bare day in an unexported field", hidden{Day()}, true},
		{"bytes", struct{ Body []byte }{[]byte("x" + Canary)}, true},
		{"a redacting type held by value", careless{Canary}, true},
		{"a type that marshals what it holds", marshalled{}, true},
		{"a type that prints the packed day", packed{}, true},
		{"a type that prints what its pointer holds", deep{&name}, true},
		{"an error that quotes", fmt.Errorf("no child %q", Canary), true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var r recorder
			Sweep(&r, test.value)
			require.Equal(t, test.want, len(r.failures) > 0, "%v", r.failures)
			require.LessOrEqual(t, len(r.failures), most+1)
		})
	}
}

func TestBitsOfAnAddressAreNotTheDay(t *testing.T) {
	t.Parallel()
	day := fmt.Sprintf("%b", hidden{Day()})
	bits := strings.Trim(day, "{}")
	_, shown := printed("%b").in("{1001" + bits + "01110}")
	require.False(t, shown, "the bits within an address")
	_, shown = printed("%b").in(day)
	require.True(t, shown, "the day itself")
}

func TestNilFailsTheSweep(t *testing.T) {
	t.Parallel()
	r := recorder{TB: t}
	Sweep(&r, nil)
	Package(&r, nil)
	require.Len(t, r.failures, 2)
}

func TestARedactingTypeHeldByValueLeaksThroughAnUnexportedField(t *testing.T) {
	t.Parallel()
	require.Contains(t, leaks(sinks(), careless{Canary}), "fmt %v, as a value in an unexported field")
	require.NotContains(t, leaks(sinks(), careless{Canary}), "fmt %v, as a value")
}

func TestPlantReachesEveryPrivateValueOfACopy(t *testing.T) {
	t.Parallel()
	born := private.NewDate(civil.Date{})
	given := person{Many: []private.Text{{}, {}}, ByID: map[string]private.Date{"a": born}, Any: &person{}}

	p := Plant(given)

	for name, text := range map[string]private.Text{
		"field": p.Name, "unexported field": p.hidden, "slice": p.Many[1], "pointer": p.Next.Name,
		"empty slice": p.Next.Many[0], "interface": p.Any.(*person).Name,
	} {
		require.Equal(t, Canary, text.Reveal(private.Deciding), name)
	}
	for name, date := range map[string]private.Date{
		"field": p.Born, "map": p.ByID["a"], "empty map": p.Next.ByID[""], "array": p.Days[1],
	} {
		require.Equal(t, Day(), date.Reveal(private.Deciding), name)
	}
	require.Zero(t, given.Many[1], "the slice given")
	require.Zero(t, given.ByID["a"], "the map given")
	require.Zero(t, given.Any.(*person).Name, "what the interface given holds")
}

func TestPackageFailsForATypeLeftOut(t *testing.T) {
	t.Parallel()
	r := recorder{TB: t}
	Package(&r)
	require.Empty(t, r.failures, "this package exports no type that holds anything")
	require.Equal(t, []string{"Date", "Text"}, slices.Sorted(slices.Values(exported(t, ".."))))
}
