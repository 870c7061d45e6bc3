package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// Sizes of the window: a desk and a phone.
var (
	desk  = [2]int64{1280, 900}
	phone = [2]int64{390, 844}
)

// browsers are the names under which Chromium is installed.
var browsers = []string{"chromium", "google-chrome"}

// openBrowser starts a browser, or skips the test if the machine has none.
func openBrowser(t *testing.T) context.Context {
	t.Helper()
	i := slices.IndexFunc(browsers, func(name string) bool { _, err := exec.LookPath(name); return err == nil })
	if i < 0 {
		wanted := strings.Contains(os.Getenv("PEP_TEST_REQUIRE"), "browser")
		require.False(t, wanted, "PEP_TEST_REQUIRE asks for a browser; install one of %v", browsers)
		t.Skipf("this machine has no browser: install one of %v", browsers)
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(browsers[i]))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses to run as root with its sandbox
	}
	allocator, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	require.NoError(t, chromedp.Do(ctx))
	return ctx
}

// tally counts what a walk did.
type tally struct {
	steps        int
	people, days []string
}

// person is somebody at a window of the browser, who finds links, fields and buttons by
// the words that the page shows.
type person struct {
	t        *testing.T
	ctx      context.Context
	site     string
	patience time.Duration // the longest time that the browser may take for one step
	*tally
}

// as opens a new window of the given size and signs in the named person there.
func (d *day) as(name string, size [2]int64) *person {
	d.t.Helper()
	ctx, cancel := chromedp.NewContext(d.browser, chromedp.WithNewBrowserContext())
	d.t.Cleanup(cancel)
	p := &person{d.t, ctx, d.site, 30 * time.Second, d.tally}
	require.NoError(d.t, chromedp.Listen(ctx, func(e any) {
		if e, ok := e.(*log.EventEntryAdded); ok && e.Entry.Source != log.EntrySourceNetwork {
			d.t.Errorf("the browser reports: %s", e.Entry.Text)
		}
	}))
	p.do(chromedp.EmulateViewport(size[0], size[1]))
	p.open("/sign-in")
	p.press(name)
	if !slices.Contains(d.people, name) {
		d.people = append(d.people, name)
	}
	return p
}

// step is something that the browser does.
type step = chromedp.Action[chromedp.Void]

// do makes the browser take the given steps.
func (p *person) do(steps ...step) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, p.patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		require.NoError(p.t, err, "on the page that says:\n%s", p.text())
	}
}

// ask returns the value of an expression on the page.
func ask[T any](p *person, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, p.patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	require.NoError(p.t, err)
	return value
}

// goes takes a step that leads to another page, and looks at that page.
func (p *person) goes(step step) {
	p.t.Helper()
	p.steps++
	ctx, cancel := context.WithTimeout(p.ctx, p.patience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, step); err != nil {
		require.NoError(p.t, err, "on the page that says:\n%s", p.text())
	}
	p.looks()
}

// looks checks what must be true of every page: it has a title and one heading, it says
// that it is a demonstration, and no part of it is outside the window.
func (p *person) looks() {
	p.t.Helper()
	page := ask[struct {
		Title, Text     string
		Headings, Wider int
	}](p, `({Title: document.title, Text: document.body.innerText, Headings: document.querySelectorAll("h1").length,
		Wider: document.documentElement.scrollWidth - document.documentElement.clientWidth})`)
	require.NotEmpty(p.t, page.Title)
	require.Equal(p.t, 1, page.Headings, "%s", page.Text)
	require.Zero(p.t, page.Wider, "the page is wider than the window:\n%s", page.Text)
	require.Contains(p.t, page.Text, "Demonstration", page.Title)
}

// open opens an address of the site.
func (p *person) open(path string) {
	p.t.Helper()
	p.goes(chromedp.Navigate(p.site + path))
}

// follow follows a link.
func (p *person) follow(texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		p.goes(chromedp.Click(`//a[normalize-space()=`+quoted(text)+`]`, chromedp.NodeVisible))
	}
}

// press presses a button.
func (p *person) press(text string) { p.t.Helper(); p.goes(chromedp.Click(button(text))) }

// pressTwice presses a button as somebody who double-clicks everything would.
func (p *person) pressTwice(text string) {
	p.t.Helper()
	p.goes(chromedp.DoubleClick(button(text)))
}

func button(text string) string { return `//button[normalize-space()=` + quoted(text) + `]` }

// fill writes a text into the field that has the given label.
func (p *person) fill(label, text string) {
	p.t.Helper()
	p.do(chromedp.SetValue(labelled(label), text))
}

// fillAll writes the same text into every blank box of the page, and returns how many
// boxes it filled.
func (p *person) fillAll(text string) int {
	p.t.Helper()
	return ask[int](p, fmt.Sprintf(`[...document.querySelectorAll("textarea")].filter(b => b.value.trim() === "").map(b => { b.value = %q }).length`, text))
}

// date writes a day, such as "26 2 2026", into the field that has the given legend.
func (p *person) date(legend, day string) {
	p.t.Helper()
	for i, part := range strings.Fields(day) {
		box := fmt.Sprintf(`(//fieldset[legend[normalize-space()=%s]]//input)[%d]`, quoted(legend), i+1)
		p.do(chromedp.SetValue(box, part))
	}
}

// tick ticks the box, or chooses the radio button, that has the given label.
func (p *person) tick(label string) {
	p.t.Helper()
	p.do(chromedp.Click(labelled(label)))
}

// choose chooses, in a labelled list, the option that begins with a text.
func (p *person) choose(label, option string) {
	p.t.Helper()
	p.do(chromedp.SendKeys(labelled(label), option))
}

// file writes a file and chooses it in the field that has the given label.
func (p *person) file(label, name, content string) {
	p.t.Helper()
	path := filepath.Join(p.t.TempDir(), name)
	require.NoError(p.t, os.WriteFile(path, []byte(content), 0o600))
	p.do(chromedp.SetUploadFiles(labelled(label), []string{path}))
}

func labelled(label string) string {
	return `//*[@id=//label[normalize-space()=` + quoted(label) + `]/@for]`
}

// quoted returns a text as an XPath string. XPath has no escapes.
func quoted(text string) string {
	if strings.Contains(text, `"`) {
		return `'` + text + `'`
	}
	return `"` + text + `"`
}

// sees requires that the page says something.
func (p *person) sees(texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		require.Contains(p.t, p.text(), text)
	}
}

// text returns what the page says, on one line.
func (p *person) text() string {
	p.t.Helper()
	return strings.Join(strings.Fields(ask[string](p, `document.body.innerText`)), " ")
}

// sections returns the links to the sections of a plan.
func (p *person) sections() []string { p.t.Helper(); return p.links("main li h2 a") }

// links returns the texts of the links that a selector finds.
func (p *person) links(selector string) []string {
	p.t.Helper()
	return ask[[]string](p, fmt.Sprintf(`[...document.querySelectorAll(%q)].map(a => a.textContent.trim())`, selector))
}

// path returns the path of the page.
func (p *person) path() string { p.t.Helper(); return ask[string](p, `location.pathname`) }
