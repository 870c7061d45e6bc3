//go:build !race

package main

// crawled is the maximum number of pages of one shape, such as the history of a plan, that
// the crawl opens for one person. Here it opens all of them.
const crawled = 1 << 30
