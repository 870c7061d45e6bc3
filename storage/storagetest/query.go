package storagetest

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// queryRows returns the cases of Reader.Plans.
func queryRows() []row {
	return []row{
		{name: "P21 a query selects the plans that its members describe, in order", run: selects},
		{name: "P21 the pages of a list add up to the whole list", run: pages},
		{name: "P21 a list shows each plan as it was last saved", run: follows},
		{name: "P21 plans with the same meeting date come by id", run: byID},
		{name: "P22 a query without a scope is refused", run: noScope},
		{name: "P22 a limit below zero is refused", run: noLimit},
		{name: "P23 a loop over plans may be left early", run: leavePlans},
		{name: "P24 the reader may be used in a loop over plans", run: readInLoop},
		{name: "P24 a transaction may be used in a loop over plans", run: writeInLoop},
		{name: "P25 a list ends after its error", run: endsAfterError},
	}
}

// caseload saves plans at every stage and in several terms, reads them again and
// returns them in the order that the contract requires.
func (e *env) caseload() []*pep.PEP {
	e.Helper()
	meetings := []string{"2026-01-20", "2026-02-10", "2026-02-10", "2026-04-02", "2026-09-14"}
	school := e.plan("shared school").School
	var plans []*pep.PEP
	for stage := range pep.AllStages() {
		for n, meeting := range meetings {
			j := e.plan(fmt.Sprint(stage, n))
			if n%2 == 0 {
				j.School, j.Teacher.Establishment = school, school.ID
			}
			if n == 2 {
				j.Teacher.ID = e.sharedTeacher()
			}
			j.Wait(time.Duration(n) * 20 * 24 * time.Hour) // so that the meeting date is allowed (TERM-8)
			j.Start(civil.MustParse(meeting))
			if n == 1 && stage == pep.Delegated { // this plan is due later than plans with a later meeting
				j.Answer("as known", 1, 2).Do(pep.Delegate{All: true, Due: civil.MustParse("2026-05-30")})
			}
			if n == 4 && stage == pep.Checking {
				j.To(pep.Grading).Do(pep.AwardGrade{Grade: pep.Green})
			}
			require.NoError(e, e.trySave(j.To(stage).Plan))
			plans = append(plans, e.load(j.Plan.ID()))
		}
	}
	slices.SortFunc(plans, inOrder)
	return plans
}

// sharedTeacher returns a contributor at the shared school who has one plan at
// each stage.
func (e *env) sharedTeacher() record.ContributorID { return e.plan("shared school").Teacher.ID }

// inOrder compares plans by meeting date and then by id, byte by byte.
func inOrder(a, b *pep.PEP) int {
	if a.Meeting() != b.Meeting() {
		if a.Meeting().Before(b.Meeting()) {
			return -1
		}
		return 1
	}
	x, y := a.ID(), b.ID()
	return bytes.Compare(x.UUID[:], y.UUID[:])
}

// asked is part of a query, and the condition that it puts on a plan.
type asked struct {
	name string
	set  func(*storage.Query)
	is   func(*pep.Snapshot) bool
}

// scopes returns scopes for a query. The function members returns the other members of
// a query, one by one.
func scopes(e *env) []asked {
	children := []record.ChildID{e.plan("draft1").Child.ID, e.plan("finalised3").Child.ID, e.plan("grading0").Child.ID}
	var many []record.ChildID
	for stage := range pep.AllStages() {
		for n := range 3 {
			many = append(many, e.plan(fmt.Sprint(stage, n)).Child.ID)
		}
	}
	school := e.plan("shared school").School.ID
	all := []asked{
		{"everything", func(q *storage.Query) { q.Scope = storage.Everything() }, func(*pep.Snapshot) bool { return true }},
		{"caseload", func(q *storage.Query) { q.Scope = storage.Caseload(children...) },
			func(s *pep.Snapshot) bool { return slices.Contains(children, s.Child) }},
		{"large caseload", func(q *storage.Query) { q.Scope = storage.Caseload(append(many, many...)...) },
			func(s *pep.Snapshot) bool { return slices.Contains(many, s.Child) }},
		{"empty caseload", func(q *storage.Query) { q.Scope = storage.Caseload() }, func(*pep.Snapshot) bool { return false }},
		{"school", func(q *storage.Query) { q.Scope = storage.Establishment(school) },
			func(s *pep.Snapshot) bool { return s.Establishment == school }},
	}
	trays := map[pep.Tray][]pep.Stage{
		pep.SocialWorkerTray: {pep.Draft, pep.Returned}, pep.EstablishmentTray: {pep.Delegated},
		pep.BusinessSupportTray: {pep.Checking}, pep.ConsultantsTray: {pep.Grading},
		0: {pep.Finalised, pep.Cancelled, pep.Deleted},
	}
	for tray, stages := range trays {
		all = append(all, asked{"tray " + tray.String(), func(q *storage.Query) { q.Scope = storage.Tray(tray) },
			func(s *pep.Snapshot) bool { return slices.Contains(stages, s.Stage) }})
	}
	return all
}

