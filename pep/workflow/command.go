package workflow

import (
	"context"
	"crypto/sha256"
	"errors"
	"strings"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
)

// Actor is somebody who acts or reads, in one role. The host must find out who it
// is, and must never take the role System from a request.
type Actor struct {
	ID          record.PersonID
	For         record.PersonID // the person on whose behalf they act; zero if they act for themselves
	Role        pep.Role
	Contributor record.ContributorID // a designated teacher's own contributor id; zero in any other role
}

// Check returns a *rule.Invalid for each member that is not valid. The id and the
// role are required. The contributor is required for a designated teacher and must
// be zero in any other role.
func (a Actor) Check() error {
	return errors.Join(
		rule.Need(!a.ID.IsZero(), "by", "the person who acts"),
		rule.Need(a.Role.String() != "", "role", "a role, such as social_worker"),
		rule.Need(a.Contributor.IsZero() == (a.Role != pep.DesignatedTeacher), "contributor",
			"given for a designated teacher, and left out for any other role"),
	)
}

// Command is one action that somebody asks for. It is plain data.
type Command struct {
	Key  storage.Key // required; a repeat of the same command must have the same key
	By   Actor
	Plan pep.ID     // the plan to act on; for a start, the id of the new plan, or zero to have the service generate one
	Seen int64      // the version of the plan that the actor saw; zero for a start
	Do   pep.Action // a value of one of package pep's action types, not a pointer
}

// Do carries out a command: in one transaction it reads the plan and the facts,
// decides, and saves. If the same command is given again, Do changes nothing and
// returns the outcome of the first. A command that is denied or refused stores no
// key, and is entered in the audit trail of a store that keeps one. Every error is
// an *Error, and KindOf returns its kind.
func (s *Service) Do(ctx context.Context, c Command) (storage.Outcome, error) {
	return s.do(ctx, c, nil)
}

// do carries out a command. If a file comes with the command, file is the file's
// digest, and it becomes part of the command's own digest.
func (s *Service) do(ctx context.Context, c Command, file []byte) (o storage.Outcome, err error) {
	started, verb := s.c.Now(), pep.Verb(0)
	defer func() { s.observe(ctx, verb.String(), c.By.Role, started, err) }()
	digest, known := c.digest()
	if file != nil {
		digest = sha256.Sum256(append(digest[:], file...))
	}
	if known {
		verb = c.Do.Verb()
	}
	if err := c.check(verb); err != nil {
		return o, wrap("command", c.Plan, err)
	}
	p := c.Plan
	if p.IsZero() {
		p = pep.ID{UUID: s.c.NewID()}
	}
	tried := attempt{by: c.By, name: verb.String(), plan: c.Plan, key: c.Key, at: started}
	err = s.c.Plans.Update(ctx, func(tx storage.Tx) (err error) {
		o, err = s.once(ctx, tx, c, digest, p, &tried)
		return err
	})
	if err != nil {
		return storage.Outcome{}, wrap(verb.String(), c.Plan, s.denied(ctx, tried, err))
	}
	return o, nil
}

// Outcome returns what the command with a key did. It returns storage.ErrNotFound if
// no command with that key was carried out, or if the actor may not see the plan.
func (s *Service) Outcome(ctx context.Context, by Actor, key storage.Key) (o storage.Outcome, err error) {
	tried := attempt{by: by, name: "outcome", key: key, at: s.c.Now()}
	err = by.Check()
	if err == nil {
		err = s.c.Plans.View(ctx, func(r storage.Reader) error {
			if o, err = r.Outcome(ctx, key); err != nil {
				return err
			}
			return s.visit(ctx, r, by).replay(o.Plan, &tried)
		})
	}
	if err != nil {
		return storage.Outcome{}, wrap("outcome", pep.ID{}, s.denied(ctx, tried, err))
	}
	return o, nil
}

// once returns the outcome of a command that was given before, or carries out a new
// one.
func (s *Service) once(ctx context.Context, tx storage.Tx, c Command, digest pep.Digest, id pep.ID, a *attempt) (storage.Outcome, error) {
	v := s.visit(ctx, tx, c.By)
	done, seen, err := tx.Once(ctx, c.Key, digest, a.at)
	if errors.Is(err, storage.ErrKeyReused) && !c.Plan.IsZero() {
		if _, _, unseen := v.see(c.Plan, a); unseen != nil {
			err = unseen
		}
	}
	if err != nil {
		return done, err
	}
	if seen {
		return done, v.replay(done.Plan, a)
	}
	p, err := v.decide(c, id, a)
	if err != nil {
		return storage.Outcome{}, err
	}
	o := outcome(p)
	if err := tx.Record(ctx, c.Key, o); err != nil { // before Save, so that a store can write both at once
		return storage.Outcome{}, err
	}
	return o, tx.Save(ctx, p)
}

// decide returns the plan as it is after the command's action.
func (v *visit) decide(c Command, id pep.ID, a *attempt) (*pep.PEP, error) {
	p, err := v.load(c, id, a)
	if err != nil {
		return nil, err
	}
	act, err := v.act(p, c.Do)
	if err != nil {
		return nil, err
	}
	return p, p.Do(act, c.Do)
}

// replay returns nil if the actor may be told what a command did to a plan: either
// they may see the plan, or they are its contributor.
func (v *visit) replay(id pep.ID, a *attempt) error {
	p, _, err := v.see(id, a)
	if errors.Is(err, errUnseen) && p != nil && v.by.Role == pep.DesignatedTeacher && p.Snapshot().Contributor == v.by.Contributor {
		return nil
	}
	return err
}

// load returns the plan that a command is about, provided that the actor is
// permitted to give the command and saw the plan's current version.
func (v *visit) load(c Command, id pep.ID, a *attempt) (p *pep.PEP, err error) {
	if child := requestOf(c.Do).child; !child.IsZero() {
		p = pep.New(id)
		a.on(v.r, child)
		if v.may, err = v.permission(child, nil); err == nil && !v.may.see() {
			err = errUnseen
		}
	} else {
		p, v.may, err = v.see(id, a)
	}
	if err == nil {
		err = v.object(p, c.Do.Verb())
	}
	if err == nil && p.Version() != c.Seen {
		err = storage.ErrConflict
	}
	return p, err
}

func outcome(p *pep.PEP) storage.Outcome {
	o := storage.Outcome{Plan: p.ID(), Version: p.Version()}
	for _, e := range p.Pending() {
		o.Events = append(o.Events, e.ID())
	}
	return o
}

// reserved is the prefix of the keys that the service uses for itself.
const reserved = "workflow."

// check returns every fault that makes the command unusable. v is zero if the action
// is not valid.
func (c Command) check(v pep.Verb) error {
	start := v == pep.VerbStartInitial || v == pep.VerbStartSubsequent
	return errors.Join(
		c.Key.Check(),
		rule.Need(!strings.HasPrefix(string(c.Key), reserved), "key", "a key that does not begin with "+reserved),
		rule.Need(v != 0, "do", "an action of package pep, passed by value"),
		c.By.Check(),
		rule.Need(!start || !requestOf(c.Do).child.IsZero(), "child", "the child for whom the plan is started"),
		rule.Need(v == 0 || start || !c.Plan.IsZero(), "plan", "the plan, unless the action starts one"),
		rule.Need(v == 0 || start == (c.Seen == 0) && c.Seen >= 0, "seen", "the version of the plan that the person saw, unless the action starts a plan"),
	)
}
