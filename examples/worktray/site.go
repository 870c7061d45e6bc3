package main

import (
	"embed"
	"html/template"
	"log/slog"
	"net/http"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
)

//go:embed pages style.css
var files embed.FS

// site serves the pages of one council.
type site struct {
	*council
	sessions *sessions
	who      Authenticator
	log      *slog.Logger
	pages    *template.Template
	drained  int64 // the number of bytes of a refused body that are read and thrown away
}

func newSite(c *council, log *slog.Logger) *site {
	s := &site{council: c, sessions: newSessions(&c.people), log: log, drained: maxDrain}
	s.who = s.sessions.who
	s.pages = template.Must(template.New("").Funcs(words(c)).ParseFS(files, "pages/*.html"))
	return s
}

// routes are the pages for a signed-in person.
var routes = map[string]func(*call) error{
	"GET /{$}":                              (*call).tray,
	"POST /plan/{plan}/alert/{alert}":       (*call).acknowledge,
	"GET /plan/{plan}":                      (*call).forms,
	"GET /plan/{plan}/assessment":           (*call).assessment,
	"GET /plan/{plan}/delegate":             (*call).delegate,
	"GET /plan/{plan}/history":              (*call).history,
	"GET /plan/{plan}/documents":            (*call).documents,
	"POST /plan/{plan}/documents":           (*call).upload,
	"GET /plan/{plan}/documents/{document}": (*call).document,
	"GET /plan/{plan}/read/{section}":       (*call).section,
	"GET /children":                         (*call).children,
	"GET /child/{child}":                    (*call).child,
	"GET /child/{child}/documents":          (*call).childDocuments,
	"GET /requests":                         (*call).requests,
	"GET /requests/new":                     (*call).requestKinds,
	"GET /request/{request}":                (*call).request,
	"GET /register":                         (*call).register,
	"GET /payments":                         (*call).payments,
	"POST /payments":                        (*call).pay,
	"GET /report":                           (*call).report,
	"GET /calendar.ics":                     (*call).calendar,
}

// tasks are the pages with a form.
var tasks = map[string]task{
	"/plan/{plan}/act/{verb}":        (*call).act,
	"/plan/{plan}/section/{section}": (*call).write,
	"/plan/{plan}/export":            (*call).export,
	"/plan/{plan}/payment":           (*call).decidePayment,
	"/child/{child}/start/{verb}":    (*call).start,
	"/child/{child}/note":            (*call).note,
	"/requests/new/{kind}":           (*call).newRequest,
	"/request/{request}/answer":      (*call).answer,
	"/request/{request}/enter":       (*call).enter,
}

// handler returns the whole site.
func (s *site) handler() http.Handler {
	mux := http.NewServeMux()
	page := func(pattern string, serve func(*call) error) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			c := s.call(w, r)
			err := c.read()
			if err == nil {
				err = serve(c)
			}
			if err != nil {
				c.fail(err)
			}
		})
	}
	page("GET /style.css", (*call).style)
	page("GET /sign-in", (*call).signIn)
	page("POST /sign-in", (*call).signedIn)
	page("POST /sign-out", (*call).signedOut)
	page("/", func(*call) error { return storage.ErrNotFound })
	for pattern, serve := range routes {
		page(pattern, signedIn(serve))
	}
	for path, do := range tasks {
		page("GET "+path, signedIn(do.ask))
		page("POST "+path, signedIn(do.submit))
	}
	return s.guarded(mux)
}

// link is a link of a page or of the navigation.
type link struct {
	Href, Text string
	Roles      pep.Roles // the roles that see the link; empty means every role
	Here       bool
}

// roles returns a set of roles.
func roles(all ...pep.Role) (set pep.Roles) {
	for _, r := range all {
		set |= 1 << r
	}
	return set
}

// navigation returns the links of the main navigation. When a person opens a page, the
// service checks again whether the person may see it.
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
