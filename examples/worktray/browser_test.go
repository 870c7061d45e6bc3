package main

import (
	"encoding/xml"
	"errors"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/storage/memstore"
	"virtualschool.example/term/civil"
)

// world is a site with its own council.
type world struct {
	*site
	*httptest.Server
	log *strings.Builder
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return worldOn(t, "2026-02-12")
}

// worldOn returns a world on the morning of a day.
func worldOn(t *testing.T, day string) *world {
	t.Helper()
	c, err := newCouncil(t.Context(), memstore.New(), &memstore.Blobs{}, civil.MustParse(day))
	require.NoError(t, err)
	w := &world{log: &strings.Builder{}}
	w.site = newSite(c, slog.New(slog.NewTextHandler(&locked{w: w.log}, nil)))
	w.Server = httptest.NewServer(w.handler())
	t.Cleanup(w.Close)
	return w
}

// locked is a writer that several goroutines can use.
type locked struct {
	sync.Mutex
	w io.Writer
}

func (l *locked) Write(b []byte) (int, error) {
	l.Lock()
	defer l.Unlock()
	return l.w.Write(b)
}

// browser is one person's browser.
type browser struct {
	t *testing.T
	*world
	client *http.Client
	jar    http.CookieJar
}

// as returns the browser of a person who has signed in.
func (w *world) as(t *testing.T, key string) *browser {
	t.Helper()
	b := w.browser(t)
	got := b.post("/sign-in", url.Values{"person": {key}})
	require.Equal(t, "/", got.where)
	return b
}

func (w *world) browser(t *testing.T) *browser {
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &browser{t, w, &http.Client{Jar: jar, CheckRedirect: stay, Timeout: time.Minute}, jar}
}

// got is the site's answer to a request.
type got struct {
	status int
	where  string // the address of a redirect
	header http.Header
	body   string
	*document
}

func (b *browser) get(path string) got {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, b.URL+path, nil)
	require.NoError(b.t, err)
	return b.do(r)
}

// post posts as a browser does from a page of the site.
func (b *browser) post(path string, v url.Values) got {
	b.t.Helper()
	return b.send(path, "application/x-www-form-urlencoded", strings.NewReader(v.Encode()))
}

func (b *browser) send(path, kind string, body io.Reader) got {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.URL+path, body)
	require.NoError(b.t, err)
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.do(r)
}

// upload posts the fields of a form, followed by a file.
func (b *browser) upload(path string, v url.Values, name string, file io.Reader) got {
	b.t.Helper()
	out, in := io.Pipe()
	form := multipart.NewWriter(in)
	go func() {
		for _, key := range []string{"key", "seen"} {
			_ = form.WriteField(key, v.Get(key))
		}
		part, err := form.CreateFormFile("file", name)
		if err == nil {
			_, err = io.Copy(part, file)
		}
		in.CloseWithError(errors.Join(err, form.Close()))
	}()
	return b.send(path, form.FormDataContentType(), out)
}

func (b *browser) do(r *http.Request) got {
	b.t.Helper()
	answer, err := b.client.Do(r)
	require.NoError(b.t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(b.t, err)
	g := got{answer.StatusCode, answer.Header.Get("Location"), answer.Header, string(body), &document{}}
	for name, value := range headers {
		if name != "Content-Security-Policy" || !strings.Contains(answer.Header.Get(name), "sandbox") {
			require.Equal(b.t, value, answer.Header.Get(name), "%s of %s", name, r.URL)
		}
	}
	if g.where == "" && strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") && !strings.Contains(answer.Header.Get("Content-Security-Policy"), "sandbox") {
		g.document = read(b.t, r.URL.Path, g.body)
	}
	return g
}

// fill opens a page, fills in its form and posts it.
func (b *browser) fill(path string, more url.Values) got {
	b.t.Helper()
	page := b.get(path)
	require.Equal(b.t, http.StatusOK, page.status, "%s: %s", path, page.body)
	return b.post(path, page.form(b.t, path, more))
}

// form returns the values that a browser would send with the last form on a page.
func (g got) form(t *testing.T, path string, more url.Values) url.Values {
	t.Helper()
	require.NotEmpty(t, g.forms, "%s has no form", path)
	v := url.Values{}
	for name, values := range g.forms[len(g.forms)-1].fields {
		v[name] = slices.Clone(values)
	}
	for name, values := range more {
		v[name] = values
	}
	return v
}

// document is a page as a browser reads it.
type document struct {
	title string
	links []string
	forms []formRead
	ids   map[string]bool
}

type formRead struct {
	action string
	fields url.Values
}

// read reads a page. The page must be well formed, each id must occur once, and every label
// and every link within the page must lead to something.
func read(t *testing.T, path, body string) *document {
	t.Helper()
	d := &document{ids: map[string]bool{}}
	dec := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(body, "<!DOCTYPE html>\n")))
	dec.Entity = xml.HTMLEntity
	var within, refers []string
	area := ""
	for {
		token, err := dec.Token()
		if err == io.EOF {
			break
		}
		require.NoError(t, err, "%s is not well formed: %s", path, body)
		switch e := token.(type) {
		case xml.StartElement:
			within = append(within, e.Name.Local)
			a := map[string]string{}
			for _, one := range e.Attr {
				a[one.Name.Local] = one.Value
			}
			if id, ok := a["id"]; ok {
				require.False(t, d.ids[id], "%s has the id %s twice", path, id)
				d.ids[id] = true
			}
			for _, name := range []string{"for", "aria-labelledby"} {
				if a[name] != "" {
					refers = append(refers, a[name])
				}
			}
			refers = append(refers, strings.Fields(a["aria-describedby"])...)
			area = d.element(e.Name.Local, a, area)
			if at, ok := strings.CutPrefix(a["href"], "#"); ok {
				refers = append(refers, at)
			}
		case xml.EndElement:
			within = within[:len(within)-1]
		case xml.CharData:
			switch in := within; {
			case len(in) == 0:
			case in[len(in)-1] == "title":
				d.title += string(e)
			case in[len(in)-1] == "textarea":
				d.forms[len(d.forms)-1].fields.Set(area, strings.TrimPrefix(string(e), "\n"))
			}
		}
	}
	require.Contains(t, d.title, "Demonstration", path)
	for _, id := range refers {
		require.True(t, d.ids[id], "%s refers to #%s, which is not there", path, id)
	}
	return d
}

// element notes a link, a form or a field.
func (d *document) element(name string, a map[string]string, area string) string {
	fields := func() url.Values { return d.forms[len(d.forms)-1].fields }
	switch name {
	case "a":
		d.links = append(d.links, a["href"])
	case "form":
		d.forms = append(d.forms, formRead{a["action"], url.Values{}})
	case "textarea":
		area = a["name"]
		fields().Set(area, "")
	case "select":
		area = a["name"]
	case "option":
		if a["selected"] != "" || !fields().Has(area) {
			fields().Set(area, a["value"])
		}
	case "input":
		if (a["type"] != "checkbox" && a["type"] != "radio" || a["checked"] != "") && a["type"] != "file" {
			fields().Add(a["name"], a["value"])
		}
	}
	return area
}
