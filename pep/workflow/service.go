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

// Config is what a Service is made of. Plans is required, and so is Relation
// unless the host says that it is Trusting.
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
	NewID  func() uuid.UUID // the id of each new plan, note, request and audit entry; defaults to uuid.New
	System record.PersonID  // who does the day's work, for the record; defaults to an id of this package

	// CeaseEnded says that RunDay ceases the open plans of children whose care has
	// ended in the register (CHG-4); otherwise it only lists them.
	CeaseEnded bool

	// Relation returns how the actor is connected with a case; Access says what
	// that lets them do. It runs in the transaction that reads the plan. Where it
	// returns an error the actor has no connection, but a failure of the store
	// comes out as it is. It may read through the service, and must give no command. Registered suits a host whose register names the workers.
	Relation func(ctx context.Context, c Case) (access.Relations, error)
	Access   *access.Table // what a relation lets each role do; defaults to access.Standard
	Trusting bool          // the host decides itself who may do and see what, and gives no Relation

	// NeedRequests says that the service desk reopens, deletes or restores a plan
	// only while a request of that kind for the plan is open in the store's book.
	NeedRequests bool

	// AuditReadings says that the service enters every reading but Outcome in the
	// audit trail of a store that keeps one: one entry for each page of a tray.
	AuditReadings bool

	// Blobs keeps what is in attached files, for Upload and Reading.Open, and Uploads
	// says which files people may attach. A host with Blobs names a scanner in it, or
	// upload.Unscanned. A host without Blobs keeps the files as it likes.
	Blobs   storage.Blobs
	Uploads upload.Checks

	// Observe, where given, is called with every command, every reading and every
	// step of the day's work once it is over. It sees no child's data.
	Observe func(context.Context, Observation)
}

// Service runs the process over a store. It is safe for concurrent use.
type Service struct {
	c        Config
	standard access.Table
	policies map[int]*pep.Policy
}

// New returns the service that c makes. A missing store, a missing Relation, Blobs
// without a scanner, two policies of one revision, or a zone that cannot be loaded is
// a *rule.Invalid.
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
