package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/workflow"
)

func TestAFormFromAnotherSiteIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b, v := w.as(t, bs), w.can(t, bs, pep.VerbRevise)
	path := "/plan/" + v.Plan.ID().String() + "/act/revise"
	form := b.get(path).form(t, path, why("reason"))
	for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.URL+path, strings.NewReader(form.Encode()))
		require.NoError(t, err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set(name, value)
		got := b.do(r)
		require.Equal(t, http.StatusForbidden, got.status)
		require.Contains(t, got.body, "This form was not sent from this site")
	}
	require.Equal(t, v.Plan.Version(), w.now(t, v.Plan.ID()).Version())
}

// A session is refused if it has ended, is forged, was signed with another key, or
// names nobody.
func TestABadSessionIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	good := w.sessions.cookie(bs)
	over := *w.sessions
	over.now = func() time.Time { return time.Now().Add(-sessionLife) }
	body, signature, _ := strings.Cut(good.Value, ".")
	path := "/plan/" + w.can(t, bs, pep.VerbRevise).Plan.ID().String() + "/act/revise"
	for name, value := range map[string]string{
		"over":           over.cookie(bs).Value,
		"another key's":  newSessions(&w.people).cookie(bs).Value,
		"forged":         encode([]byte("service_desk 9999999999")) + "." + signature,
		"without a sign": body + ".",
		"nobody's":       w.sessions.cookie("somebody").Value,
		"no session":     "%%%",
	} {
		t.Run(name, func(t *testing.T) {
			b := w.browser(t)
			at, err := url.Parse(w.URL)
			require.NoError(t, err)
			b.jar.SetCookies(at, []*http.Cookie{{Name: cookieName, Value: value}})
			require.Equal(t, "/sign-in", b.get("/").where)
			got := b.post(path, why("reason"))
			require.Equal(t, http.StatusUnauthorized, got.status)
			require.Contains(t, got.body, "Nothing was done")
		})
	}
	require.True(t, good.HttpOnly)
	require.Equal(t, http.SameSiteStrictMode, good.SameSite)
	require.Equal(t, http.StatusUnprocessableEntity, w.browser(t).post("/sign-in", url.Values{"person": {"system"}}).status)
	b := w.as(t, bs)
	require.Equal(t, "/sign-in", b.post("/sign-out", nil).where)
	require.Equal(t, "/sign-in", b.get("/").where)
}

func TestAHostReplacesTheAuthenticator(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.who = func(*http.Request) (workflow.Actor, error) { return w.people.find(sw).Actor, nil }
	got := w.browser(t).get("/")
	require.Contains(t, got.body, "Jo Caseworth")
	require.Empty(t, got.header.Values("Set-Cookie"))
	w.who = func(*http.Request) (workflow.Actor, error) { return workflow.Actor{}, errors.New("the sign-in failed") }
	require.Equal(t, "/sign-in", w.browser(t).get("/").where)
}

// A foreign site cannot reach the pages on this machine by making its own name point here.
func TestAnotherHostsNameIsNotServed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for host, want := range map[string]int{"elsewhere.example": 421, "127.0.0.1.elsewhere.example:8080": 421, "10.0.0.1:8080": 421, "localhost:8080": 200, "[::1]:8080": 200} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.URL+"/sign-in", nil)
		require.NoError(t, err)
		r.Host = host
		require.Equal(t, want, w.browser(t).do(r).status, host)
	}
}

