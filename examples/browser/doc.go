// Package browser walks every role through a term in a real Chromium, on the pages of
// examples/worktray. It is a module of its own, so that the library does not depend on a
// browser, and it has tests only:
//
//	go -C examples/browser test -count=1 -v .
//	go -C examples/browser test -count=1 -v . -pictures DIR   writes a picture of each main page too
//
// Without a browser the walk is skipped and says so. With PEP_TEST_REQUIRE=browser it fails.
package browser
