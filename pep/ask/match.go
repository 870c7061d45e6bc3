package ask

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
)

// Match compares an answer with the expected answer, both written as JSON. It returns
// the path of the first place where they differ, such as "steps.3.stage", or "" if the
// answer matches.
//
// An object matches if each member that is expected matches; it may have more members.
// A list matches if it has the same length and its elements match one by one. An
// expected null matches null and an absent member. Everything else must be equal;
// numbers are compared by value.
func Match(expected, got []byte) string { return compared(expected, got).Where }

// compared returns the first place where an answer differs from the expected answer. In
// the result, A is the expected value and B the answer's; Where is "" if nothing differs.
func compared(expected, got []byte) Change {
	var want, have any
	if !decode(expected, &want) {
		return Change{Where: "the expected answer is not JSON", A: expected, B: got}
	}
	if !decode(got, &have) {
		return Change{Where: "the answer is not JSON", A: expected, B: got}
	}
	return differs(want, have, "")
}

func decode(doc []byte, into *any) bool {
	d := json.NewDecoder(bytes.NewReader(doc))
	d.UseNumber()
	return json.Valid(doc) && d.Decode(into) == nil
}

func differs(want, got any, path string) Change {
	same := want == nil && got == nil
	switch w := want.(type) {
	case map[string]any:
		if g, ok := got.(map[string]any); ok {
			return objectsDiffer(w, g, path)
		}
	case []any:
		if g, ok := got.([]any); ok && len(g) == len(w) {
			return listsDiffer(w, g, path)
		}
	case json.Number:
		g, ok := got.(json.Number)
		same = ok && sameNumber(w, g)
	case string, bool:
		same = w == got
	}
	if same {
		return Change{}
	}
	return Change{Where: here(path), A: asJSON(want), B: asJSON(got)}
}

func objectsDiffer(want, got map[string]any, path string) Change {
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if c := differs(want[name], got[name], join(path, name)); c.Where != "" {
			return c
		}
	}
	return Change{}
}

func listsDiffer(want, got []any, path string) Change {
	for n := range want {
		if c := differs(want[n], got[n], join(path, strconv.Itoa(n))); c.Where != "" {
			return c
		}
	}
	return Change{}
}

// maxExact is the limit below which floating-point numbers represent every whole number
// exactly. From that limit on, sameNumber compares the text.
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

// here returns the path of a place, or "the answer" for the whole answer.
func here(path string) string {
	if path == "" {
		return "the answer"
	}
	return path
}

// oneLine returns JSON on one line. If doc is not JSON, it returns the text unchanged.
func oneLine(doc []byte) string {
	var out bytes.Buffer
	if json.Compact(&out, doc) != nil {
		return string(doc)
	}
	return out.String()
}
