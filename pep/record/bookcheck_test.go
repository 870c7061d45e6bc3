package record_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// This function returns a request of the given kind, with every member that any
// form of the service desk has.
func all(kind record.RequestKind) record.Request {
	return record.Request{
		Kind: kind, By: record.PersonID{UUID: uuid.Max}, At: time.Unix(0, 0),
		Establishment: record.EstablishmentID{UUID: uuid.Max}, Contributor: record.ContributorID{UUID: uuid.Max}, Child: record.ChildID{UUID: uuid.Max},
		Agency: record.Agency{Name: "Moor End", Address: "1 High Street", PostCode: "PR1 0AA", Phone: "01772 000000", Portal: true},
		Person: private.NewText("Zoë Invented"), Email: private.NewText("zoe@example.org"),
		SUNumber: private.NewText("SU-0042"), Meeting: civil.MustParse("2026-02-10"), Description: private.NewText("Opened by mistake"),
	}
}

// leaveOut holds, under the name of each member, a function that removes that
// member from a request.
var leaveOut = map[string]func(*record.Request){
	"establishment": func(r *record.Request) { r.Establishment = record.EstablishmentID{} },
	"name":          func(r *record.Request) { r.Agency.Name = "" },
	"address":       func(r *record.Request) { r.Agency.Address = " " },
	"postCode":      func(r *record.Request) { r.Agency.PostCode = "" },
	"phone":         func(r *record.Request) { r.Agency.Phone = "" },
	"portal":        func(r *record.Request) { r.Agency.Portal = false },
	"contributor":   func(r *record.Request) { r.Contributor = record.ContributorID{} },
	"person":        func(r *record.Request) { r.Person = private.Text{} },
	"email":         func(r *record.Request) { r.Email = private.NewText("\u200b") },
	"child":         func(r *record.Request) { r.Child = record.ChildID{} },
	"suNumber":      func(r *record.Request) { r.SUNumber = private.Text{} },
	"meeting":       func(r *record.Request) { r.Meeting = civil.Date{} },
	"description":   func(r *record.Request) { r.Description = private.NewText(" \n") },
}

// TestARequestHasTheMembersOfItsKind tests that a request has what its form
// needs, may have what its form allows, and has nothing else. FINAL-4 is the rule
// for the last three kinds.
func TestARequestHasTheMembersOfItsKind(t *testing.T) {
	t.Parallel()
	agency := []string{"name", "address", "postCode", "phone"}
	plan := []string{"child", "suNumber", "meeting", "description"}
	for _, c := range []struct {
		kind       record.RequestKind
		needs, may []string
	}{
		{record.NewAgency, agency, []string{"establishment", "portal", "description"}},
		{record.AmendAgency, append([]string{"establishment"}, agency...), []string{"portal", "description"}},
		{record.NewPortalUser, []string{"establishment", "person", "email"}, []string{"contributor", "description"}},
		{record.AmendPortalUser, []string{"contributor", "person", "email"}, []string{"establishment", "description"}},
		{record.CeasePortalUser, []string{"contributor", "person"}, []string{"establishment", "email", "description"}},
		{record.TechnicalIssue, []string{"description"}, []string{"child", "suNumber", "meeting", "establishment", "contributor"}},
		{record.ReopenPlan, plan, nil},
		{record.DeletePlan, plan, nil},
		{record.RestorePlan, plan, nil},
	} {
		t.Run(c.kind.String(), func(t *testing.T) {
			t.Parallel()
			whole, bare := all(c.kind), all(c.kind)
			var foreign []string
			for member, out := range leaveOut {
				needed, allowed := slices.Contains(c.needs, member), slices.Contains(c.may, member)
				if !needed {
					out(&bare)
				}
				if !needed && !allowed {
					foreign = append(foreign, member)
				}
			}
			require.ElementsMatch(t, foreign, rule.InvalidMembers(whole.Check()), "every member that does not belong to it, all at once")
			require.NoError(t, bare.Check(), "without the members that it may have")
			for _, member := range foreign {
				leaveOut[member](&whole)
			}
			require.NoError(t, whole.Check(), "with every member that it may have")
			for _, member := range c.needs {
				leaveOut[member](&bare)
			}
			require.ElementsMatch(t, c.needs, rule.InvalidMembers(bare.Check()), "every member that it needs, all at once")
		})
	}
}

