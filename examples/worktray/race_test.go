//go:build race

package main

// crawled is the maximum number of pages of one shape, such as the history of a plan, that
// the crawl opens for one person. It is low because the race detector slows every page down.
const crawled = 6
