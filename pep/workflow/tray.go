package workflow

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// TrayQuery selects plans of a work tray. A zero Term or Due selects everything.
type TrayQuery struct {
	Term  term.Term
	Due   record.Span // the days on which a selected plan may be due
	After Position    // Page.Next of the previous page; zero for the first page
	Limit int         // the number of plans on a page; zero means DefaultPage, and more than MaxPage is invalid
}

// DefaultPage is the number of plans on a page if the query does not say, and
// MaxPage is the largest number that a query can ask for.
const (
	DefaultPage = 50
	MaxPage     = 500
)

// Page is one page of a tray, sorted by meeting date and then by the plan's id.
type Page struct {
	Views  []View            `json:"views"`
	Alerts []storage.Message `json:"alerts,omitempty"` // the alerts about all plans of the caseload, whether in the tray or not; only on a social worker's first page
	Next   Position          `json:"next,omitzero"`    // where the next page begins; zero on the last page
	Failed []*Error          `json:"failed,omitempty"` // the damaged plans in the tray, and the damaged records of children in the caseload; Plan is zero in an error about a record
}

// Position is a place in a particular list that belongs to one actor. The zero
// Position is the beginning of the list.
type Position struct {
	list  uuid.UUID // the list to which the place belongs
	place storage.Place
}

// IsZero reports whether the position is the beginning of a list.
func (p Position) IsZero() bool { return p == Position{} }

// MarshalText returns the text form of the position, which only UnmarshalText can
// read. The beginning of a list is "".
func (p Position) MarshalText() ([]byte, error) {
	if p.IsZero() {
		return nil, nil
	}
	return fmt.Appendf(nil, "%s_%s_%s", p.list, p.place.Meeting, p.place.ID), nil
}

// UnmarshalText reads the text form of a position. It returns a *rule.Invalid for
// "after" if the text is anything else.
func (p *Position) UnmarshalText(text []byte) error {
	parts := strings.Split(string(text), "_")
	if len(text) == 0 {
		*p = Position{}
		return nil
	}
	var read Position
	err := errors.New("three parts are wanted")
	if len(parts) == 3 {
		read.list, err = uuid.Parse(parts[0])
		day, dayErr := civil.Parse(parts[1])
		id, idErr := uuid.Parse(parts[2])
		read.place, err = storage.Place{Meeting: day, ID: pep.ID{UUID: id}}, errors.Join(err, dayErr, idErr)
	}
	if err != nil {
		return &rule.Invalid{Member: "after", Want: positionWant}
	}
	*p = read
	return nil
}

const positionWant = "the position that the previous page of the same list returned"

// trays gives the tray of each role, or zero for a role without one, such as the
// personal adviser (CHG-5).
var trays = [...]pep.Tray{
	pep.SocialWorker:            pep.SocialWorkerTray,
	pep.DesignatedTeacher:       pep.EstablishmentTray,
	pep.BusinessSupport:         pep.BusinessSupportTray,
	pep.VirtualSchoolConsultant: pep.ConsultantsTray,
}

// Tray returns a page of the actor's work tray, with each plan as LookAll returns
// it. A social worker's tray has the plans of the children for whom the register names
// them as the worker. A designated teacher's tray has the plans that are delegated to
// them. Business support and the consultants have one tray each for the whole
// authority. No other role has a tray, so Tray returns a *rule.Invalid for "role".
func (s *Service) Tray(ctx context.Context, by Actor, q TrayQuery) (page Page, err error) {
	if err := q.check(by); err != nil {
		return page, wrap("tray", pep.ID{}, err)
	}
	list := q.list(by)
	err = s.run(ctx, errand{by: by, name: "tray"}, func(v *visit, _ *pep.PEP) error {
		page = Page{}
		query, err := v.trayQuery(q)
		if err != nil {
			return err
		}
		if by.Role == pep.SocialWorker && q.After.IsZero() {
			children, _ := query.Scope.Children()
			if page.Alerts, err = v.alerts(children); err != nil {
				return err
			}
			v.alerted = page.Alerts
		}
		more := false
		if page.Views, more, err = v.collect(query); more {
			page.Next = Position{list, storage.PlaceOf(page.Views[len(page.Views)-1].Plan)}
		}
		page.Failed = v.damaged
		return err
	})
	return page, wrap("tray", pep.ID{}, err)
}

