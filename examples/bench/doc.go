// Command bench compares the library with libraries that a host might use instead.
// In each comparison, this library and another do the same work, and bench prints
// how many times as long the other takes. Bench is a separate module, so that no other
// program depends on the other libraries.
//
//	go run -C examples/bench .
//	go run -C examples/bench . -plans 1000000
package main
