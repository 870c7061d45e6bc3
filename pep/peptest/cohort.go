package peptest

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Cohort invents children of every age with their schools, social workers and plans. The
// same seed gives the same cohort. It is not safe for concurrent use.
type Cohort struct {
	t       TB
	dice    *rand.Rand
	schools []record.Establishment
	workers []record.PersonID
}

// NewCohort returns the cohort for a seed, with the given number of schools, but at
// least one. The last tenth of the schools are in another authority's area or have
// no DfE number on record. There is one social worker for every two schools.
func NewCohort(t TB, seed uint64, schools int) *Cohort {
	c := &Cohort{t: t, dice: rand.New(rand.NewPCG(seed, 0))}
	for n := range max(1, schools) {
		e := School()
		e.ID = record.EstablishmentID{UUID: id(5, n)}
		e.Name, e.DfENumber, e.Type = fmt.Sprintf("Invented School %d", n+1), fmt.Sprintf("888/%04d", 2000+n%8000), c.kind()
		switch {
		case n*20 >= schools*19 && n > 0:
			e.DfENumber = ""
		case n*10 >= schools*9 && n > 0:
			e.DfENumber = "890" + e.DfENumber[3:]
		}
		c.schools = append(c.schools, e)
		if n%2 == 0 {
			c.workers = append(c.workers, record.PersonID{UUID: id(7, n)})
		}
	}
	return c
}

func (c *Cohort) kind() forms.GIAS {
	kinds := [...]forms.GIAS{forms.CommunitySchool, forms.AcademyConverter, forms.VoluntaryAidedSchool, forms.CommunitySpecial, forms.Independent}
	return kinds[c.dice.IntN(len(kinds))]
}

// Schools returns the schools.
func (c *Cohort) Schools() []record.Establishment { return c.schools }

// Teachers returns the designated teachers, one for each school.
func (c *Cohort) Teachers() (all []record.Contributor) {
	for n := range c.schools {
		all = append(all, c.teacher(n))
	}
	return all
}

func (c *Cohort) teacher(n int) record.Contributor {
	t := Teacher()
	t.ID, t.Establishment = record.ContributorID{UUID: id(6, n)}, c.schools[n].ID
	return t
}

// in returns true in the given percentage of cases.
func (c *Cohort) in(percent int) bool { return c.dice.IntN(100) < percent }

// Child returns the next child. Most are in care with no recorded end. Some are another
// authority's, on short breaks, out of care again, in no school or too young.
func (c *Cohort) Child() record.Child {
	var u uuid.UUID
	binary.BigEndian.PutUint64(u[:], c.dice.Uint64())
	binary.BigEndian.PutUint64(u[8:], c.dice.Uint64())
	born := civil.MustParse("2007-09-01").AddDays(c.dice.IntN(17 * 365))
	child := record.Child{
		ID: record.ChildID{UUID: u}, Born: private.NewDate(born),
		SUNumber: private.NewText(fmt.Sprintf("S%08d", c.dice.IntN(1e8))), Name: private.NewText("Invented Child"),
		Worker: c.workers[c.dice.IntN(len(c.workers))],
	}
	from := civil.MustParse("2024-01-01").AddDays(c.dice.IntN(900))
	if from.Before(born) {
		from = born
	}
	stay := record.Episode{Span: record.Span{From: from}, ShortBreak: c.in(4)}
	if c.in(15) {
		stay.To = from.AddDays(1 + c.dice.IntN(500))
	}
	if c.in(4) {
		stay.Authority = "890"
	}
	if child.Care.Episodes = []record.Episode{stay}; c.in(3) {
		child.Care = record.Care{Throughout: true}
	}
	if c.in(5) {
		return child
	}
	at := record.Education{Span: record.Span{From: born.AddDays(700)}, Kind: record.School, Establishment: c.schools[c.dice.IntN(len(c.schools))].ID}
	if c.in(30) {
		at.Kind = record.Nursery
	}
	child.Education = []record.Education{at}
	return child
}

// story makes up the history of one child's plans.
type story struct {
	*Cohort
	child  record.Child
	school *record.Establishment
	who    *record.Contributor
	plans  []*pep.PEP
	p      *pep.PEP // the current plan
}

