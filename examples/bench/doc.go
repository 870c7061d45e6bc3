// Command bench runs the library beside libraries that a host might have taken
// instead, each doing the same work in the same run, and prints how many times
// as long the other takes. It is a module of its own, so that what it compares
// with is in nobody's build.
//
//	go run -C examples/bench .
//	go run -C examples/bench . -plans 1000000
package main