// A request for a plan in somebody else's case, for another role's action or with a
// malformed id is answered as if the page did not exist.
func TestAPageOfAnothersLooksLikeNoPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	key, v := w.teacher(t)
	at := "/plan/" + v.Plan.ID().String()
	b := w.as(t, "second_social_worker")
	unknown := b.get("/plan/" + uuid.NewString())
	require.Equal(t, http.StatusNotFound, unknown.status)
	for _, path := range []string{at, at + "/section/3", at + "/read/3", at + "/history", at + "/documents", at + "/export", at + "/act/retract", "/plan/1", "/child/" + v.Plan.Child().String(), "/payments", "/nowhere", at + "/read/9", at + "/act/answer"} {
		got := b.get(path)
		require.Equal(t, http.StatusNotFound, got.status, path)
		require.Equal(t, unknown.body, got.body, path)
	}
	for _, who := range []string{"second_social_worker", desk, "independent_reviewing_officer"} {
		b := w.as(t, who)
		form := url.Values{"key": {uuid.NewString()}, "seen": {fmt.Sprint(v.Plan.Version())}, "text": {"A note"}, "reason": {"Because"}, "confirmedWithSetting": {"yes"}}
		for _, path := range []string{at + "/act/retract", at + "/section/1", at + "/documents", "/child/" + v.Plan.Child().String() + "/note"} {
			require.Equal(t, http.StatusNotFound, b.post(path, form).status, "%s of %s", path, who)
		}
	}
	teacher := w.as(t, key)
	require.Equal(t, http.StatusNotFound, teacher.get("/plan/"+w.can(t, sw, pep.VerbAnswer).Plan.ID().String()).status)
	require.Equal(t, http.StatusNotFound, teacher.get(at+"/history").status)
	finalise := w.can(t, bs, pep.VerbFinalise).Plan.ID().String()
	require.Equal(t, http.StatusNotFound, w.as(t, sw).get("/plan/"+finalise+"/act/finalise").status, "a social worker never finalises")
	require.Equal(t, v.Plan.Version(), w.now(t, v.Plan.ID()).Version())
}

func TestAStaleFormShowsWhatHasChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b, v := w.as(t, bs), w.can(t, bs, pep.VerbFinalise)
	path := "/plan/" + v.Plan.ID().String() + "/act/"
	stale := b.get(path+"finalise").form(t, path, why("waiver"))
	require.Equal(t, http.StatusSeeOther, b.fill(path+"return_for_amendment", url.Values{"reason": {"A page <is> missing"}}).status)
	got := b.post(path+"finalise", stale)
	require.Equal(t, http.StatusConflict, got.status)
	require.Contains(t, got.body, "Return the plan for amendment")
	require.Contains(t, got.body, "A page &lt;is&gt; missing")
	require.Contains(t, got.body, "Sam Deskley")
	require.Contains(t, got.links, path+"finalise")
	require.Equal(t, pep.Returned, w.now(t, v.Plan.ID()).Stage())

	teacher, p := w.teacher(t)
	at := "/plan/" + p.Plan.ID().String()
	b = w.as(t, teacher)
	saved := b.get(at+"/section/3").form(t, at, nil)
	require.Equal(t, http.StatusSeeOther, b.fill(at+"/section/4", nil).status)
	got = b.post(at+"/section/3", saved)
	require.Equal(t, http.StatusConflict, got.status, "a teacher reads no history")
	require.NotContains(t, got.body, "class=\"events\"")
	require.Contains(t, got.body, "How the plan stands now")
}

// A form that is refused is shown again, with the reasons, the remedies and what the person
// wrote.
func TestAFormThatIsRefusedComesAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, v := w.teacher(t)
	b, path := w.as(t, sw), "/plan/"+v.Plan.ID().String()+"/act/retract"
	got := b.fill(path, url.Values{"reason": {"Too \"soon\""}})
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	require.True(t, strings.HasPrefix(got.title, "Error: "))
	require.Contains(t, got.links, "#confirmedWithSetting")
	require.Contains(t, got.body, "Too &#34;soon&#34;")
	require.Contains(t, got.body, "You will lose")

	path = "/plan/" + v.Plan.ID().String() + "/act/reschedule_meeting"
	got = b.fill(path, day("meeting", "31", "2", "2026"))
	require.Equal(t, http.StatusBadRequest, got.status)
	require.Contains(t, got.links, "#meeting-day")
	require.Contains(t, got.body, `value="31"`)
	require.Contains(t, got.body, "must be a real date, such as 27 3 2026")

	long := b.fill("/child/"+v.Plan.Child().String()+"/note", url.Values{"text": {strings.Repeat("x", 20_001)}})
	require.Equal(t, http.StatusBadRequest, long.status)
	require.Contains(t, long.links, "#text")
	require.Equal(t, http.StatusUnprocessableEntity, b.get("/plan/"+v.Plan.ID().String()+"/act/delegate").status, "it is delegated")
	require.Equal(t, v.Plan.Version(), w.now(t, v.Plan.ID()).Version())
}

