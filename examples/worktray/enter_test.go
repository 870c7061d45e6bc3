package main

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
)

// After the service desk has entered a new agency and a new account, the register has each
// of them exactly once, and gives the time from which the account can be chosen.
func TestTheDeskEntersWhatARequestAsksFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	worker, lee := w.as(t, sw), w.as(t, desk)
	enter := func(title string, without url.Values, with url.Values) {
		t.Helper()
		requests := lee.get("/requests").links
		at := requests[slices.IndexFunc(requests, func(l string) bool { return strings.HasPrefix(l, "/request/") })]
		require.Contains(t, lee.get(at).body, title)
		require.Equal(t, http.StatusNotFound, worker.get(at+"/enter").status, "a social worker changes no register")
		bad := lee.fill(at+"/enter", without)
		require.Equal(t, http.StatusBadRequest, bad.status)
		require.Contains(t, bad.body, "There is a problem")
		form := lee.get(at+"/enter").form(t, at+"/enter", with)
		for range 2 {
			require.Equal(t, at+"?done=entered", lee.post(at+"/enter", form).where)
		}
		require.Equal(t, "/requests?done=answered", lee.fill(at+"/answer", url.Values{"text": {"It is there"}}).where)
		require.Equal(t, http.StatusNotFound, lee.get(at+"/enter").status, "the request is closed")
	}
	find := func() got { return worker.get("/register?name=Quarry+Bank+School&postcode=ZZ9+9ZZ") }

	require.Contains(t, find().body, "0 establishments found")
	agency := url.Values{"name": {"Quarry Bank School"}, "address": {"1 Quarry Road"}, "postCode": {"ZZ9 9ZZ"}, "phone": {"01632 960000"}}
	require.Equal(t, "/requests?done=asked", worker.fill("/requests/new/new_agency", agency).where)
	enter("Enter the agency", url.Values{"dfe": {"none"}}, url.Values{"type": {"1"}, "dfe": {"888/4000"}})
	require.Contains(t, find().body, "1 establishment found")

	links := find().links
	form := worker.get(links[slices.IndexFunc(links, func(l string) bool { return strings.HasPrefix(l, "/requests/new?establishment=") })]).links
	account := url.Values{"person": {"Ann Teller"}, "email": {"ann@quarry.example"}}
	require.Equal(t, "/requests?done=asked", worker.fill(form[slices.IndexFunc(form, func(l string) bool { return strings.Contains(l, "new_portal_user?") })], account).where)
	enter("Enter the account", url.Values{"person": {" "}}, nil)
	require.Equal(t, 1, strings.Count(find().body, "Ann Teller"))
	require.Contains(t, find().body, "The account can be chosen from")
}

func TestEachFormMakesItsAction(t *testing.T) {
	t.Parallel()
	v := newWorld(t).can(t, sw, pep.VerbReassign)
	in := func() *input {
		return &input{Values: url.Values{"grade": {"green"}, "next-day": {"4"}, "next-month": {"6"}, "next-year": {"2026"}}}
	}
	for verb, row := range verbs {
		one := in()
		require.Equal(t, verb, row.make(v, one).Verb())
		require.NoError(t, one.err(), verb)
	}
}
