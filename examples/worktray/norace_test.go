//go:build !race

package main

// crawled is how many pages of one shape, such as the history of a plan, the crawl opens for
// one person: all of them.
const crawled = 1 << 30