func members(e *env) []asked {
	teachers := map[string]record.ContributorID{
		"contributor with several plans": e.sharedTeacher(), "contributor with one plan": e.plan("returned1").Teacher.ID, "contributor without a plan": {UUID: uuid.Max},
	}
	day := civil.MustParse
	spring := term.New(term.Spring, 2026)
	between := func(d civil.Date, from, to string) bool {
		return d.String() >= from && (to == "" || d.String() < to) && !d.IsZero()
	}
	span := func(from, to string) record.Span {
		s := record.Span{}
		if from != "" {
			s.From = day(from)
		}
		if to != "" {
			s.To = day(to)
		}
		return s
	}
	all := []asked{
		{"anything", func(*storage.Query) {}, func(*pep.Snapshot) bool { return true }},
		{"term", func(q *storage.Query) { q.Term = spring }, func(s *pep.Snapshot) bool { return s.Term.String() == "SPRING 2026" }},
		{"stage", func(q *storage.Query) { q.Stages = []pep.Stage{pep.Grading} },
			func(s *pep.Snapshot) bool { return s.Stage == pep.Grading }},
		{"stages", func(q *storage.Query) { q.Stages = []pep.Stage{pep.Deleted, pep.Draft, pep.Draft, pep.Delegated} },
			func(s *pep.Snapshot) bool {
				return s.Stage == pep.Deleted || s.Stage == pep.Draft || s.Stage == pep.Delegated
			}},
		{"graded", func(q *storage.Query) { q.Graded = true }, func(s *pep.Snapshot) bool { return s.Grade.String() != "" }},
	}
	for _, s := range [][2]string{{"2026-02-10", "2026-02-11"}, {"2026-02-10", "2026-02-10"}, {"", "2026-02-10"}, {"2026-02-11", ""}, {"2026-01-20", "2026-09-14"}} {
		all = append(all, asked{"meeting " + s[0] + " to " + s[1], func(q *storage.Query) { q.Meeting = span(s[0], s[1]) },
			func(p *pep.Snapshot) bool { return between(p.Meeting, s[0], s[1]) }})
	}
	for _, s := range [][2]string{{"2026-02-24", "2026-02-25"}, {"", "2026-03-01"}, {"2026-02-25", ""}, {"2026-02-24", "2026-02-24"}, {"2020-01-01", "2030-01-01"}} {
		all = append(all, asked{"due " + s[0] + " to " + s[1], func(q *storage.Query) { q.Due = span(s[0], s[1]) },
			func(p *pep.Snapshot) bool { return between(p.Due, s[0], s[1]) }})
	}
	for _, name := range slices.Sorted(maps.Keys(teachers)) {
		teacher := teachers[name]
		all = append(all, asked{name, func(q *storage.Query) { q.Contributor = teacher },
			func(p *pep.Snapshot) bool { return p.Contributor == teacher }})
	}
	return all
}

// questions calls fn with every scope combined with every pair of members.
func questions(e *env, fn func(name string, q storage.Query, is func(*pep.Snapshot) bool)) {
	all := members(e)
	for _, scope := range scopes(e) {
		for i, a := range all {
			for _, b := range all[i:] {
				var q storage.Query
				scope.set(&q)
				a.set(&q)
				b.set(&q)
				two := asked{}
				two.is = func(s *pep.Snapshot) bool { return scope.is(s) && a.is(s) && b.is(s) }
				if sameMember(a.name, b.name) {
					two.is = func(s *pep.Snapshot) bool { return scope.is(s) && b.is(s) }
				}
				fn(scope.name+", "+a.name+", "+b.name, q, two.is)
			}
		}
	}
}

