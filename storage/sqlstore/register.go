package sqlstore

import (
	"context"
	"encoding/json"
	"iter"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/statement"
	"virtualschool.example/term/civil"
)

// circumstances is the content of the body of a child's row.
type circumstances struct {
	Consent      record.Consent    `json:"consent,omitzero"`
	RecordedYear forms.YearGroup   `json:"recordedYear,omitzero"`
	RecordedOn   civil.Date        `json:"recordedOn,omitzero"`
	HealthSince  civil.Date        `json:"healthSince,omitzero"`
	WorkerSince  civil.Date        `json:"workerSince,omitzero"`
	Throughout   bool              `json:"throughout,omitzero"`
	Episodes     []episode         `json:"episodes,omitempty"`
	Education    []educationPeriod `json:"education,omitempty"`
}

type episode struct {
	From       civil.Date `json:"from,omitzero"`
	To         civil.Date `json:"to,omitzero"`
	ShortBreak bool       `json:"shortBreak,omitzero"`
	Authority  []byte     `json:"authority,omitempty"`
}

type educationPeriod struct {
	From          civil.Date             `json:"from,omitzero"`
	To            civil.Date             `json:"to,omitzero"`
	Kind          record.EducationKind   `json:"kind"`
	Establishment record.EstablishmentID `json:"establishment,omitzero"`
}

func circumstancesOf(c *record.Child) circumstances {
	s := circumstances{Consent: c.Consent, RecordedYear: c.RecordedYear, RecordedOn: c.RecordedOn, HealthSince: c.HealthSince, WorkerSince: c.WorkerSince, Throughout: c.Care.Throughout}
	for _, e := range c.Care.Episodes {
		s.Episodes = append(s.Episodes, episode{e.From, e.To, e.ShortBreak, []byte(e.Authority)})
	}
	for _, e := range c.Education {
		s.Education = append(s.Education, educationPeriod{e.From, e.To, e.Kind, e.Establishment})
	}
	return s
}

// into copies s into a child.
func (s *circumstances) into(c *record.Child) {
	c.Consent, c.RecordedYear, c.RecordedOn, c.HealthSince, c.WorkerSince, c.Care.Throughout = s.Consent, s.RecordedYear, s.RecordedOn, s.HealthSince, s.WorkerSince, s.Throughout
	for _, e := range s.Episodes {
		c.Care.Episodes = append(c.Care.Episodes, record.Episode{
			Span: record.Span{From: e.From, To: e.To}, ShortBreak: e.ShortBreak, Authority: string(e.Authority),
		})
	}
	for _, e := range s.Education {
		c.Education = append(c.Education, record.Education{
			Span: record.Span{From: e.From, To: e.To}, Kind: e.Kind, Establishment: e.Establishment,
		})
	}
}

// child reads a row of pep_child.
func child(scan scanner) (c record.Child, err error) {
	var id, worker, adviser, body []byte
	var born, checksum int64
	var number, name, upn string
	if err := scan(&id, &born, &number, &name, &upn, &worker, &adviser, &body, &checksum); err != nil {
		return c, err
	}
	var s circumstances
	if err := json.Unmarshal(body, &s); err != nil {
		return c, damaged("child")
	}
	c = record.Child{
		ID: record.ChildID{UUID: idOf(id)}, SUNumber: private.NewText(number), Name: private.NewText(name),
		Born: private.NewDate(dayOf(born)), UPN: private.NewText(upn),
		Worker: record.PersonID{UUID: idOf(worker)}, Adviser: record.PersonID{UUID: idOf(adviser)},
	}
	if !ofChild(&c, body).is(checksum) {
		return record.Child{}, damaged("child")
	}
	s.into(&c)
	return c, nil
}

func (r *reader) Child(ctx context.Context, id record.ChildID) (c record.Child, err error) {
	err = r.one(ctx, "child", statement.Child, r.id(&id.UUID), func(scan scanner) error {
		c, err = child(scan)
		return another("child", c.ID == id, err)
	})
	return c, err
}

// another returns err or, if err is nil and the wrong row was read, an error that says
// that the row is damaged.
func another(op string, same bool, err error) error {
	if err == nil && !same {
		return damaged(op)
	}
	return err
}

