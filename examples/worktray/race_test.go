//go:build race

package main

// crawled is how many pages of one shape, such as the history of a plan, are followed for
// one person: the race detector makes each several times as long.
const crawled = 6
