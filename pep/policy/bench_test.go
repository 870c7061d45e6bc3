package policy_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/policy"
)

// BenchmarkOverlay replaces one member of a policy, as a case of a corpus does.
func BenchmarkOverlay(b *testing.B) {
	base, doc := pep.Lancashire(), []byte(`{"returnPeriod": {"workingDays": 10}}`)
	b.ReportAllocs()
	for b.Loop() {
		_, err := policy.Overlay(base, doc)
		require.NoError(b, err)
	}
}

// BenchmarkParse reads a whole policy, and BenchmarkRender writes one.
func BenchmarkParse(b *testing.B) {
	doc := policy.Render(pep.Lancashire())
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		_, err := policy.Parse(doc)
		require.NoError(b, err)
	}
}

func BenchmarkRender(b *testing.B) {
	p := pep.Lancashire()
	b.ReportAllocs()
	for b.Loop() {
		require.NotEmpty(b, policy.Render(p))
	}
}