// one runs a statement that looks up a single row by its id. It returns
// storage.ErrNotFound if there is no such row.
func (c *session) one(ctx context.Context, op string, by statement.ID, id any, read func(scanner) error) error {
	if err := c.usable(ctx); err != nil {
		return err
	}
	found := false
	err := c.find(ctx, op, by, func(scan scanner) error {
		found = true
		return read(scan)
	}, c.authority(), id)
	if err == nil && !found {
		err = storage.ErrNotFound
	}
	return err
}

func (r *reader) Children(ctx context.Context, born record.Span, after record.ChildID) iter.Seq2[record.Child, error] {
	return byID(ctx, r, "children", statement.Children, after.UUID, child, func(after any, limit int) []any {
		return []any{r.authority(), after, day(born.From), upTo(born.To), limit}
	})
}

// byID iterates, by id, over the rows that a statement finds after an id. It reads them in
// pages; args returns the parameters for the page that begins after an id.
func byID[T any](ctx context.Context, r *reader, op string, by statement.ID, first uuid.UUID, read func(scanner) (T, error), args func(after any, limit int) []any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		after := first
		page := func(limit int) ([]found[T], error) {
			return collect(ctx, r.session, op, by, func(scan scanner) (T, error) {
				return read(func(into ...any) error {
					err := scan(into...)
					after = idOf(*into[0].(*[]byte)) // the first column is the id
					return err
				})
			}, args(r.id(&after), limit)...)
		}
		paged(ctx, r.session, page)(yield)
	}
}

func (r *reader) Caseload(ctx context.Context, worker record.PersonID) iter.Seq2[record.Child, error] {
	if worker.IsZero() {
		return nothing[record.Child](ctx, r.session)
	}
	return byID(ctx, r, "caseload", statement.Caseload, noID, child, func(after any, limit int) []any {
		of := []any{r.authority(), r.id(&worker.UUID), after}
		return append(append(of, of...), limit)
	})
}

// nothing is the list for a query that selects no rows. It is empty, but still yields an
// error if the session has ended.
func nothing[T any](ctx context.Context, c *session) iter.Seq2[T, error] {
	return whole(ctx, c, func() ([]found[T], error) { return nil, c.usable(ctx) })
}

// among iterates over the rows that a statement finds for a list of ids.
func among[T any, ID ~struct{ uuid.UUID }](ctx context.Context, c *session, op string, by statement.ID, ids []ID, read func(scanner) (T, error)) iter.Seq2[T, error] {
	list := idList(ids)
	if len(ids) == 0 {
		return nothing[T](ctx, c)
	}
	return whole(ctx, c, func() ([]found[T], error) { return collect(ctx, c, op, by, read, c.authority(), list) })
}

func (r *reader) ChildrenOf(ctx context.Context, ids ...record.ChildID) iter.Seq2[record.Child, error] {
	return among(ctx, r.session, "children of", statement.ChildrenOf, ids, child)
}

func (r *reader) EstablishmentsOf(ctx context.Context, ids ...record.EstablishmentID) iter.Seq2[record.Establishment, error] {
	return among(ctx, r.session, "establishments of", statement.EstablishmentsOf, ids, establishment)
}

func (r *reader) ContributorsAt(ctx context.Context, of ...record.EstablishmentID) iter.Seq2[record.Contributor, error] {
	return among(ctx, r.session, "contributors at", statement.ContributorsAt, of, contributor)
}

// establishment reads a row of pep_establishment.
func establishment(scan scanner) (e record.Establishment, err error) {
	var id []byte
	var special, finance, checksum int64
	err = scan(&id, &e.Name, &e.PostCode, &e.Status, &e.Type, &special, &e.DfENumber, &e.URN, &finance, &checksum)
	e.ID.UUID, e.Special, e.Finance = idOf(id), special != 0, finance != 0
	if err == nil && !ofEstablishment(&e).is(checksum) {
		return record.Establishment{}, damaged("establishment")
	}
	return e, err
}

