package ask

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
)

// Match compares an answer with the one expected, both as JSON, and returns
// the path of the first place where they differ, such as "steps.3.stage";
// "" is a match.
//
// An object matches by subset, recursively: members that are not expected do
// not matter. A list matches element by element and has the same length. An
// expected null matches null and an absent member. Everything else matches
// exactly; numbers match by value.
func Match(expected, got []byte) string {
	var want, have any
	if !decode(expected, &want) {
		return "the answer expected is no JSON"
	}
	if !decode(got, &have) {
		return "the answer is no JSON"
	}
	if path, differ := differs(want, have, ""); differ {
		return path
	}
	return ""
}

func decode(doc []byte, into *any) bool {
	d := json.NewDecoder(bytes.NewReader(doc))
	d.UseNumber()
	return json.Valid(doc) && d.Decode(into) == nil
}

// differs returns the path of the first difference, and whether there is one.
func differs(want, got any, path string) (string, bool) {
	switch w := want.(type) {
	case map[string]any:
		return objectsDiffer(w, got, path)
	case []any:
		return listsDiffer(w, got, path)
	case json.Number:
		g, ok := got.(json.Number)
		return here(path), !ok || !sameNumber(w, g)
	}
	return here(path), want != got
}

func objectsDiffer(want map[string]any, got any, path string) (string, bool) {
	have, ok := got.(map[string]any)
	if !ok {
		return here(path), true
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if at, differ := differs(want[name], have[name], join(path, name)); differ {
			return at, true
		}
	}
	return "", false
}

func listsDiffer(want []any, got any, path string) (string, bool) {
	have, ok := got.([]any)
	if !ok || len(have) != len(want) {
		return here(path), true
	}
	for n := range want {
		if at, differ := differs(want[n], have[n], join(path, fmt.Sprint(n))); differ {
			return at, true
		}
	}
	return "", false
}

// maxExact is where floating-point numbers stop telling whole ones apart:
// from there on the text decides.
const maxExact = 1 << 53

func sameNumber(a, b json.Number) bool {
	x, errX := a.Float64()
	y, errY := b.Float64()
	return a == b || errX == nil && errY == nil && x == y && math.Abs(x) < maxExact
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// here names a place: the whole answer has no path.
func here(path string) string {
	if path == "" {
		return "the answer"
	}
	return path
}

// oneLine returns JSON on one line, as it is where it is none.
func oneLine(doc []byte) string {
	var out bytes.Buffer
	if json.Compact(&out, doc) != nil {
		return string(doc)
	}
	return out.String()
}