func TestARequestNeedsAKindASenderAndAnInstant(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"kind", "by", "at"}, rule.InvalidMembers(record.Request{}.Check()))
	for _, kind := range []record.RequestKind{0, record.RestorePlan + 1} {
		require.Equal(t, []string{"kind"}, rule.InvalidMembers(all(kind).Check()))
	}
}

func TestATextOfARequestHasALimit(t *testing.T) {
	t.Parallel()
	long, line := strings.Repeat("é", record.MaxText+1), strings.Repeat("é", record.MaxLine+1)
	issue := all(record.TechnicalIssue)
	issue.Agency, issue.Person, issue.Email = record.Agency{}, private.Text{}, private.Text{}
	require.NoError(t, issue.Check())
	issue.Description, issue.SUNumber = private.NewText(long), private.NewText(line)
	require.Equal(t, []string{"suNumber", "description"}, rule.InvalidMembers(issue.Check()))
	agency := record.Request{Kind: record.NewAgency, By: issue.By, At: issue.At, Agency: record.Agency{Name: line, Address: line, PostCode: line, Phone: "\xff"}}
	require.Equal(t, []string{"name", "address", "postCode", "phone"}, rule.InvalidMembers(agency.Check()))
	account := record.Request{Kind: record.CeasePortalUser, By: issue.By, At: issue.At, Contributor: issue.Contributor, Person: private.NewText(line), Email: private.NewText(line)}
	require.Equal(t, []string{"person", "email"}, rule.InvalidMembers(account.Check()))
}

func TestARequestIsOpenUntilItHasAReply(t *testing.T) {
	t.Parallel()
	r := record.Request{Kind: record.TechnicalIssue, By: record.PersonID{UUID: uuid.Max}, At: time.Unix(0, 0), Description: private.NewText("A blank page")}
	require.True(t, r.Open())
	require.NoError(t, r.Check())
	r.Reply = record.Reply{By: r.By, At: r.At}
	require.False(t, r.Open())
	require.NoError(t, r.Check(), "a reply may have no text")
	for _, incomplete := range []record.Reply{{By: r.By}, {At: r.At}, {Text: private.NewText("done")}} {
		r.Reply = incomplete
		require.False(t, r.Open())
		require.Error(t, r.Check())
	}
	require.Equal(t, []string{"by", "at"}, rule.InvalidMembers(record.Reply{}.Check()))
	r.Reply = record.Reply{By: r.By, At: r.At, Text: private.NewText(strings.Repeat("x", record.MaxText+1))}
	require.Equal(t, []string{"text"}, rule.InvalidMembers(r.Check()))
}

func TestANoteAndAPaymentNeedTheirMembers(t *testing.T) {
	t.Parallel()
	note := record.Note{
		Child: record.ChildID{UUID: uuid.Max}, By: record.PersonID{UUID: uuid.Max},
		At: time.Unix(0, 0), Text: private.NewText("Rang the school"),
	}
	require.NoError(t, note.Check(), "whoever stores a note gives it an id")
	require.ErrorContains(t, record.Note{}.Check(), "child must be")
	payment := record.Payment{
		Child: note.Child, Term: term.MustParse("SPRING 2026"), Establishment: record.EstablishmentID{UUID: uuid.Max},
		Pence: 1, PaidOn: civil.MustParse("2026-02-10"),
	}
	require.NoError(t, payment.Check())
	for _, pence := range []int{0, -1} {
		payment.Pence = pence
		require.Equal(t, "pence", rule.InvalidMember(payment.Check()))
	}
	for _, member := range []string{"child", "term", "establishment", "pence", "paidOn"} {
		require.ErrorContains(t, record.Payment{}.Check(), member+" must be")
	}
}
