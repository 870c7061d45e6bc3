package main

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"virtualschool.example/pep/workflow"
)

// Authenticator returns the person who makes a request, or an error if nobody is signed in.
// The demonstration lets anybody pick a name. A real host replaces it with its own sign-in,
// such as the council's single sign-on.
type Authenticator func(*http.Request) (workflow.Actor, error)

// sessions is the demonstration's sign-in. A signed cookie holds the person's key and the time
// at which the session ends. The server keeps nothing, and a restart ends every session.
type sessions struct {
	key    []byte
	now    func() time.Time
	people *people
}

const (
	cookieName  = "worktray"
	sessionLife = 20 * time.Minute
)

// errSignedOut says that nobody is signed in.
var errSignedOut = errors.New("worktray: nobody is signed in")

func newSessions(p *people) *sessions {
	key := make([]byte, 32)
	rand.Read(key) // never fails
	return &sessions{key, time.Now, p}
}

// cookie returns a new session cookie for a person.
func (s *sessions) cookie(key string) *http.Cookie {
	body := fmt.Sprintf("%s %d", key, s.now().Add(sessionLife).Unix())
	return &http.Cookie{
		Name: cookieName, Value: encode([]byte(body)) + "." + encode(s.sign(body)), Path: "/",
		HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: int(sessionLife.Seconds()),
	}
}

// ended returns the cookie that ends a session.
func (s *sessions) ended() *http.Cookie {
	return &http.Cookie{Name: cookieName, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: -1}
}

// who is the demonstration's Authenticator.
func (s *sessions) who(r *http.Request) (workflow.Actor, error) {
	c, err := r.Cookie(cookieName)
	if err != nil {
		return workflow.Actor{}, errSignedOut
	}
	first, second, _ := strings.Cut(c.Value, ".")
	body, err := base64.RawURLEncoding.DecodeString(first)
	signature, err2 := base64.RawURLEncoding.DecodeString(second)
	if err != nil || err2 != nil || !hmac.Equal(signature, s.sign(string(body))) {
		return workflow.Actor{}, errSignedOut
	}
	key, until, _ := strings.Cut(string(body), " ")
	seconds, err := strconv.ParseInt(until, 10, 64)
	p := s.people.find(key)
	if err != nil || p == nil || !s.now().Before(time.Unix(seconds, 0)) {
		return workflow.Actor{}, errSignedOut
	}
	return p.Actor, nil
}

func (s *sessions) sign(body string) []byte {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(body))
	return mac.Sum(nil)
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
