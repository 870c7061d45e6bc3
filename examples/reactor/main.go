//go:build wasip1

// Command reactor is the rules of the PEP process as a WASM module, which a program in
// another language loads into its own process. The program writes a question of package
// ask into the module's memory, calls the module, and reads the answer from there. It
// needs no other process and no standard input.
//
//	GOOS=wasip1 GOARCH=wasm go build -buildmode=c-shared -trimpath -ldflags='-s -w' -o examples/reactor/npm/reactor.wasm ./examples/reactor
//
// The program calls _initialize once. After that it may call these functions, as often as it likes:
//
//	p := question(n)   p points to room for n bytes of a question, up to a maximum of capacity() bytes
//	m := answer(n)     answers the question in the first n bytes at p; the answer has m bytes
//	q := said()        q points to the answer, until the next call of answer or version
//	m := version()     like answer, but about the module itself: {"contract", "policy", "revision", "module"}
//
// If a question has more than capacity() bytes, the program writes the first capacity()
// bytes of it, and the answer says that the question is too long. The folder npm wraps
// all this in a package for JavaScript.
package main

import (
	"encoding/json"
	"runtime/debug"
	"unsafe"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
)

// main is never called: the host calls the functions that the module exports.
func main() {}

// rules is the only reactor, because each instance of the module has its own memory.
var rules = func() reactor {
	p := pep.Lancashire()
	return reactor{policy: p, by: ask.By(p)}
}()

// reactor answers questions one after another.
type reactor struct {
	policy   *pep.Policy
	by       ask.Asker
	question []byte // the host writes the question here; the slice grows and is reused
	answer   []byte // the latest answer
}

//go:wasmexport capacity
func capacity() int32 { return ask.MaxLine + 1 }

//go:wasmexport question
func question(size int32) unsafe.Pointer {
	if n := min(max(size, 1), capacity()); int(n) > len(rules.question) {
		rules.question = make([]byte, n)
	}
	return unsafe.Pointer(unsafe.SliceData(rules.question))
}

//go:wasmexport answer
func answer(size int32) int32 {
	said, _ := rules.by.Ask(rules.question[:min(max(int(size), 0), len(rules.question))]) // never returns an error
	return rules.say(said)
}

//go:wasmexport version
func version() int32 {
	doc, _ := json.Marshal(map[string]any{ // cannot fail: the values are text and numbers
		"contract": ask.Contract, "policy": rules.policy.Name(), "revision": rules.policy.Revision(), "module": built(),
	})
	return rules.say(doc)
}

//go:wasmexport said
func said() unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(rules.answer)) }

// say keeps an answer until the next one, and returns its length.
func (r *reactor) say(answer []byte) int32 {
	r.answer = answer
	return int32(len(answer))
}

// built returns the version of the Go module from which this module was built.
func built() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	return info.Main.Version
}
