package workflow

import (
	"context"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// Config is what a Service is made of. Only Plans is required.
type Config struct {
	Plans   storage.Plans
	Policy  *pep.Policy   // by which plans are started; defaults to pep.Lancashire
	Earlier []*pep.Policy // other revisions, by which older plans are decided

	// Register says what is known of children within a transaction; it defaults
	// to the Reader itself, for a store that keeps the register. Its errors come
	// out as they are, so they hold no name and no birth date.
	Register func(storage.Reader) storage.Register

	Now    func() time.Time // defaults to time.Now
	Zone   *time.Location   // the authority's; defaults to Europe/London
	NewID  func() uuid.UUID // ids of new plans; defaults to uuid.New
	System record.PersonID  // who does the day's work, for the record; defaults to an id of this package

	// CeaseEnded says that RunDay ceases the open plans of children whose care has
	// ended in the register (CHG-4); otherwise it only lists them.
	CeaseEnded bool

	// Permit, where given, decides by the relation to the case whether the
	// actor, in whichever role, may touch a child's plan at all. It runs in the
	// transaction, before anything else is read; the plan of a start has stage
	// None. Its error comes out as ErrForbidden, a failure of the store as it is.
	Permit func(ctx context.Context, r storage.Reader, by Actor, child record.ChildID, p *pep.PEP) error

	// Observe, where given, is told of every command and step of the day's
	// work once it is over. It sees no child's data.
	Observe func(Observation)
}

// Service runs the process over a store. It is safe for concurrent use.
type Service struct {
	c        Config
	policies map[int]*pep.Policy
}

// New returns the service that c makes. A missing store, two policies of one
// revision, or a zone that cannot be loaded is a *rule.Invalid.
func New(c Config) (*Service, error) {
	if c.Plans == nil {
		return nil, &rule.Invalid{Member: "plans", Want: "a store of plans"}
	}
	if err := c.complete(); err != nil {
		return nil, err
	}
	s := &Service{c: c, policies: map[int]*pep.Policy{c.Policy.Revision(): c.Policy}}
	for _, p := range c.Earlier {
		if p == nil || s.policies[p.Revision()] != nil {
			return nil, &rule.Invalid{Member: "earlier", Want: "policies of different revisions"}
		}
		s.policies[p.Revision()] = p
	}
	return s, nil
}

// complete sets what c leaves to its defaults.
func (c *Config) complete() (err error) {
	if c.Policy == nil {
		c.Policy = pep.Lancashire()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.NewID == nil {
		c.NewID = uuid.New
	}
	if c.Register == nil {
		c.Register = own
	}
	if c.System.IsZero() {
		c.System = record.PersonID{UUID: attempts}
	}
	if c.Zone == nil {
		if c.Zone, err = time.LoadLocation("Europe/London"); err != nil {
			return &rule.Invalid{Member: "zone", Want: "Europe/London, for which this machine has no time zone data"}
		}
	}
	return nil
}

// own is the register of a store that keeps it, nil of one that does not.
func own(r storage.Reader) storage.Register {
	register, _ := storage.RegisterOf(r)
	return register
}

// In returns the service over another store, such as one that has joined the
// host's transaction. A denial that is audited there stays where the host
// commits, which it can after a refusal.
func (s *Service) In(plans storage.Plans) *Service {
	in := *s
	in.c.Plans = plans
	return &in
}

// Today returns the day that it is in the authority's zone.
func (s *Service) Today() civil.Date { return civil.Of(s.c.Now(), s.c.Zone) }

// Plan returns a plan as it was last saved. It asks nobody for permission.
func (s *Service) Plan(ctx context.Context, id pep.ID) (p *pep.PEP, err error) {
	err = s.c.Plans.View(ctx, func(r storage.Reader) error {
		p, err = r.Plan(ctx, id)
		return err
	})
	return p, wrap("plan", id, err)
}

// Options returns every action with whether the actor can take it on the plan
// now, and why not. To whom the plan would be handed is not known yet: that is
// judged by a contributor of the establishment who can be chosen, where there is
// one; and a re-pin by the current policy.
// A denial is entered in the audit trail of a store that keeps one.
func (s *Service) Options(ctx context.Context, by Actor, id pep.ID) (options []pep.Option, err error) {
	err = s.look(ctx, by, id, "options", func(r storage.Reader, p *pep.PEP) error {
		act, err := s.act(ctx, r, by, p, nil)
		if err != nil {
			return err
		}
		if options, err = p.Options(act); err != nil {
			return err
		}
		act.Policy = s.c.Policy // to which a plan would be re-pinned
		options[pep.VerbRepin-1], err = p.Option(act, pep.VerbRepin)
		return err
	})
	return options, err
}

// look calls fn with a plan at which an actor may look. A denial is entered in
// the audit trail of a store that keeps one, under the name of what was asked.
func (s *Service) look(ctx context.Context, by Actor, id pep.ID, name string, fn func(storage.Reader, *pep.PEP) error) error {
	tried := attempt{by: by, name: name, plan: id, at: s.c.Now()}
	err := s.c.Plans.View(ctx, func(r storage.Reader) error {
		p, err := r.Plan(ctx, id)
		if err != nil {
			return err
		}
		tried.on(r, p.Child())
		if err := s.permit(ctx, r, by, p.Child(), p); err != nil {
			return err
		}
		return fn(r, p)
	})
	return wrap(name, id, s.denied(ctx, tried, err))
}

// permit asks the host whether the actor may touch the plan.
func (s *Service) permit(ctx context.Context, r storage.Reader, by Actor, child record.ChildID, p *pep.PEP) error {
	if s.c.Permit == nil {
		return nil
	}
	err := s.c.Permit(ctx, r, by, child, p)
	if err == nil || failed(err) {
		return err
	}
	return ErrForbidden
}

// policy returns the policy that v on a plan is decided by: of a start and a
// re-pin the current one. An unknown revision closes its plans alone, not the
// service.
func (s *Service) policy(p *pep.PEP, v pep.Verb) (*pep.Policy, error) {
	if p.Stage() == pep.None || v == pep.VerbRepin {
		return s.c.Policy, nil
	}
	if policy := s.policies[p.Snapshot().Policy]; policy != nil {
		return policy, nil
	}
	return nil, ErrNoPolicy
}