// sameMember reports whether a and b set the same member, so that b replaces a.
func sameMember(a, b string) bool { return len(a) > 2 && len(b) > 2 && a[:3] == b[:3] }

func wanted(plans []*pep.PEP, is func(*pep.Snapshot) bool) (names []string) {
	for _, p := range plans {
		if s := p.Snapshot(); is(&s) {
			names = append(names, p.ID().String())
		}
	}
	return names
}

func selects(e *env) {
	plans := e.caseload()
	n := 0
	e.view(func(r storage.Reader) {
		questions(e, func(name string, q storage.Query, is func(*pep.Snapshot) bool) {
			got := collect(e, r.Plans(e.ctx, q))
			want := wanted(plans, is)
			require.Equal(e, want, wanted(got, func(*pep.Snapshot) bool { return true }), name)
			n += len(want)
		})
	})
	require.Greater(e, n, 1000, "the queries select too few plans to prove anything")
}

func pages(e *env) {
	plans := e.caseload()
	e.view(func(r storage.Reader) {
		questions(e, func(name string, q storage.Query, is func(*pep.Snapshot) bool) {
			want := wanted(plans, is)
			for _, size := range []int{3, 7} {
				q.After, q.Limit = storage.Place{}, size
				var got []string
				for range len(want) + 2 {
					page := collect(e, r.Plans(e.ctx, q))
					require.LessOrEqual(e, len(page), size, name)
					if len(page) == 0 {
						break
					}
					q.After = storage.PlaceOf(page[len(page)-1])
					got = append(got, wanted(page, func(*pep.Snapshot) bool { return true })...)
				}
				require.Equal(e, want, got, name)
			}
		})
	})
}

func follows(e *env) {
	j := e.save(e.plan("a").To(pep.Draft))
	in := func(scope storage.Scope, q storage.Query) int { q.Scope = scope; return len(e.list(q)) }
	has := func(tray pep.Tray, stage pep.Stage) {
		e.Helper()
		for other := range pep.AllStages() {
			want := 0
			if other == stage {
				want = 1
			}
			require.Equal(e, want, in(storage.Everything(), storage.Query{Stages: []pep.Stage{other}}), other)
		}
		require.Equal(e, 1, in(storage.Tray(tray), storage.Query{}))
	}
	has(pep.SocialWorkerTray, pep.Draft)
	old := j.School.ID
	j.School.ID.UUID = journey.ID("a", "new school")
	j.Teacher.Establishment = j.School.ID
	e.save(j.To(pep.Delegated))
	has(pep.EstablishmentTray, pep.Delegated)
	require.Equal(e, 0, in(storage.Establishment(old), storage.Query{}))
	require.Equal(e, 1, in(storage.Establishment(j.School.ID), storage.Query{}))
	first := j.Teacher.ID
	j.Teacher.ID.UUID = journey.ID("a", "deputy")
	require.Equal(e, 1, in(storage.Everything(), storage.Query{Contributor: first}))
	e.save(j.Do(pep.ChangeContributor{}))
	require.Equal(e, 0, in(storage.Everything(), storage.Query{Contributor: first}))
	require.Equal(e, 1, in(storage.Everything(), storage.Query{Contributor: j.Teacher.ID}))
	due := storage.Query{Due: record.Span{From: civil.MustParse("2026-02-24"), To: civil.MustParse("2026-02-25")}}
	require.Equal(e, 1, in(storage.Everything(), due))
	e.save(j.Do(pep.RescheduleMeeting{Meeting: civil.MustParse("2026-04-20")}))
	require.Equal(e, 0, in(storage.Everything(), due))
	require.Equal(e, 0, in(storage.Everything(), storage.Query{Term: term.New(term.Spring, 2026)}))
	require.Equal(e, 1, in(storage.Everything(), storage.Query{Term: term.New(term.Summer, 2026)}))
	require.Equal(e, 0, in(storage.Everything(), storage.Query{Meeting: record.Span{To: civil.MustParse("2026-04-20")}}))
	e.save(j.Do(pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("moved")}))
	has(pep.SocialWorkerTray, pep.Draft)
	require.Equal(e, 0, in(storage.Everything(), storage.Query{Contributor: j.Teacher.ID}))
	require.Equal(e, 0, in(storage.Everything(), storage.Query{Due: record.Span{From: civil.MustParse("2000-01-01")}}))
	e.save(j.To(pep.Finalised))
	has(0, pep.Finalised)
}

