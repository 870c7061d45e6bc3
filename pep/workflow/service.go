package workflow

import (
	"context"
	"errors"
	"reflect"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/upload"
	"virtualschool.example/term/civil"
)

// Config says what a Service is made of. Plans is required, and so is Relation
// unless Trusting is set.
type Config struct {
	Plans   storage.Plans
	Policy  *pep.Policy   // the policy for plans that are started now; defaults to pep.Lancashire
	Earlier []*pep.Policy // other revisions, for the plans that were opened under them

	// Register returns the register that the service reads in a transaction. It
	// defaults to the Reader itself, for a store that keeps the register. The service
	// returns the register's errors unchanged, so they must hold no name and no birth
	// date.
	Register func(storage.Reader) storage.Register

	Now    func() time.Time // defaults to time.Now
	Zone   *time.Location   // the authority's time zone; defaults to Europe/London
	NewID  func() uuid.UUID // the id of each new plan, note, request and audit entry; defaults to uuid.New
	System record.PersonID  // the person on record as doing the day's work; defaults to an id of this package

	// CeaseEnded makes RunDay cease the open plans of children whose care has ended
	// in the register (CHG-4). Otherwise RunDay only lists them.
	CeaseEnded bool

	// Relation returns how the actor is connected with a case; Access says what that
	// lets them do. Relation runs in the transaction that reads the plan. If Relation
	// returns a failure of the store, the service returns that failure unchanged. After
	// any other error, the actor counts as having no connection. Relation may read
	// through the service and must not give a command. Registered suits a host whose
	// register names the workers.
	Relation func(ctx context.Context, c Case) (access.Relations, error)
	Access   *access.Table // the table of what a relation lets each role do; defaults to access.Standard
	Trusting bool          // whether the host itself decides who may do and see what; Relation must then be nil

	// NeedRequests lets the service desk reopen, delete or restore a plan only while
	// the store's book has an open request of that kind for the plan.
	NeedRequests bool

	// AuditReadings makes the service enter every reading except Outcome in the
	// audit trail of a store that keeps one. There is one entry for each page of a
	// tray.
	AuditReadings bool

	// Blobs keeps the content of attached files, for Upload and Reading.Open.
	// Uploads says which files people may attach. A host that sets Blobs must set
	// Uploads.Scan to a scanner or to upload.Unscanned. A host without Blobs keeps
	// the files in its own way.
	Blobs   storage.Blobs
	Uploads upload.Checks

	// Observe, if set, is called after every command, every reading and every step
	// of the day's work. It sees no child's data.
	Observe func(context.Context, Observation)
}

// Service runs the process over a store. It is safe for concurrent use.
type Service struct {
	c        Config
	standard access.Table
	policies map[int]*pep.Policy
}

// New returns the service that c describes. It returns a *rule.Invalid if the store
// or Relation is missing, if Relation is set as well as Trusting, if Blobs has no
// scanner, if two policies have the same revision, or if the time zone cannot be
// loaded.
func New(c Config) (*Service, error) {
	if err := errors.Join(
		rule.Need(!absent(c.Plans), "plans", "a store of plans"),
		rule.Need((c.Relation == nil) == c.Trusting, "relation", "a function, or nil if trusting is true"),
		rule.Need(c.Blobs == nil || c.Uploads.Scan != nil, "scan", "a scanner of the files that people attach, or upload.Unscanned"),
	); err != nil {
		return nil, err
	}
	if err := c.complete(); err != nil {
		return nil, err
	}
	s := &Service{c: c, standard: access.Standard(), policies: map[int]*pep.Policy{c.Policy.Revision(): c.Policy}}
	for _, p := range c.Earlier {
		if p == nil || s.policies[p.Revision()] != nil {
			return nil, &rule.Invalid{Member: "earlier", Want: "policies of different revisions"}
		}
		s.policies[p.Revision()] = p
	}
	return s, nil
}

// absent reports whether a store is nil, or a nil pointer in an interface.
func absent(plans storage.Plans) bool {
	v := reflect.ValueOf(plans)
	return !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil()
}

// complete sets the defaults of c.
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
	if c.Access == nil {
		standard := access.Standard()
		c.Access = &standard
	}
	if c.System.IsZero() {
		c.System = record.PersonID{UUID: attempts}
	}
	if c.Zone == nil {
		if c.Zone, err = time.LoadLocation("Europe/London"); err != nil {
			return &rule.Invalid{Member: "zone", Want: "given, because this machine has no time zone data for Europe/London"}
		}
	}
	return nil
}

// own returns the register that a store keeps, or nil if it keeps none.
func own(r storage.Reader) storage.Register {
	register, _ := storage.RegisterOf(r)
	return register
}

// In returns the service over another store, such as one that has joined the host's
// transaction. A denial that is entered in the audit trail there is kept only if the
// host commits, which it can do after a refusal.
func (s *Service) In(plans storage.Plans) *Service {
	in := *s
	in.c.Plans = plans
	return &in
}

// Today returns today's date in the authority's time zone.
func (s *Service) Today() civil.Date { return civil.Of(s.c.Now(), s.c.Zone) }

// policy returns the policy that decides v on a plan: the current policy for a start
// and a re-pin, and otherwise the plan's own. If the service does not know the
// plan's revision, policy returns ErrNoPolicy, so that only the plans of that
// revision cannot be used.
func (s *Service) policy(p *pep.PEP, v pep.Verb) (*pep.Policy, error) {
	if p.Stage() == pep.None || v == pep.VerbRepin {
		return s.c.Policy, nil
	}
	if policy := s.policies[p.Snapshot().Policy]; policy != nil {
		return policy, nil
	}
	return nil, ErrNoPolicy
}
