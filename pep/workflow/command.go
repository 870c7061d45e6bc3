package workflow

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"maps"
	"slices"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// Actor is who gives a command, in one role.
type Actor struct {
	ID   record.PersonID
	For  record.PersonID // on whose behalf; zero where on their own
	Role pep.Role
}

// Command is one action that somebody gives. It is plain data.
type Command struct {
	Key  storage.Key // the same command again has the same key; mandatory
	By   Actor
	Plan pep.ID     // zero for a start, which draws one
	Seen int64      // the version of the plan that the actor had seen; zero for a start
	Do   pep.Action // what is done
}

// Do carries a command out: it reads the plan and the facts, decides, and
// saves, in one transaction. The same command given again returns the first
// one's outcome and does nothing. A refusal stores no key. The error is an
// *Error; KindOf sorts it.
func (s *Service) Do(ctx context.Context, c Command) (o storage.Outcome, err error) {
	started := s.c.Now()
	if err := c.check(); err != nil {
		return o, wrap("command", c.Plan, err)
	}
	verb := c.Do.Verb()
	defer func() { s.observe(verb.String(), c.By.Role, started, err) }()
	id := c.Plan
	if id.IsZero() {
		id = pep.ID{UUID: s.c.NewID()}
	}
	digest := c.digest()
	err = s.c.Plans.Update(ctx, func(tx storage.Tx) error {
		done, seen, err := tx.Once(ctx, c.Key, digest)
		if err != nil || seen {
			o = done
			return err
		}
		o, err = s.take(ctx, tx, c, id)
		return err
	})
	if err != nil {
		return storage.Outcome{}, wrap(verb.String(), c.Plan, err)
	}
	return o, nil
}

// take carries out a command that is new.
func (s *Service) take(ctx context.Context, tx storage.Tx, c Command, id pep.ID) (storage.Outcome, error) {
	p, err := s.load(ctx, tx, c, id)
	if err != nil {
		return storage.Outcome{}, err
	}
	act, err := s.act(ctx, tx, c.By, p, c.Do.Verb(), requestOf(c.Do))
	if err != nil {
		return storage.Outcome{}, err
	}
	if err := c.Do.Do(p, act); err != nil {
		return storage.Outcome{}, err
	}
	if err := tx.Save(ctx, p); err != nil {
		return storage.Outcome{}, err
	}
	o := outcome(p)
	return o, tx.Record(ctx, c.Key, o)
}

// load returns the plan that a command is about, which must be as its giver
// had seen it.
func (s *Service) load(ctx context.Context, tx storage.Tx, c Command, id pep.ID) (*pep.PEP, error) {
	if c.Plan.IsZero() {
		return pep.New(id), nil
	}
	p, err := tx.Plan(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := s.permit(ctx, tx, c.By, p); err != nil {
		return nil, err
	}
	if p.Version() != c.Seen {
		return nil, storage.ErrConflict
	}
	return p, nil
}

func outcome(p *pep.PEP) storage.Outcome {
	o := storage.Outcome{Plan: p.ID(), Version: p.Version()}
	for _, e := range p.Pending() {
		o.Events = append(o.Events, e.ID())
	}
	return o
}

// check returns what makes the command unusable.
func (c Command) check() error {
	start := c.Do != nil && (c.Do.Verb() == pep.VerbStartInitial || c.Do.Verb() == pep.VerbStartSubsequent)
	switch {
	case c.Key == "" || len(c.Key) > 200:
		return &rule.Invalid{Member: "key", Want: "a key of 1 to 200 bytes"}
	case c.Do == nil:
		return &rule.Invalid{Member: "do", Want: "an action"}
	case c.By.ID == (record.PersonID{}):
		return &rule.Invalid{Member: "by", Want: "who gives the command"}
	case c.By.Role.String() == "":
		return &rule.Invalid{Member: "role", Want: "a role, such as social_worker"}
	case start && requestOf(c.Do).child.IsZero():
		return &rule.Invalid{Member: "child", Want: "the child whose plan it is to be"}
	case start != c.Plan.IsZero():
		return &rule.Invalid{Member: "plan", Want: "the plan, except for a start"}
	case start != (c.Seen == 0) || c.Seen < 0:
		return &rule.Invalid{Member: "seen", Want: "the version seen, except for a start"}
	}
	return nil
}

// digest covers all that makes the command what it is.
func (c Command) digest() pep.Digest {
	d := digester{sha256.New()}
	d.ids(c.By.ID.UUID, c.By.For.UUID, c.Plan.UUID)
	d.text(c.By.Role.String())
	d.number(c.Seen)
	d.text(c.Do.Verb().String())
	d.action(c.Do)
	return pep.Digest(d.h.Sum(nil))
}

// digester feeds values to a hash, each with its length before it, so that no
// two commands are the same bytes.
type digester struct{ h hash.Hash }

func (d digester) number(n int64) { d.h.Write(binary.BigEndian.AppendUint64(nil, uint64(n))) }

func (d digester) text(s string) {
	d.number(int64(len(s)))
	d.h.Write([]byte(s))
}

func (d digester) ids(ids ...uuid.UUID) {
	for _, id := range ids {
		d.h.Write(id[:])
	}
}

func (d digester) private(t private.Text) { d.text(t.Reveal(private.Deciding)) }

func (d digester) date(on civil.Date) { d.text(on.String()) }

func (d digester) flag(b bool) {
	if b {
		d.number(1)
		return
	}
	d.number(0)
}

func (d digester) answers(section int, a forms.Answers) {
	d.number(int64(section))
	texts := a.Reveal(private.Deciding)
	for _, question := range slices.Sorted(maps.Keys(texts)) {
		d.text(question)
		d.text(texts[question])
	}
}

// action feeds what an action is given.
func (d digester) action(a pep.Action) {
	switch a := a.(type) {
	case pep.StartInitial:
		d.ids(a.Child.UUID)
		d.date(a.Meeting)
	case pep.StartSubsequent:
		d.ids(a.Child.UUID)
		d.date(a.Meeting)
	case pep.Answer:
		d.answers(a.Section, a.Answers)
	case pep.SaveContribution:
		d.answers(a.Section, a.Answers)
	case pep.RescheduleMeeting:
		d.date(a.Meeting)
	case pep.Attach:
		d.private(a.Name)
		d.number(a.Size)
	case pep.Delegate:
		d.ids(a.To.UUID)
		d.flag(a.All)
		for _, n := range a.Sections {
			d.number(int64(n))
		}
		d.date(a.Due)
	case pep.ChangeContributor:
		d.ids(a.To.UUID)
	case pep.Retract:
		d.flag(a.ConfirmedWithSetting)
		d.private(a.Reason)
	case pep.Redelegate:
		d.private(a.Comments)
		d.date(a.Due)
	case pep.Reassign:
		d.private(a.Comment)
	case pep.SendForGrading:
		d.private(a.Reason)
	case pep.AwardGrade:
		d.text(a.Grade.String())
		d.private(a.Feedback)
	case pep.ReturnForAmendment:
		d.private(a.Reason)
	case pep.Finalise:
		d.private(a.Waiver)
	case pep.Revise:
		d.private(a.Reason)
	case pep.Reopen:
		d.private(a.Reason)
	case pep.Delete:
		d.private(a.Reason)
	case pep.Cease:
		d.date(a.On)
	}
}
