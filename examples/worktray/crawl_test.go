package main

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/examples/termcycle/story"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
)

// shows returns the children whose names a person may read on the morning of the default
// day.
func (w *world) shows(t *testing.T, p *person) map[string]bool {
	t.Helper()
	children, err := story.Children()
	require.NoError(t, err)
	theirs := map[record.ChildID]bool{}
	views, err := (&call{site: w.site, me: p}).plansOf(t.Context(), everything())
	require.NoError(t, err)
	for _, v := range views {
		theirs[v.Plan.Child()] = p.Role != pep.SocialWorker && p.Role != pep.DesignatedTeacher && p.Role != pep.IndependentReviewingOfficer
		if p.Role == pep.DesignatedTeacher {
			s := v.Plan.Snapshot()
			theirs[v.Plan.Child()] = s.Stage == pep.Delegated && s.Contributor == p.Contributor
		}
	}
	names := map[string]bool{}
	for i, child := range children {
		group := roles(pep.BusinessSupport, pep.VirtualSchoolConsultant, pep.VirtualSchoolHead).Has(p.Role)
		worker := p.Role == pep.SocialWorker && (i%4 == 3) == (p.ID == w.people.second.ID)
		names[child.Name.Reveal(private.Showing)] = group || worker || theirs[child.ID] || p.Role == pep.IndependentReviewingOfficer && i%2 == 0
	}
	return names
}

// The test follows every link from the start page of each person. Every page must exist, be
// well formed, and name only children whom the person may see.
func TestEveryPageOfEveryRole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.ask(t, record.DeletePlan, pep.ID{})
	worker, v := w.as(t, sw), w.can(t, sw, pep.VerbAttach)
	at := "/plan/" + v.Plan.ID().String() + "/documents"
	require.Equal(t, at+"?done=attach", worker.upload(at, worker.get(at).form(t, at, nil), "report.pdf", strings.NewReader("%PDF-")).where)
	at = "/child/" + v.Plan.Child().String() + "/note"
	require.Equal(t, http.StatusSeeOther, worker.fill(at, why("text")).status)
	children, err := story.Children()
	require.NoError(t, err)
	var all []string
	for _, child := range children {
		all = append(all, strings.Fields(child.Name.Reveal(private.Showing))...)
	}
	ids := regexp.MustCompile("[0-9a-f]{8}-[-0-9a-f]+")
	named, total := regexp.MustCompile("(?i)"+strings.Join(all, "|")), 0
	for _, p := range w.people.all {
		names := w.shows(t, p)
		b, seen, shapes, next := w.as(t, p.Key), map[string]bool{}, map[string]int{}, []string{"/"}
		for len(next) > 0 {
			path := next[0]
			next = next[1:]
			shape := ids.ReplaceAllString(path, "*")
			if seen[path] || shapes[shape] == crawled {
				continue
			}
			seen[path], shapes[shape] = true, shapes[shape]+1
			page := b.get(path)
			require.Equal(t, http.StatusOK, page.status, "%s of %s", path, p.Key)
			for name, shown := range names {
				require.True(t, shown || !strings.Contains(page.body, name), "%s of %s names a child of another", path, p.Key)
			}
			for _, link := range page.links {
				require.NotRegexp(t, named, link, "a link of %s names somebody", path)
				at, _, _ := strings.Cut(path, "?")
				if strings.HasPrefix(link, "?") {
					if path != at {
						continue // the terms go on for ever
					}
					link = at + link
				}
				if strings.HasPrefix(link, "/") {
					next = append(next, link)
				}
			}
		}
		t.Logf("%s: %d pages", p.Key, len(seen))
		total += len(seen)
	}
	require.Greater(t, total, 500)
	require.NotContains(t, w.log.String(), "level=ERROR")
}
