package main

import (
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"
)

// headers are the headers of every answer.
var headers = map[string]string{
	"Content-Security-Policy":      "default-src 'none'; style-src 'self'; form-action 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'",
	"Cache-Control":                "no-store",
	"Referrer-Policy":              "same-origin",
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "DENY",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
}

// The maximum number of bytes in a request. The file in an upload has its own limit, in uploads.
const (
	maxForm   = 4 << 20
	maxUpload = 101 << 20
	maxDrain  = 16 << 30 // the number of bytes of a refused body that are read and thrown away
)

// guarded logs every request, and refuses a request for another host, a form from another
// site and a body that is too long.
func (s *site) guarded(pages http.Handler) http.Handler {
	same := http.NewCrossOriginProtection()
	same.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.call(w, r).say(http.StatusForbidden, "This form was not sent from this site", "Nothing was done. Open the page from the work tray and fill in the form there.")
	}))
	return s.logged(s.fromHere(same.Handler(s.bounded(pages))))
}

// fromHere sets the headers and refuses a request for another host's name. Otherwise, a
// foreign site could make its own name point to this machine, and its pages could read ours.
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

// bounded limits the length of a request's body. It reads the rest of a body that is too long
// and throws it away, because a browser shows no answer until it has sent everything.
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

// answered remembers the status of an answer.
type answered struct {
	http.ResponseWriter
	status int
}

func (a *answered) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

// logged logs the method, the pattern, the status and the duration of each request. It logs
// no id, no query and nothing that a person wrote.
func (s *site) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, started := &answered{w, http.StatusOK}, time.Now()
		next.ServeHTTP(a, r)
		s.log.LogAttrs(r.Context(), slog.LevelInfo, "request",
			slog.String("method", r.Method), slog.String("page", r.Pattern), slog.Int("status", a.status), slog.Duration("took", time.Since(started)))
	})
}