// Plans returns the plans of a child for the terms, in order, with every event pending.
// It leaves out any step that the rules refuse.
func (c *Cohort) Plans(child record.Child, terms ...term.Term) []*pep.PEP {
	s := &story{Cohort: c, child: child}
	for n := range c.schools {
		if len(child.Education) > 0 && c.schools[n].ID == child.Education[0].Establishment {
			who := c.teacher(n)
			s.school, s.who = &c.schools[n], &who
		}
	}
	for n, t := range terms {
		var of uuid.UUID
		copy(of[:], child.ID.UUID[:])
		of[15] ^= byte(n + 1)
		s.term(pep.ID{UUID: of}, t)
	}
	return s.plans
}

// term makes up one term. It carries forward the unreturned plans, if the rules allow
// it, and finishes most of the returned plans. Then it usually starts a new plan.
func (s *story) term(id pep.ID, t term.Term) {
	first := pep.Lancashire().Calendar().First(t)
	for _, p := range s.plans {
		if s.p = p; p.Stage() <= pep.Delegated {
			s.do(pep.System, first.AddDays(20), pep.CarryForward{})
		} else if p.Stage().Open() && !s.in(15) {
			s.finish(first.AddDays(10), t)
		}
	}
	if s.in(6) {
		return
	}
	s.p = pep.New(id)
	day := first.AddDays(20 + s.dice.IntN(40))
	if from := s.entered(); from.After(first) && pep.Lancashire().Calendar().Contains(t, from) {
		day = from.AddDays(s.dice.IntN(8)) // new to care
	}
	meeting := day.AddDays(s.dice.IntN(21))
	if !s.do(pep.SocialWorker, day, pep.StartInitial{Meeting: meeting}) && !s.do(pep.BusinessSupport, day, pep.StartSubsequent{Meeting: meeting}) {
		return
	}
	s.plans = append(s.plans, s.p)
	s.play(day, t)
}

// entered returns the first day in care, or zero for a child who has been in care
// throughout.
func (s *story) entered() civil.Date {
	if s.child.Care.Throughout {
		return civil.Date{}
	}
	return s.child.Care.Episodes[0].From
}

// play takes a plan forward from its start, and stops at a random step.
func (s *story) play(day civil.Date, t term.Term) {
	steps := []func() bool{
		func() bool { return s.fill(day, forms.SocialWorkerSections) },
		func() bool { return !s.in(2) },
		func() bool { return s.delegate(day) },
		func() bool { return s.give(day) },
		func() bool { day = s.p.Due().AddDays(s.dice.IntN(22) - 14); return s.giveBack(&day) },
		func() bool { return !s.in(3) },
		func() bool { return s.reassign(day, t) },
		func() bool { return !s.in(3) },
		func() bool { return s.grade(day) },
		func() bool { return s.do(pep.BusinessSupport, day.AddDays(3), pep.Finalise{}) },
		func() bool { return s.later(day.AddDays(5)) },
	}
	if s.school == nil {
		steps = append([]func() bool{func() bool { return s.fill(day, forms.TemplateOf(s.p.Type()).Len()) }}, steps[6:]...)
	}
	for _, step := range steps {
		if !step() {
			return
		}
	}
}

// fill answers the first sections. In some of them, every box holds N/A.
func (s *story) fill(day civil.Date, sections int) bool {
	for n := range sections {
		text := "yes"
		if s.in(10) {
			text = "N/A"
		}
		if !s.do(pep.SocialWorker, day, pep.Answer{Section: n + 1, Answers: forms.TemplateOf(s.p.Type()).AnswerAll(n+1, text)}) {
			return false
		}
	}
	return true
}

func (s *story) delegate(day civil.Date) bool {
	d := pep.Delegate{All: true}
	if s.in(10) {
		d.Due = day.AddDays(5 + s.dice.IntN(30))
	}
	return s.do(pep.SocialWorker, day, d)
}

// give has the teacher complete the sections. Some plans are retracted, and some
// stay with the teacher.
func (s *story) give(day civil.Date) bool {
	if s.in(2) {
		return s.do(pep.SocialWorker, day, pep.Retract{ConfirmedWithSetting: true, Reason: why}) && false
	}
	for n := range forms.TemplateOf(s.p.Type()).Len() {
		answers := forms.TemplateOf(s.p.Type()).AnswerAll(n+1, "yes")
		if !s.do(pep.DesignatedTeacher, day, pep.SaveContribution{Section: n + 1, Answers: answers}) {
			return false
		}
	}
	return !s.in(4)
}

