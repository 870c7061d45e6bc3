//go:build wasip1

// Command reactor is the rules of the PEP process as a WASM module that a program
// in another language loads into itself. The program writes a question of package
// ask into the module's memory, calls the module, and reads the answer there; no
// process and no standard input is needed.
//
//	GOOS=wasip1 GOARCH=wasm go build -buildmode=c-shared -trimpath -ldflags='-s -w' -o examples/reactor/npm/reactor.wasm ./examples/reactor
//
// The program calls _initialize once, and then as often as it likes
//
//	p := question(n)   p is where at least n bytes of a question can be written, or capacity() bytes where n is greater
//	m := answer(n)     answers the first n bytes there; the answer has m bytes
//	q := said()        q is where they are, until the next call of answer or version
//	m := version()     as answer, about the module itself: {"contract", "policy", "revision", "module"}
//
// A question of more than capacity() bytes is too long and is answered so: the
// program then writes as much of it as there is room for. The folder npm has all
// this as a package for JavaScript.
package main

import (
	"encoding/json"
	"runtime/debug"
	"unsafe"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
)

// main is never called: the module's host calls what it exports.
func main() {}

// rules is the one instance: a module has its memory to itself.
var rules = func() reactor {
	p := pep.Lancashire()
	return reactor{policy: p, by: ask.By(p)}
}()

// reactor answers questions one after the other.
type reactor struct {
	policy   *pep.Policy
	by       ask.Asker
	question []byte // where the host writes; it grows and is used again
	answer   []byte // what was answered last
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
	said, _ := rules.by.Ask(rules.question[:min(max(int(size), 0), len(rules.question))]) // there always is one
	return rules.say(said)
}

//go:wasmexport version
func version() int32 {
	doc, _ := json.Marshal(map[string]any{ // it is text and numbers
		"contract": ask.Contract, "policy": rules.policy.Name(), "revision": rules.policy.Revision(), "module": built(),
	})
	return rules.say(doc)
}

//go:wasmexport said
func said() unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(rules.answer)) }

// say keeps an answer until the next one and returns its length.
func (r *reactor) say(answer []byte) int32 {
	r.answer = answer
	return int32(len(answer))
}

// built returns the version of the Go module that this was built from.
func built() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	return info.Main.Version
}
