package main

import (
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"
)

// headers are on every answer.
var headers = map[string]string{
	"Content-Security-Policy":      "default-src 'none'; style-src 'self'; form-action 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'",
	"Cache-Control":                "no-store",
	"Referrer-Policy":              "same-origin",
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "DENY",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
}

// The most bytes that a request may have: a form, and one with a file, whose own bound
// the checks have.
const (
	maxForm   = 4 << 20
	maxUpload = 101 << 20
	maxDrain  = 16 << 30 // of what is refused
)

// guarded puts around the pages what holds for every request: it is logged, its host
// is this machine, a form comes from these pages and it is not too long.
func (s *site) guarded(pages http.Handler) http.Handler {
	same := http.NewCrossOriginProtection()
	same.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.call(w, r).say(http.StatusForbidden, "This form did not come from here", "Nothing was done. Open the page from the work tray and fill in its form.")
	}))
	return s.logged(s.fromHere(same.Handler(s.bounded(pages))))
}

// fromHere sets the headers and refuses a request for another host's name, by which a
// page elsewhere could reach this machine.
func (s *site) fromHere(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		if !loopback(r.Host) {
			s.call(w, r).say(http.StatusMisdirectedRequest, "This address is not served here", "Use the address that the program printed when it started.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// bounded bounds the body of a request. What is beyond the bound is read and thrown away,
// because a browser shows the answer only once it has sent everything.
func (s *site) bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		most, body := int64(maxForm), r.Body
		if strings.HasSuffix(r.URL.Path, "/documents") {
			most = maxUpload
		}
		if r.Body = http.MaxBytesReader(w, body, most); r.ContentLength <= most {
			next.ServeHTTP(w, r)
		} else {
			s.call(w, r).fail(&http.MaxBytesError{Limit: most})
		}
		if r.Header.Get("Expect") == "" {
			_, _ = io.CopyN(io.Discard, body, s.drained)
		}
	})
}

// answered notes how a request was answered.
type answered struct {
	http.ResponseWriter
	status int
}

func (a *answered) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

// logged logs each request by its method, the pattern of its page and how it was
// answered: no id, no query and nothing that somebody wrote.
func (s *site) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, started := &answered{w, http.StatusOK}, time.Now()
		next.ServeHTTP(a, r)
		s.log.LogAttrs(r.Context(), slog.LevelInfo, "request",
			slog.String("method", r.Method), slog.String("page", r.Pattern), slog.Int("status", a.status), slog.Duration("took", time.Since(started)))
	})
}
