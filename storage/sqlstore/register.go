package sqlstore

import (
	"context"
	"encoding/json"
	"iter"

	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/statement"
	"virtualschool.example/term/civil"
)

// circumstances are what a child's row holds besides its columns.
type circumstances struct {
	Consent      record.Consent    `json:"consent,omitzero"`
	RecordedYear forms.YearGroup   `json:"recordedYear,omitzero"`
	RecordedOn   civil.Date        `json:"recordedOn,omitzero"`
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
	s := circumstances{Consent: c.Consent, RecordedYear: c.RecordedYear, RecordedOn: c.RecordedOn, Throughout: c.Care.Throughout}
	for _, e := range c.Care.Episodes {
		s.Episodes = append(s.Episodes, episode{e.From, e.To, e.ShortBreak, []byte(e.Authority)})
	}
	for _, e := range c.Education {
		s.Education = append(s.Education, educationPeriod{e.From, e.To, e.Kind, e.Establishment})
	}
	return s
}

// into sets what the circumstances say of a child.
func (s *circumstances) into(c *record.Child) {
	c.Consent, c.RecordedYear, c.RecordedOn, c.Care.Throughout = s.Consent, s.RecordedYear, s.RecordedOn, s.Throughout
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
	var id, body []byte
	var born int64
	var number, name, upn string
	if err := scan(&id, &born, &number, &name, &upn, &body); err != nil {
		return c, err
	}
	var s circumstances
	if err := json.Unmarshal(body, &s); err != nil {
		return c, damaged("child")
	}
	c = record.Child{
		ID: record.ChildID{UUID: idOf(id)}, SUNumber: private.NewText(number), Name: private.NewText(name),
		Born: private.NewDate(dayOf(born)), UPN: private.NewText(upn),
	}
	s.into(&c)
	return c, nil
}

func (r *reader) Child(ctx context.Context, id record.ChildID) (c record.Child, err error) {
	err = r.one(ctx, "child", statement.Child, r.id(&id.UUID), func(scan scanner) error {
		c, err = child(scan)
		return err
	})
	return c, err
}

// one runs a statement that finds one thing by its id, or storage.ErrNotFound.
func (c *session) one(ctx context.Context, op string, by statement.ID, id any, read func(scanner) error) error {
	if err := c.usable(ctx); err != nil {
		return err
	}
	found := false
	err := c.rows(c.reach(ctx), op, by, func(scan scanner) error {
		found = true
		return read(scan)
	}, c.authority(), id)
	if err == nil && !found {
		err = storage.ErrNotFound
	}
	return err
}

func (r *reader) Children(ctx context.Context, born record.Span, after record.ChildID) iter.Seq2[record.Child, error] {
	return func(yield func(record.Child, error) bool) {
		after := after
		read := func(limit int) (page []record.Child, err error) {
			err = r.rows(ctx, "children", statement.Children, func(scan scanner) error {
				c, err := child(scan)
				page, after = append(page, c), c.ID
				return err
			}, r.authority(), r.id(&after.UUID), day(born.From), upTo(born.To), limit)
			return page, err
		}
		paged(ctx, r.session, read)(yield)
	}
}

func (r *reader) Establishment(ctx context.Context, id record.EstablishmentID) (record.Establishment, error) {
	e := record.Establishment{ID: id}
	err := r.one(ctx, "establishment", statement.Establishment, r.id(&id.UUID), func(scan scanner) error {
		var special, finance int64
		err := scan(&e.Name, &e.PostCode, &e.Status, &e.Type, &special, &e.DfENumber, &e.URN, &finance)
		e.Special, e.Finance = special != 0, finance != 0
		return err
	})
	if err != nil {
		return record.Establishment{}, err
	}
	return e, nil
}

// contributor reads a row of pep_contributor.
func contributor(scan scanner) (c record.Contributor, err error) {
	var id, at []byte
	var name, email string
	var active, actioned int64
	err = scan(&id, &at, &name, &email, &active, &actioned)
	return record.Contributor{
		ID: record.ContributorID{UUID: idOf(id)}, Establishment: record.EstablishmentID{UUID: idOf(at)},
		Name: private.NewText(name), Email: private.NewText(email),
		Active: active != 0, Actioned: instantOf(actioned),
	}, err
}

func (r *reader) Contributor(ctx context.Context, id record.ContributorID) (c record.Contributor, err error) {
	err = r.one(ctx, "contributor", statement.Contributor, r.id(&id.UUID), func(scan scanner) error {
		c, err = contributor(scan)
		return err
	})
	return c, err
}

func (r *reader) Contributors(ctx context.Context, of record.EstablishmentID) iter.Seq2[record.Contributor, error] {
	return func(yield func(record.Contributor, error) bool) {
		var after record.ContributorID
		read := func(limit int) (page []record.Contributor, err error) {
			err = r.rows(ctx, "contributors", statement.Contributors, func(scan scanner) error {
				c, err := contributor(scan)
				page, after = append(page, c), c.ID
				return err
			}, r.authority(), r.id(&of.UUID), r.id(&after.UUID), limit)
			return page, err
		}
		paged(ctx, r.session, read)(yield)
	}
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
		t.text(c.UPN.Reveal(private.Storing)), string(body))
	return err
}

// putting returns why something cannot be put: it has no id, or its own check
// refuses it.
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
		t.text(e.DfENumber), t.text(e.URN), flag(e.Finance))
	return err
}

func (t *tx) PutContributor(ctx context.Context, c record.Contributor) error {
	if err := t.putting(ctx, c.ID.IsZero(), func() error { return nil }); err != nil {
		return err
	}
	_, err := t.exec(ctx, "put contributor", statement.PutContributor, t.authority(), t.id(&c.ID.UUID),
		t.id(&c.Establishment.UUID), t.text(c.Name.Reveal(private.Storing)), t.text(c.Email.Reveal(private.Storing)),
		flag(c.Active), instant(c.Actioned))
	return err
}
