package body

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// draw fills every field of v with a random value, often zero. The result need not be a
// valid plan.
func draw(t *rapid.T, v reflect.Value) {
	switch p := v.Addr().Interface().(type) {
	case *civil.Date:
		*p = civil.MustParse("1990-01-01").AddDays(rapid.IntRange(0, 40000).Draw(t, "day"))
		if rapid.Bool().Draw(t, "zero") {
			*p = civil.Date{}
		}
		return
	case *term.Term:
		*p = term.New(term.Season(rapid.IntRange(0, 3).Draw(t, "season")), rapid.IntRange(1, 9999).Draw(t, "year"))
		return
	case *time.Time:
		*p = time.UnixMicro(rapid.Int64Range(0, 4e15).Draw(t, "at")).UTC()
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			draw(t, v.Field(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			draw(t, v.Index(i))
		}
	case reflect.Uint8:
		limit := 255
		if _, ok := v.Interface().(interface{ String() string }); ok {
			limit = 0
			for limit < 255 {
				v.SetUint(uint64(limit + 1))
				if s := v.Interface().(interface{ String() string }); s.String() == "" {
					break
				}
				limit++
			}
		}
		v.SetUint(uint64(rapid.IntRange(0, limit).Draw(t, "name")))
	case reflect.Uint64:
		v.SetUint(rapid.Uint64().Draw(t, "bits"))
	case reflect.Int, reflect.Int64:
		v.SetInt(rapid.Int64Range(-3, 1<<40).Draw(t, "number") * int64(rapid.IntRange(0, 1).Draw(t, "any")))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "flag"))
	}
}

func TestWritingAgreesWithEncodingJSON(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var s pep.Snapshot
		var e pep.Event
		draw(t, reflect.ValueOf(&s).Elem())
		draw(t, reflect.ValueOf(&e).Elem())
		snapshot, err := json.Marshal(&s)
		require.NoError(t, err)
		require.Equal(t, string(snapshot), OfSnapshot(&s))
		event, err := json.Marshal(&e)
		require.NoError(t, err)
		require.Equal(t, string(event), OfEvent(&e))
	})
}

func TestReadingGivesWhatWasWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var s, gotSnapshot pep.Snapshot
		var e, gotEvent pep.Event
		draw(t, reflect.ValueOf(&s).Elem())
		draw(t, reflect.ValueOf(&e).Elem())
		s.Kind, s.Type, s.Stage = max(s.Kind, 1), max(s.Type, 1), max(s.Stage, 1)
		e.Verb, e.Role = max(e.Verb, 1), max(e.Role, 1)
		require.True(t, read([]byte(OfSnapshot(&s)), &gotSnapshot, snapshot[:]), "without encoding/json")
		require.Equal(t, s, gotSnapshot)
		require.True(t, read([]byte(OfEvent(&e)), &gotEvent, event[:]), "without encoding/json")
		require.Equal(t, e, gotEvent)
	})
}

func TestAnswersComeBackByteForByte(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.MapOf(rapid.String(), rapid.String()).Draw(t, "texts")
		body := []byte(OfAnswers(texts))
		var want map[string]string
		require.NoError(t, json.Unmarshal(body, &want))
		require.Equal(t, texts, want)
		got, err := Answers(body)
		require.NoError(t, err)
		require.Equal(t, texts, got)
	})
	for _, text := range []string{"", "\x00", "\"\\\n\u2028<&>", "Łukasz 👩‍👧", "e\u0301"} {
		got, err := Answers([]byte(OfAnswers(map[string]string{"q": text})))
		require.NoError(t, err)
		require.Equal(t, text, got["q"])
	}
}

// FuzzRead checks that the function read and encoding/json return the same snapshot for
// every input that both of them accept.
func FuzzRead(f *testing.F) {
	s := pep.Snapshot{Format: 1, Kind: pep.Initial, Type: 2, Stage: pep.Draft, Child: record.ChildID{UUID: [16]byte{1}}}
	f.Add([]byte(OfSnapshot(&s)))
	f.Add([]byte(`{"version":1,"format":1}`))
	f.Add([]byte(`{"format":01,"filled":[1,2,3,4,5,6,7,8]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var got, want pep.Snapshot
		if !read(b, &got, snapshot[:]) {
			return
		}
		if json.Unmarshal(b, &want) == nil {
			require.Equal(t, want, got)
		}
	})
}

func TestJSONOfAnotherFormIsReadToo(t *testing.T) {
	t.Parallel()
	s, err := Snapshot([]byte(`{ "version": 3, "format": 1 }`))
	require.NoError(t, err)
	require.Equal(t, pep.Snapshot{Format: 1, Version: 3}, s)
	for _, bad := range []string{"", "{", "{}x", `{"version":"3"`, `[1]`, `{"version":3`} {
		_, err := Snapshot([]byte(bad))
		require.Error(t, err, bad)
		_, err = Event([]byte(bad))
		require.Error(t, err, bad)
	}
}

func BenchmarkSnapshot(b *testing.B) {
	s := pep.Snapshot{Format: 1, Kind: pep.Initial, Type: 2, Stage: pep.Draft, Revision: 1, Version: 7, Policy: 1,
		Meeting: civil.MustParse("2026-05-20"), Started: civil.MustParse("2026-05-01"), Term: term.MustParse("SUMMER 2026")}
	text := []byte(OfSnapshot(&s))
	b.Run("write/ours", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = OfSnapshot(&s)
		}
	})
	b.Run("write/encoding json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, _ = json.Marshal(&s)
		}
	})
	b.Run("read/ours", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, _ = Snapshot(text)
		}
	})
	b.Run("read/encoding json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var s pep.Snapshot
			_ = json.Unmarshal(text, &s)
		}
	})
}