// The same reason is given in every step that needs one.
var why = private.NewText("because")

// giveBack has the teacher submit the plan, on the given day or on the day of its
// delegation, whichever is later. A few plans are re-delegated and submitted once more.
func (s *story) giveBack(day *civil.Date) bool {
	if delegated := s.p.Snapshot().Delegated; day.Before(delegated) {
		*day = delegated
	}
	if !s.do(pep.DesignatedTeacher, *day, pep.SubmitContribution{}) || !s.in(10) {
		return true
	}
	again := s.do(pep.SocialWorker, *day, pep.Activate{}) && s.do(pep.SocialWorker, *day, pep.Redelegate{Comments: why})
	*day = day.AddDays(6)
	return again && !s.in(30) && s.do(pep.DesignatedTeacher, *day, pep.SubmitContribution{})
}

func (s *story) reassign(day civil.Date, t term.Term) bool {
	next := pep.Lancashire().Calendar().First(t.Next()).AddDays(35)
	comment := pep.Lancashire().Delegation(day).FormatAssignment(s.p.Term(), next)
	return s.do(pep.SocialWorker, day.AddDays(1), pep.Reassign{Comment: private.NewText(comment)})
}

// grade sends half of the plans for grading.
func (s *story) grade(day civil.Date) bool {
	if s.in(50) {
		return true
	}
	s.do(pep.BusinessSupport, day.AddDays(2), pep.SendForGrading{Reason: why})
	if s.in(4) {
		return false
	}
	grades := [...]pep.Grade{pep.Red, pep.Amber, pep.Amber, pep.Green, pep.Green, pep.Green}
	return s.do(pep.VirtualSchoolConsultant, day.AddDays(2), pep.AwardGrade{Grade: grades[s.dice.IntN(len(grades))], Feedback: why})
}

// finish takes a returned plan to its end, whatever its stage.
func (s *story) finish(day civil.Date, t term.Term) {
	s.reassign(day, t)
	if s.p.Snapshot().Grade == pep.Red {
		s.do(pep.BusinessSupport, day.AddDays(2), pep.SendForGrading{Reason: why})
	}
	s.do(pep.VirtualSchoolConsultant, day.AddDays(3), pep.AwardGrade{Grade: pep.Amber, Feedback: why})
	s.do(pep.BusinessSupport, day.AddDays(4), pep.Finalise{})
}

// later revises, reopens or deletes a few finalised plans.
func (s *story) later(day civil.Date) bool {
	switch s.dice.IntN(30) {
	case 0:
		return s.do(pep.BusinessSupport, day, pep.Revise{Reason: why})
	case 1:
		return s.do(pep.ServiceDesk, day, pep.Reopen{Reason: why})
	case 2:
		return s.do(pep.ServiceDesk, day, pep.Delete{Reason: why})
	case 3:
		return s.do(pep.BusinessSupport, day, pep.Revise{Reason: why}) && s.do(pep.BusinessSupport, day, pep.Cease{On: day})
	}
	return true
}

// do takes an action at noon on a day, and reports whether the rules allowed it.
func (s *story) do(role pep.Role, day civil.Date, a pep.Action) bool {
	by := Actor(role)
	act := &pep.Act{
		By: by.ID, Role: role, On: day, At: time.Date(day.Year(), day.Month(), day.Day(), 12, 0, 0, 0, time.UTC), Policy: pep.Lancashire(),
		Facts: pep.Facts{Child: s.child, Establishment: s.school, Contributor: s.who},
	}
	if role == pep.DesignatedTeacher && s.who != nil {
		act.Contributor = s.who.ID
	}
	for _, other := range s.plans {
		if state := other.Snapshot(); state.ID != s.p.ID() {
			act.Facts.AddPlan(&state)
		}
	}
	err := s.p.Do(act, a)
	if err != nil && !errors.As(err, new(*rule.Refusal)) {
		s.t.Fatalf("peptest: %v", err)
	}
	return err == nil
}
