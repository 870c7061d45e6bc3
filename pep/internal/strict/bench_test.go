package strict_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/internal/strict"
)

// BenchmarkRead reads a document that is as long as a usual question.
func BenchmarkRead(b *testing.B) {
	doc := []byte(`{"born": "2014-05-20", "name": "SPRING 2026", "inner": {"count": 3, "agreed": true}, ` +
		`"numbers": [1, 2, 3, 4], "note": "Ma\u0142gorzata – Year 7"}`)
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		in := strict.Read(doc, "plan", 1<<20)
		read(in)
		require.NoError(b, in.Err())
	}
}

// BenchmarkReadUnknown reads documents, each with twice as many unknown members
// as the one before. The time must at most double.
func BenchmarkReadUnknown(b *testing.B) {
	for members := 1000; members <= 16000; members *= 2 {
		doc := []byte(`{"born": "2014-05-20", "name": "A", "note": null` + many(members) + `}`)
		b.Run(fmt.Sprint(members), func(b *testing.B) {
			b.SetBytes(int64(len(doc)))
			b.ReportAllocs()
			for b.Loop() {
				in := strict.Read(doc, "plan", 1<<20)
				read(in)
				require.Error(b, in.Err())
			}
		})
	}
}

// many returns members that nobody asks for. The second half of them repeats
// the first.
func many(members int) string {
	var all strings.Builder
	for n := range members {
		fmt.Fprintf(&all, `, "member%d": [%d, {"a": "b"}]`, n%(members/2), n)
	}
	return all.String()
}
