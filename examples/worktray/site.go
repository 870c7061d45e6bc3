package main

import (
	"embed"
	"html/template"
	"log/slog"
	"net/http"

	"virtualschool.example/pep"
)

//go:embed pages style.css
var files embed.FS

// site is the pages over one council.
type site struct {
	*council
	sessions *sessions
	who      Authenticator
	log      *slog.Logger
	pages    *template.Template
}

func newSite(c *council, log *slog.Logger) *site {
	s := &site{council: c, sessions: newSessions(&c.people), log: log}
	s.who = s.sessions.who
	s.pages = template.Must(template.New("").Funcs(words(c)).ParseFS(files, "pages/*.html"))
	return s
}

// routes are the pages, and who opens each: anybody, or whoever is signed in.
var routes = [...]struct {
	pattern string
	open    bool // to anybody
	serve   func(*call) error
}{
	{"GET /style.css", true, (*call).style},
	{"GET /sign-in", true, (*call).signIn},
	{"POST /sign-in", true, (*call).signedIn},
	{"POST /sign-out", true, (*call).signedOut},
	{"GET /{$}", false, (*call).tray},
	{"POST /plan/{plan}/alert/{alert}", false, (*call).acknowledge},
	{"GET /plan/{plan}", false, (*call).forms},
	{"GET /plan/{plan}/assessment", false, (*call).assessment},
	{"GET /plan/{plan}/delegate", false, (*call).delegate},
	{"GET /plan/{plan}/section/{section}", false, (*call).section},
	{"POST /plan/{plan}/section/{section}", false, (*call).saveSection},
	{"GET /plan/{plan}/act/{verb}", false, (*call).action},
	{"POST /plan/{plan}/act/{verb}", false, (*call).act},
	{"GET /plan/{plan}/history", false, (*call).history},
	{"GET /plan/{plan}/documents", false, (*call).documents},
	{"POST /plan/{plan}/documents", false, (*call).upload},
	{"GET /plan/{plan}/export", false, (*call).export},
	{"POST /plan/{plan}/export", false, (*call).exported},
	{"GET /children", false, (*call).children},
	{"GET /child/{child}", false, (*call).child},
	{"GET /child/{child}/documents", false, (*call).childDocuments},
	{"GET /child/{child}/start/{verb}", false, (*call).startPage},
	{"POST /child/{child}/start/{verb}", false, (*call).start},
	{"GET /child/{child}/note", false, (*call).notePage},
	{"POST /child/{child}/note", false, (*call).note},
	{"GET /requests", false, (*call).requests},
	{"GET /requests/new", false, (*call).requestKinds},
	{"GET /requests/new/{kind}", false, (*call).requestPage},
	{"POST /requests/new/{kind}", false, (*call).request},
	{"GET /request/{request}", false, (*call).answerPage},
	{"POST /request/{request}", false, (*call).answer},
	{"GET /register", false, (*call).register},
	{"GET /payments", false, (*call).payments},
	{"POST /payments", false, (*call).pay},
	{"GET /plan/{plan}/payment", false, (*call).paymentPage},
	{"POST /plan/{plan}/payment", false, (*call).decidePayment},
	{"GET /report", false, (*call).report},
	{"GET /calendar.ics", false, (*call).calendar},
}

// handler returns the whole site.
func (s *site) handler() http.Handler {
	mux := http.NewServeMux()
	for _, one := range routes {
		mux.HandleFunc(one.pattern, func(w http.ResponseWriter, r *http.Request) {
			c := s.call(w, r)
			if !one.open && !c.signedInStill() {
				return
			}
			err := c.read()
			if err == nil {
				err = one.serve(c)
			}
			if err != nil {
				c.fail(err)
			}
		})
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.call(w, r).notFound() })
	return s.guarded(mux)
}

// link is a line of the navigation.
type link struct {
	Href, Text string
	Roles      pep.Roles // who has it; empty for everybody
	Here       bool
}

// roles returns a set of roles.
func roles(all ...pep.Role) (set pep.Roles) {
	for _, r := range all {
		set |= 1 << r
	}
	return set
}

// navigation is what each role has besides its plans. The service decides again
// whenever a page is opened.
func navigation() []link {
	groups := roles(pep.BusinessSupport, pep.VirtualSchoolConsultant, pep.VirtualSchoolHead)
	return []link{
		{Href: "/", Text: "Plans"},
		{Href: "/children", Text: "Children", Roles: groups | roles(pep.SocialWorker)},
		{Href: "/requests", Text: "Requests", Roles: groups | roles(pep.SocialWorker, pep.ServiceDesk)},
		{Href: "/register", Text: "Register", Roles: groups | roles(pep.SocialWorker, pep.ServiceDesk)},
		{Href: "/payments", Text: "Payments", Roles: roles(pep.BusinessSupport, pep.VirtualSchoolHead)},
		{Href: "/report", Text: "Report", Roles: groups},
	}
}
