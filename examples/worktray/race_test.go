//go:build race

package main

// crawled is how many pages of one shape, such as the history of a plan, the crawl opens for
// one person. The race detector slows each page down several times.
const crawled = 6
