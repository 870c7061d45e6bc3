package lockstep

import (
	"cmp"
	"slices"
	"strconv"

	"pgregory.net/rapid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// done is the result of a command.
type done struct {
	What     storage.Outcome
	How      verdict
	Observed []workflow.Observation
}

// do issues a command on every side, and then compares the plan and the outcome of
// the command. It reports whether the command was carried out.
func (w *walk) do(c workflow.Command) bool {
	w.tally.Steps++
	verb := verbOf(c.Do)
	d := w.give("command "+verb.String(), c, func(s *side) *workflow.Service { return s.service })
	w.tally.move(verb, d.How.Kind != "")
	if d.How.Kind == "" {
		w.given, w.changed = append(w.given, c), true
		if !slices.Contains(w.plans, d.What.Plan) {
			w.plans = append(w.plans, d.What.Plan)
		}
	}
	for _, id := range slices.Compact([]pep.ID{c.Plan, d.What.Plan}) {
		if !id.IsZero() {
			w.content(id, lately)
		}
	}
	w.outcome(c.Key)
	return d.How.Kind == ""
}

// fresh issues a new command on a plan in its present state, and counts it under its
// cell of the workflow.
func (w *walk) fresh(c workflow.Command) bool {
	cell := Cell{Verb: c.Do.Verb(), Role: c.By.Role}
	if w.known(c.Plan) {
		cell.Stage = w.plan(c.Plan).Stage
	}
	w.tally.cell(cell)
	return w.do(c)
}

// give sends a command to one service on each side.
func (w *walk) give(what string, c workflow.Command, by func(*side) *workflow.Service) done {
	return each(w, what, func(s *side) done {
		o, err := by(s).Do(w.ctx, c)
		w.sound(s, what, err)
		return done{o, judge(err), s.observed()}
	})
}

func verbOf(a pep.Action) pep.Verb {
	if a == nil {
		return 0
	}
	return a.Verb()
}

// command returns a new command on a plan in its present state. The id is zero if the
// command starts a plan.
func (w *walk) command(by workflow.Actor, id pep.ID, do pep.Action) workflow.Command {
	c := workflow.Command{Key: w.key(), By: by, Plan: id, Do: do}
	if slices.Contains(w.plans, id) {
		c.Seen = w.plan(id).Version
	}
	return c
}

// key returns a new key. Some keys differ only in details that a careless store
// would ignore.
func (w *walk) key() storage.Key {
	n := len(w.keys)
	odd := rapid.SampledFrom([]string{"", "", "k", "K", " ", "\x00", "é", "e\u0301", "\xff", "😀", "'"}).Draw(w.T, "key")
	key := storage.Key(strconv.Itoa(n/3) + odd)
	if w.keys[key] {
		key = storage.Key(strconv.Itoa(n) + " of its own")
	}
	w.keys[key] = true
	return key
}

// latest returns the child's plan that was started last, or the zero id if the
// child has no plan.
func (w *walk) latest(child record.ChildID) (id pep.ID) {
	for _, of := range w.plans {
		if w.plan(of).Child == child {
			id = of
		}
	}
	return id
}

// offered takes a few actions that the workflow allows on a child's plan.
func (w *walk) offered(*rapid.T) {
	child := rapid.SampledFrom(often[:]).Draw(w.T, "child")
	for range rapid.SampledFrom([]int{1, 4, 8, 12, 16}).Draw(w.T, "moves") {
		id := w.latest(child)
		o := w.offer(child, id)
		if isStart(o.verb) {
			id = pep.ID{}
		}
		if !w.fresh(w.command(o.by, id, w.action(o.verb, child, id, true))) {
			return
		}
		if o.verb == pep.VerbCease {
			w.backInCare(child)
		}
	}
}

// offer is an action that the workflow allows, and who may take it.
type offer struct {
	by   workflow.Actor
	verb pep.Verb
}

func isStart(v pep.Verb) bool { return v == pep.VerbStartInitial || v == pep.VerbStartSubsequent }

// aside lists the actions that do not advance a plan, with their weights. They are
// taken rarely, so that plans reach the later stages.
var aside = map[pep.Verb]int{
	pep.VerbRescheduleMeeting: 1, pep.VerbAttach: 1, pep.VerbChangeContributor: 1, pep.VerbRetract: 6, pep.VerbDelete: 1,
	pep.VerbCease: 1, pep.VerbActivate: 1, pep.VerbReopen: 1, pep.VerbReturnForAmendment: 1,
}

// offer draws an action that is allowed now on a child's latest plan.
func (w *walk) offer(child record.ChildID, id pep.ID) offer {
	var offers []offer
	if id.IsZero() || w.plan(id).Stage >= pep.Finalised {
		verb := pep.VerbStartInitial
		if len(w.finalised(child)) > 0 {
			verb = pep.VerbStartSubsequent
		}
		offers = append(offers, offer{actor(w.starter(verb), teacher), verb})
	}
	if id.IsZero() {
		return offers[0]
	}
	rest := offers
	for role := range pep.AllRoles() {
		by := actor(role, cmp.Or(w.contributor(id), teacher))
		seen, err := w.sides[0].service.Look(w.ctx, by, id)
		w.sound(w.sides[0], "look", err)
		for _, o := range seen.Options {
			switch {
			case !o.Allowed() || o.Verb == pep.VerbRepin && !w.outdated(id):
			case aside[o.Verb] > 0:
				rest = append(rest, slices.Repeat([]offer{{by, o.Verb}}, aside[o.Verb])...)
			default:
				offers = append(offers, offer{by, o.Verb})
			}
		}
	}
	if len(offers) == 0 || len(rest) > 0 && rapid.IntRange(0, 11).Draw(w.T, "aside") == 11 {
		offers = append(rest, offer{actor(pep.ServiceDesk, teacher), pep.VerbReopen})
	}
	o := rapid.SampledFrom(offers).Draw(w.T, "offer")
	w.look(o.by, id)
	return o
}

// outdated reports whether a plan is still under an earlier policy.
func (w *walk) outdated(id pep.ID) bool {
	return w.plan(id).Policy != w.policies[len(w.policies)-1].Revision()
}

// look compares what an actor sees of a plan and can do with it, both for that plan
// alone and in a list of all the child's plans.
func (w *walk) look(by workflow.Actor, id pep.ID) {
	type looked struct {
		Plan pep.Snapshot
		View workflow.View
		All  []workflow.View
		How  [2]verdict
	}
	each(w, "look", func(s *side) (found looked) {
		view, err := s.service.Look(w.ctx, by, id)
		w.sound(s, "look", err)
		if found.How[0] = judge(err); err == nil {
			found.Plan, found.View = view.Plan.Snapshot(), bare(view)
			found.All, err = s.service.LookAll(w.ctx, by, storage.Query{Scope: storage.Caseload(view.Plan.Child())})
			w.sound(s, "look_all", err)
			found.How[1] = judge(err)
		}
		for i := range found.All {
			found.All[i] = bare(found.All[i])
		}
		return found
	})
}

// bare returns a view without the members that belong to one side.
func bare(v workflow.View) workflow.View {
	v.Plan, v.Policy = nil, nil
	return v
}

func (w *walk) starter(v pep.Verb) pep.Role {
	if v == pep.VerbStartInitial {
		return pep.SocialWorker
	}
	return pep.BusinessSupport
}

// finalised returns the child's plans that have a finalised revision.
func (w *walk) finalised(child record.ChildID) []pep.Snapshot {
	all := w.list(storage.Query{Scope: storage.Caseload(child)})
	return slices.DeleteFunc(all, func(p pep.Snapshot) bool { return p.Final.Revision == 0 })
}

// contributor returns the contributor to whom the plan is or would be delegated.
func (w *walk) contributor(id pep.ID) record.ContributorID {
	switch p := w.plan(id); {
	case !p.Contributor.IsZero():
		return p.Contributor
	case p.Establishment == college:
		return tutor
	case p.Establishment == centre:
		return carer
	}
	return teacher
}

// missing returns the first section that has empty boxes, or sometimes a random
// section.
func (w *walk) missing(p pep.Snapshot) int {
	template := forms.TemplateOf(p.Type)
	for n := range template.Len() {
		if !template.Complete(n+1, p.Filled[n]) && rapid.IntRange(0, 4).Draw(w.T, "in order") > 0 {
			return n + 1
		}
	}
	return rapid.IntRange(1, template.Len()).Draw(w.T, "section")
}

// notOffered issues commands with any verb, in any role, on any plan.
func (w *walk) notOffered(*rapid.T) {
	for range rapid.SampledFrom([]int{1, 4, 8}).Draw(w.T, "moves") {
		w.intrude()
	}
}

func (w *walk) intrude() {
	child := rapid.SampledFrom(append(often[:], nobody)).Draw(w.T, "child")
	id := w.any(child)
	at := rapid.SampledFrom([]record.ContributorID{teacher, deputy, tutor, noTeacher}).Draw(w.T, "teacher")
	by := actor(pep.Role(rapid.IntRange(1, int(pep.System)).Draw(w.T, "role")), at)
	give := w.fresh
	if rapid.IntRange(0, 9).Draw(w.T, "outsider") == 0 {
		by.ID, give = outsider, w.do // the case is closed to the outsider, so the command does not count for a cell
	}
	verb := rapid.SampledFrom(slices.Collect(pep.AllVerbs())).Draw(w.T, "verb")
	c := w.command(by, id, w.action(verb, child, id, false))
	if isStart(verb) {
		c.Seen = 0
		if rapid.Bool().Draw(w.T, "an id drawn") {
			c.Plan = pep.ID{}
		}
	}
	give(c)
}

// any returns the child's latest plan, another plan or an unknown id.
func (w *walk) any(child record.ChildID) pep.ID {
	if id := w.latest(child); !id.IsZero() && rapid.IntRange(0, 3).Draw(w.T, "the latest") > 0 {
		return id
	}
	unknown := pep.ID{}
	unknown.UUID[15] = 55
	return rapid.SampledFrom(append([]pep.ID{unknown}, w.plans...)).Draw(w.T, "any")
}

// stale issues a command that the workflow allows, but with a plan version that is
// not the stored version.
func (w *walk) stale(t *rapid.T) {
	child := rapid.SampledFrom(often[:]).Draw(w.T, "child")
	id := w.latest(child)
	if id.IsZero() {
		t.Skip("no plan")
	}
	o := w.offer(child, id)
	c := w.command(o.by, id, w.action(o.verb, child, id, true))
	c.Seen += rapid.SampledFrom([]int64{-1, 1, -2, 1 << 40}).Draw(w.T, "off by")
	w.do(c)
}

// again repeats a command, either unchanged or changed in one respect.
func (w *walk) again(t *rapid.T) {
	if len(w.given) == 0 {
		t.Skip("no command was given yet")
	}
	c := rapid.SampledFrom(w.given).Draw(w.T, "again")
	switch rapid.IntRange(0, 6).Draw(w.T, "changed") {
	case 1:
		c.By.ID.UUID[3]++
	case 2:
		c.By.For.UUID[3]++
	case 3:
		c.Do = pep.Attach{Name: w.text("text"), Size: 1}
		c.Plan, c.Seen = w.any(year7), max(c.Seen, 1)
	case 4:
		if !isStart(c.Do.Verb()) {
			c.Seen++
		} else {
			c.Plan.UUID[9]++
		}
	case 5:
		c.Do = pep.StartInitial{Child: year4, Meeting: w.meeting()}
		c.Seen, c.Plan = 0, pep.ID{}
	case 6:
		c.Key += " "
	}
	w.do(c)
}

// unusable issues a malformed command.
func (w *walk) unusable(*rapid.T) {
	child := rapid.SampledFrom(often[:]).Draw(w.T, "child")
	id := w.any(child)
	c := w.command(actor(pep.SocialWorker, teacher), id, pep.Attach{Name: w.text("name"), Size: 1})
	switch rapid.IntRange(0, 7).Draw(w.T, "unusable") {
	case 0:
		c.Key = ""
	case 1:
		c.Key = storage.Key(make([]byte, 201))
	case 2:
		c.Do = nil
	case 3:
		c.By.ID = record.PersonID{}
	case 4:
		c.By.Role = 0
	case 5:
		c.Seen = -1
	case 6:
		c.Plan = pep.ID{}
	case 7:
		c.Do, c.Plan, c.Seen = pep.StartInitial{Meeting: w.meeting()}, pep.ID{}, 1
	}
	w.do(c)
}

// rolledBack carries out a command in a transaction that is then rolled back.
func (w *walk) rolledBack(*rapid.T) {
	w.tally.Steps++
	child := rapid.SampledFrom(often[:]).Draw(w.T, "child")
	id := w.latest(child)
	o := w.offer(child, id)
	if isStart(o.verb) {
		id = pep.ID{}
	}
	c := w.command(o.by, id, w.action(o.verb, child, id, true))
	w.give("command rolled back", c, func(s *side) *workflow.Service { return s.service.In(&never{Plans: s.store}) })
	if !id.IsZero() {
		w.content(id, lately)
	}
	w.outcome(c.Key)
	w.changed = true
}