// LookAll returns the plans that a query selects, as the actor sees them. It leaves
// out the plans that the actor may not see. Each View is as Look returns it, except
// that Outlook is zero. If the register is a storage.Batch, LookAll reads the facts
// of all plans together.
//
// The query's Limit counts only plans that the actor may see. It defaults to
// MaxPage, which is also the maximum. The next page begins after the place of the
// last plan, as storage.PlaceOf returns it. An actor who may see the plans of every
// child is also given the damaged plans, at the end and with Failed set. For a query
// without a scope, LookAll returns a *rule.Invalid for "scope".
func (s *Service) LookAll(ctx context.Context, by Actor, q storage.Query) (views []View, err error) {
	if err := q.Check(); err != nil {
		return nil, wrap("look_all", pep.ID{}, err)
	}
	if q.Limit == 0 || q.Limit > MaxPage {
		q.Limit = MaxPage
	}
	err = s.run(ctx, errand{by: by, name: "look_all"}, func(v *visit, _ *pep.PEP) error {
		views, _, err = v.collect(q)
		if err != nil || len(v.damaged) == 0 {
			return err
		}
		if v.may, err = v.permission(record.ChildID{}, nil); err != nil {
			return err
		}
		if v.may.have &^= access.Of(access.OwnCaseload); !v.may.see() { // nobody knows to whose caseload a damaged plan belongs
			return nil
		}
		for _, e := range v.damaged {
			views = append(views, unreadable(pep.New(e.Plan), e))
		}
		return nil
	})
	return views, err
}

// collect returns up to q.Limit of the plans that a query selects and the actor may
// see, and whether there are more. It reads until it has q.Limit+1 plans that the
// actor may see, so that the other plans never make a page shorter. It notes the
// damaged plans.
func (v *visit) collect(q storage.Query) (views []View, more bool, err error) {
	limit := q.Limit
	views, q.Limit = []View{}, 0
	plans := sound(v.r.Plans(v.ctx, q), func(id pep.ID, err error) { v.damaged = append(v.damaged, &Error{Op: "look", Plan: id, Err: err}) })
	for page, err := range pages(plans, limit+1) {
		if err != nil {
			return nil, false, err
		}
		some, err := v.views(page)
		if err != nil {
			return nil, false, err
		}
		if views = append(views, some...); len(views) > limit {
			return views[:limit], true, nil
		}
	}
	return views, false, nil
}

// check returns a *rule.Invalid if q does not select a page of a tray that the actor
// has.
func (q TrayQuery) check(by Actor) error {
	if err := by.Check(); err != nil {
		return err
	}
	if q.Limit < 0 || q.Limit > MaxPage {
		return &rule.Invalid{Member: "limit", Want: fmt.Sprintf("a number from 1 to %d, or 0 for %d", MaxPage, DefaultPage)}
	}
	if int(by.Role) >= len(trays) || trays[by.Role] == 0 {
		return &rule.Invalid{Member: "role", Want: "a role that has a tray, such as social_worker"}
	}
	if !q.After.IsZero() && q.After.list != q.list(by) {
		return &rule.Invalid{Member: "after", Want: positionWant}
	}
	return nil
}

// lists is the UUID name space for the ids of the lists that have Positions.
var lists = uuid.UUID{0x3f, 0x60, 0x1c, 0x95, 0x0a, 0xd2, 0x4b, 0x37, 0x9e, 0x14, 0x72, 0xc8, 0x5d, 0xe1, 0x06, 0xba}

// list returns an id that distinguishes the actor's tray, with these selections,
// from every other list.
func (q TrayQuery) list(by Actor) uuid.UUID {
	return uuid.NewSHA1(lists, fmt.Appendf(nil, "%s %s %s %s %s", by.ID, by.Role, by.Contributor, q.Term, q.Due))
}

// trayQuery returns the query of a page of the actor's tray.
func (v *visit) trayQuery(q TrayQuery) (storage.Query, error) {
	limit := q.Limit
	if limit == 0 {
		limit = DefaultPage
	}
	query := storage.Query{Scope: storage.Tray(trays[v.by.Role]), Term: q.Term, Due: q.Due, After: q.After.place, Limit: limit}
	switch v.by.Role {
	case pep.DesignatedTeacher:
		query.Contributor = v.by.Contributor
	case pep.SocialWorker:
		children, err := v.caseload()
		if err != nil {
			return query, err
		}
		query.Stages, _ = query.SelectedStages() // the stages of the tray
		query.Scope = storage.Caseload(children...)
	}
	return query, nil
}

// caseload returns the children whose worker is the actor.
func (v *visit) caseload() (children []record.ChildID, err error) {
	if v.Register == nil {
		return nil, storage.ErrNoRegister
	}
	for c, err := range v.Register.Caseload(v.ctx, v.by.ID) {
		if KindOf(err) == Damaged {
			v.damaged = append(v.damaged, &Error{Op: "look", Err: err})
			continue
		}
		if err != nil {
			return nil, err
		}
		if c.Worker == v.by.ID {
			keep(&v.children, c.ID, c)
			children = append(children, c.ID)
		}
	}
	return children, nil
}
