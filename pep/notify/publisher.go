package notify

import (
	"context"
	"errors"
	"fmt"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/outbox"
)

// Config configures a Publisher. Plans, Office and Sender are required.
type Config struct {
	Plans  storage.Plans
	Office Office
	Sender Sender

	// Register returns the register of children and contributors within a transaction.
	// It defaults to the Reader itself, for a store that keeps the register. Publish
	// returns its errors unchanged, so they must not hold a name or an address.
	Register func(storage.Reader) storage.Register

	// Worker returns the e-mail address of a social worker, or
	// storage.ErrNotFound. If Worker is nil, social workers receive no e-mails; they see
	// the same messages as alerts in their tray (storage.Alerts).
	Worker func(context.Context, record.PersonID) (private.Text, error)
}

// Publisher sends the e-mails of messages. It is safe for concurrent use if its
// Sender is.
type Publisher struct{ c Config }

// New returns a Publisher. It returns a *rule.Invalid for each fault of c: a missing store,
// a missing sender, and each fault that Office.Check finds.
func New(c Config) (*Publisher, error) {
	if err := errors.Join(
		rule.Need(c.Plans != nil, "plans", "a store of plans"),
		rule.Need(c.Sender != nil, "sender", "a sender"),
		c.Office.Check(),
	); err != nil {
		return nil, err
	}
	if c.Register == nil {
		c.Register = own
	}
	return &Publisher{c}, nil
}

// own returns the register of the store itself, or nil if the store keeps none.
func own(r storage.Reader) storage.Register {
	register, _ := storage.RegisterOf(r)
	return register
}

// Publish sends the e-mails of a message, one for each addressee. It fits
// outbox.Config.Publish. A failure for one addressee does not stop the e-mail to the
// other.
//
// If another attempt may succeed, the error lets the relay try the message again; an
// addressee who has had the e-mail then receives it again with the same Message-ID. If no
// attempt can succeed, the error wraps outbox.ErrPermanent: an address is refused, a plan,
// contributor or social worker is unknown, or a server refused the e-mail for good. No
// error holds a name or an address.
func (p *Publisher) Publish(ctx context.Context, m storage.Message) error {
	to, err := addressees(&m)
	if err != nil {
		return verdict(err)
	}
	if p.c.Worker == nil {
		to &^= pep.ToSocialWorker
	}
	if to == 0 {
		return nil
	}
	known, err := p.read(ctx, &m, to)
	if err != nil {
		return verdict(err)
	}
	failures := known.failures
	emails, err := p.c.Office.Emails(m, known.Details)
	failures = append(failures, err)
	for _, e := range emails {
		failures = append(failures, p.c.Sender.Send(ctx, e))
	}
	return verdict(failures...)
}

// verdict joins the failures that are not nil. The result wraps outbox.ErrPermanent if
// another attempt would fail in the same way.
func verdict(failures ...error) error {
	permanent := true
	for _, err := range failures {
		var invalid *rule.Invalid
		permanent = permanent && (err == nil || errors.Is(err, ErrRefused) || errors.Is(err, storage.ErrNotFound) || errors.As(err, &invalid))
	}
	err := errors.Join(failures...)
	if err != nil && permanent {
		return fmt.Errorf("%w: %w", outbox.ErrPermanent, err)
	}
	return err
}

// known holds everything read for a message.
type known struct {
	Details
	failures []error // one error for each addressee who cannot receive an e-mail
}

// fail notes why an addressee cannot receive an e-mail. It ignores a nil error.
func (k *known) fail(to pep.Addressees, err error) {
	if err != nil {
		k.failures = append(k.failures, fmt.Errorf("%s: %w", to, err))
	}
}

// read reads the details of a message in one view of the store, and then asks the
// host for the social worker's address.
func (p *Publisher) read(ctx context.Context, m *storage.Message, to pep.Addressees) (k known, err error) {
	var worker record.PersonID
	err = p.c.Plans.View(ctx, func(r storage.Reader) error {
		k, worker = known{}, record.PersonID{}
		plan, err := planOf(ctx, r, m)
		if err != nil {
			return err
		}
		k.Meeting, k.Due = plan.Meeting(), plan.Due()
		register := p.c.Register(r)
		if register == nil {
			return storage.ErrNoRegister
		}
		if to.Has(pep.ToEstablishment) {
			c, err := register.Contributor(ctx, m.Contributor)
			k.Contributor = Recipient{c.ID.UUID, c.Email}
			k.fail(pep.ToEstablishment, err)
		}
		if to.Has(pep.ToSocialWorker) {
			worker, err = workerOf(ctx, register, m.Child)
			k.fail(pep.ToSocialWorker, err)
		}
		return nil
	})
	if err == nil && !worker.IsZero() {
		address, err := p.c.Worker(ctx, worker)
		k.fail(pep.ToSocialWorker, err)
		if err == nil {
			k.Worker = Recipient{worker.UUID, address}
		}
	}
	return k, err
}

// workerOf returns the social worker of a child.
func workerOf(ctx context.Context, register storage.Register, id record.ChildID) (record.PersonID, error) {
	child, err := register.Child(ctx, id)
	if err != nil {
		return record.PersonID{}, err
	}
	return child.Worker, rule.Need(!child.Worker.IsZero(), "worker", "the social worker of the child in the register")
}

// planOf returns the plan at the version of a message. A repeated e-mail therefore says
// the same, whatever has happened to the plan since.
func planOf(ctx context.Context, r storage.Reader, m *storage.Message) (*pep.PEP, error) {
	var history []pep.Event
	for e, err := range r.History(ctx, m.Plan) {
		if err != nil {
			return nil, err
		}
		if e.Version > m.Version {
			break
		}
		history = append(history, e)
	}
	if len(history) == 0 || int64(len(history)) != m.Version {
		return nil, fmt.Errorf("the plan at the version of the message: %w", storage.ErrNotFound)
	}
	return pep.Fold(history)
}
