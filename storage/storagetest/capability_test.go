package storagetest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
)

// demands is a testing.TB that records whether a demand failed or skipped a case.
type demands struct {
	testing.TB
	fatal, skipped bool
}

func (d *demands) Helper()               {}
func (d *demands) Fatalf(string, ...any) { d.fatal = true }
func (d *demands) Skipf(string, ...any)  { d.skipped = true }

func TestALackMustBeDeclared(t *testing.T) {
	t.Parallel()
	sound, plansAlone := memstore.New(), struct{ storage.Plans }{memstore.New()}
	lack := []Lack{{Of: Messages, Why: "the host has a queue"}}
	for _, c := range []struct {
		name  string
		store storage.Plans
		lacks []Lack
		want  demands
	}{
		{"present", sound, nil, demands{}},
		{"present but declared as lacking", sound, lack, demands{fatal: true}},
		{"lacking and not declared", plansAlone, nil, demands{fatal: true}},
		{"lacking and declared", plansAlone, lack, demands{skipped: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var d demands
			Messages.demand(&d, c.store, c.lacks)
			require.Equal(t, c.want, d)
		})
	}
}

func TestEveryCapabilityIsNamedAndNeeded(t *testing.T) {
	t.Parallel()
	needed := map[Capability]bool{}
	for _, r := range allRows() {
		for _, c := range r.needs {
			needed[c] = true
		}
	}
	for c := Messages; int(c) < len(capabilities); c++ {
		require.NotEmpty(t, c.String())
		require.True(t, needed[c], c.String())
	}
	require.Empty(t, Capability(0).String())
	require.Empty(t, Capability(99).String())
}