// Another form with the same key does nothing.
func TestAKeyBelongsToOneForm(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := w.can(t, sw, pep.VerbRescheduleMeeting)
	b, path := w.as(t, sw), "/plan/"+v.Plan.ID().String()+"/act/reschedule_meeting"
	form := b.get(path).form(t, path, day("meeting", "4", "3", "2026"))
	require.Equal(t, http.StatusSeeOther, b.post(path, form).status)
	form.Set("meeting-day", "5")
	require.Equal(t, http.StatusConflict, b.post(path, form).status)
	form.Set("key", "no key")
	require.Equal(t, http.StatusBadRequest, b.post(path, form).status)
	require.Equal(t, v.Plan.Version()+1, w.now(t, v.Plan.ID()).Version())
}

// A form of 5 MB, an upload that announces 10 GB, and an upload of 200 MB that announces no
// length are refused with a page.
func TestALargeFormOrFileIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := w.can(t, sw, pep.VerbAttach)
	b, at := w.as(t, sw), "/plan/"+v.Plan.ID().String()
	got := b.post(at+"/act/cease", url.Values{"reason": {strings.Repeat("x", 5<<20)}})
	require.Equal(t, http.StatusRequestEntityTooLarge, got.status)
	require.Contains(t, got.body, "Nothing was saved")

	form := b.get(at+"/documents").form(t, at, nil)
	require.Equal(t, http.StatusRequestEntityTooLarge, tooLong(t, w, b, at+"/documents", 10<<30))
	large := b.upload(at+"/documents", form, "large.pdf", io.MultiReader(strings.NewReader("%PDF-1.7\n"), io.LimitReader(endless{}, 200<<20)))
	require.Equal(t, http.StatusRequestEntityTooLarge, large.status)
	require.Contains(t, large.body, "Nothing was saved")
	nothing := b.upload(at+"/documents", form, "", strings.NewReader(""))
	require.Equal(t, http.StatusBadRequest, nothing.status)
	require.Equal(t, v.Plan.Version(), w.now(t, v.Plan.ID()).Version())
}

// endless is a file that never ends.
type endless struct{}

func (endless) Read(b []byte) (int, error) { return len(b), nil }

// tooLong posts the header for a body of the given size, and waits to be asked for the body.
func tooLong(t *testing.T, w *world, b *browser, path string, size int64) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.URL+path, io.LimitReader(endless{}, size))
	require.NoError(t, err)
	r.ContentLength = size
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Expect", "100-continue")
	return b.do(r).status
}

// The log holds no id, no query and nothing that a person wrote.
func TestTheLogNamesNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b, v := w.as(t, sw), w.can(t, sw, pep.VerbAnswer)
	b.get("/plan/" + v.Plan.ID().String() + "?done=answer")
	b.get("/register?name=Quarry&postcode=ZZ1")
	b.fill("/child/"+v.Plan.Child().String()+"/note", url.Values{"text": {"Canary note"}})
	log := w.log.String()
	require.Contains(t, log, `page="POST /child/{child}/note" status=303`)
	for _, secret := range []string{v.Plan.ID().String(), v.Plan.Child().String(), "done=", "Quarry", "Canary", sw, "Caseworth"} {
		require.NotContains(t, log, secret)
	}
}

// The program listens only on this machine, serves from a file, and stops when it is told to.
func TestTheProgram(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	for _, args := range [][]string{{"-addr", "0.0.0.0:0"}, {"-addr", ":8080"}, {"-addr", "192.0.2.1:80"}, {"-as-of", "12 Feb"}, {"-as-of", "0001-01-01"}, {"-nonsense"}} {
		require.Equal(t, unusable, run(t.Context(), args, &out, &errs), args)
	}
	require.Equal(t, done, run(t.Context(), []string{"-help"}, &out, &errs))
	require.Empty(t, out.String())

	ctx, stop := context.WithCancel(t.Context())
	said, says := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"-addr", "127.0.0.1:0", "-db", filepath.Join(t.TempDir(), "trays.db")}, says, io.Discard)
	}()
	line := make([]byte, 200)
	n, err := said.Read(line)
	require.NoError(t, err)
	_, address, _ := strings.Cut(strings.TrimSpace(string(line[:n])), " at ")
	answer, err := http.Get(address + "/sign-in")
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusOK, answer.StatusCode)
	stop()
	require.Equal(t, done, <-ended)
}
