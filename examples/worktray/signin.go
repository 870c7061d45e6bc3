package main

import "net/http"

// signIn lists the people who can sign in.
func (c *call) signIn() error {
	c.show(http.StatusOK, "signin", page{Title: "Sign in as somebody", Body: c.people.all})
	return nil
}

// signedIn signs in the chosen person.
func (c *call) signedIn() error {
	p := c.people.find(c.r.PostFormValue("person"))
	if p == nil {
		c.show(http.StatusUnprocessableEntity, "signin", page{
			Title: "Sign in as somebody", Body: c.people.all,
			Faults: []fault{{Text: "Choose one of the people on the list", Field: "people"}},
		})
		return nil
	}
	http.SetCookie(c.w, c.sessions.cookie(p.Key))
	return c.seeOther("/")
}

func (c *call) signedOut() error {
	http.SetCookie(c.w, c.sessions.ended())
	return c.seeOther("/sign-in")
}

// signedIn wraps a page that needs a signed-in person, and renews their session. Without a
// session, a page leads to the sign-in page, and a form is answered with an explanation that
// nothing was done.
func signedIn(serve func(*call) error) func(*call) error {
	return func(c *call) error {
		switch {
		case c.me != nil:
			if _, err := c.sessions.who(c.r); err == nil {
				http.SetCookie(c.w, c.sessions.cookie(c.me.Key))
			}
			return serve(c)
		case c.r.Method == http.MethodGet:
			return c.seeOther("/sign-in")
		}
		c.say(http.StatusUnauthorized, "You were signed out", "Nothing was done, because you had not used the service for 20 minutes.",
			"Sign in again. If you go back, your browser still has what you wrote.")
		return nil
	}
}