func byID(e *env) {
	for n, id := range sharp() {
		j := e.plan(fmt.Sprint(n))
		j.Plan = pep.New(pep.ID{UUID: id})
		e.save(j.To([]pep.Stage{pep.Draft, pep.Delegated, pep.Returned}[n%3]))
	}
	var got []uuid.UUID
	for after := (storage.Place{}); len(got) <= len(sharp()); {
		page := e.list(storage.Query{Scope: storage.Everything(), Stages: []pep.Stage{pep.Draft, pep.Delegated, pep.Returned}, After: after, Limit: 1})
		if len(page) == 0 {
			break
		}
		got, after = append(got, page[0].ID().UUID), storage.PlaceOf(page[0])
	}
	require.Equal(e, sharp(), got)
}

func noScope(e *env) {
	refused(e, storage.Query{Term: term.New(term.Spring, 2026)}, "scope")
	for _, s := range []storage.Scope{storage.OnePlan(e.plan("a").Plan.ID()), storage.Person(record.PersonID{UUID: uuid.Max})} {
		e.view(func(r storage.Reader) {
			_, err := gather(e, r.Plans(e.ctx, storage.Query{Scope: s}))
			e.invalid("scope", err)
		})
	}
}

func noLimit(e *env) { refused(e, storage.Query{Scope: storage.Everything(), Limit: -1}, "limit") }

func refused(e *env, q storage.Query, member string) {
	e.Helper()
	e.save(e.plan("a").To(pep.Draft))
	e.view(func(r storage.Reader) {
		found, err := gather(e, r.Plans(e.ctx, q))
		require.Equal(e, member, rule.InvalidMember(err))
		require.Empty(e, found)
	})
}

func leavePlans(e *env) {
	plans := e.caseload()
	for range 20 {
		e.view(func(r storage.Reader) {
			for range 3 {
				for p, err := range r.Plans(e.ctx, storage.Query{Scope: storage.Everything()}) {
					require.NoError(e, err)
					e.samePlan(plans[0], p)
					break
				}
			}
			e.samePlan(plans[5], e.planIn(r, plans[5].ID()))
		})
	}
	e.save(e.plan("new").To(pep.Draft))
}

func readInLoop(e *env) {
	plans := e.caseload()
	e.view(func(r storage.Reader) {
		n := 0
		for p, err := range r.Plans(e.ctx, storage.Query{Scope: storage.Everything()}) {
			require.NoError(e, err)
			e.samePlan(plans[n], p)
			e.samePlan(p, e.planIn(r, p.ID()))
			require.Len(e, collect(e, r.History(e.ctx, p.ID())), int(p.Version()))
			require.Len(e, collect(e, r.Plans(e.ctx, storage.Query{Scope: storage.Caseload(p.Child())})), 1)
			_, err = r.Answers(e.ctx, p.ID(), 1, 1)
			require.NoError(e, err)
			n++
		}
		require.Equal(e, len(plans), n)
	})
}

func writeInLoop(e *env) {
	e.caseload()
	seen := map[pep.ID]int64{}
	e.update(func(tx storage.Tx) {
		for p, err := range tx.Plans(e.ctx, storage.Query{Scope: storage.Everything(), Stages: []pep.Stage{pep.Draft}}) {
			require.NoError(e, err)
			require.LessOrEqual(e, len(seen), 5, "the loop does not end")
			if _, again := seen[p.ID()]; again {
				continue
			}
			j := e.plan("a").With(e.planIn(tx, p.ID()))
			j.Child.ID = p.Child()
			e.save2(tx, j.Answer("in the loop", 1))
			seen[p.ID()] = j.Plan.Version()
		}
	})
	require.Len(e, seen, 5)
	for id, version := range seen {
		require.Equal(e, version, e.load(id).Version())
	}
}

func endsAfterError(e *env) {
	e.save(e.plan("a").To(pep.Draft))
	e.view(func(r storage.Reader) {
		n := 0
		for p, err := range r.Plans(e.ctx, storage.Query{}) {
			require.Error(e, err)
			require.Nil(e, p)
			n++
			require.LessOrEqual(e, n, 1)
		}
		require.Equal(e, 1, n)
	})
}
