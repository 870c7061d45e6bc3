package main

import "net/http"

// signIn lists who can sign in.
func (c *call) signIn() error {
	c.show(http.StatusOK, "signin", page{Title: "Sign in as somebody", Body: c.people.all})
	return nil
}

// signedIn signs the person in who was picked.
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

// signedIn returns a page that is for whoever is signed in, and makes their session last
// from now. Anybody else is led from a page to the sign-in, and told of a form that it was
// not acted on.
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
			"Sign in again. Your browser still has what you wrote if you go back.")
		return nil
	}
}