func (r *reader) Establishment(ctx context.Context, id record.EstablishmentID) (e record.Establishment, err error) {
	err = r.one(ctx, "establishment", statement.Establishment, r.id(&id.UUID), func(scan scanner) error {
		e, err = establishment(scan)
		return another("establishment", e.ID == id, err)
	})
	return e, err
}

func (r *reader) Named(ctx context.Context, name string) iter.Seq2[record.Establishment, error] {
	return byID(ctx, r, "named", statement.Named, noID, establishment, func(after any, limit int) []any {
		return []any{r.text(name), r.authority(), after, limit}
	})
}

// contributor reads a row of pep_contributor.
func contributor(scan scanner) (c record.Contributor, err error) {
	var id, at []byte
	var name, email string
	var active, actioned, checksum int64
	err = scan(&id, &at, &name, &email, &active, &actioned, &checksum)
	c = record.Contributor{
		ID: record.ContributorID{UUID: idOf(id)}, Establishment: record.EstablishmentID{UUID: idOf(at)},
		Name: private.NewText(name), Email: private.NewText(email),
		Active: active != 0, Actioned: instantOf(actioned),
	}
	if err == nil && !ofContributor(&c).is(checksum) {
		return record.Contributor{}, damaged("contributor")
	}
	return c, err
}

func (r *reader) Contributor(ctx context.Context, id record.ContributorID) (c record.Contributor, err error) {
	err = r.one(ctx, "contributor", statement.Contributor, r.id(&id.UUID), func(scan scanner) error {
		c, err = contributor(scan)
		return another("contributor", c.ID == id, err)
	})
	return c, err
}

func (r *reader) Contributors(ctx context.Context, of record.EstablishmentID) iter.Seq2[record.Contributor, error] {
	return byID(ctx, r, "contributors", statement.Contributors, noID, contributor, func(after any, limit int) []any {
		return []any{r.authority(), r.id(&of.UUID), after, limit}
	})
}

func (t *tx) PutChild(ctx context.Context, c record.Child) error {
	if err := t.putting(ctx, c.ID.IsZero(), c.Check); err != nil {
		return err
	}
	body, err := json.Marshal(circumstancesOf(&c))
	if err != nil {
		return damaged("child")
	}
	_, err = t.exec(ctx, "put child", statement.PutChild, t.authority(), t.id(&c.ID.UUID),
		day(c.Born.Reveal(private.Storing)), t.text(c.SUNumber.Reveal(private.Storing)), t.text(c.Name.Reveal(private.Storing)),
		t.text(c.UPN.Reveal(private.Storing)), t.id(&c.Worker.UUID), t.id(&c.Adviser.UUID), string(body), int64(ofChild(&c, body)))
	return err
}

// putting returns an error if a record cannot be stored because the transaction has ended,
// the record has no id, or the record's own check refuses it.
func (t *tx) putting(ctx context.Context, nameless bool, check func() error) error {
	if err := t.usable(ctx); err != nil {
		return err
	}
	if nameless {
		return &rule.Invalid{Member: "id", Want: "an id"}
	}
	return check()
}

func (t *tx) PutEstablishment(ctx context.Context, e record.Establishment) error {
	if err := t.putting(ctx, e.ID.IsZero(), e.Check); err != nil {
		return err
	}
	_, err := t.exec(ctx, "put establishment", statement.PutEstablishment, t.authority(), t.id(&e.ID.UUID),
		t.text(e.Name), t.text(e.PostCode), int64(e.Status), int64(e.Type), flag(e.Special),
		t.text(e.DfENumber), t.text(e.URN), flag(e.Finance), int64(ofEstablishment(&e)))
	return err
}

func (t *tx) PutContributor(ctx context.Context, c record.Contributor) error {
	if err := t.putting(ctx, c.ID.IsZero(), func() error { return nil }); err != nil {
		return err
	}
	_, err := t.exec(ctx, "put contributor", statement.PutContributor, t.authority(), t.id(&c.ID.UUID),
		t.id(&c.Establishment.UUID), t.text(c.Name.Reveal(private.Storing)), t.text(c.Email.Reveal(private.Storing)),
		flag(c.Active), instant(c.Actioned), int64(ofContributor(&c)))
	return err
}
