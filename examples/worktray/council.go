package main

import (
	"context"
	"database/sql"
	"errors"
	"time"

	_ "modernc.org/sqlite"

	"virtualschool.example/examples/termcycle/story"
	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/storage/upload"
	"virtualschool.example/term/civil"
)

// council is the invented council: the service over its store, and the people who work
// there.
type council struct {
	*workflow.Service
	people people
	zone   *time.Location
	now    func() time.Time
}

// openFile opens the store of an SQLite file.
func openFile(ctx context.Context, file string) (*sql.DB, *sqlstore.Store, error) {
	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN(file))
	if err != nil {
		return nil, nil, err
	}
	db.SetMaxOpenConns(4)
	if err = migrate.Up(ctx, db, sqlstore.SQLite); err == nil {
		var store *sqlstore.Store
		if store, err = sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire"}); err == nil {
			return db, store, nil
		}
	}
	return nil, nil, errors.Join(err, db.Close())
}

// uploads are the checks that an attached file must pass. A host names its scanner here.
var uploads = upload.Checks{Scan: upload.Unscanned}

// newCouncil plays the story up to the evening before the given day, and then runs the
// given day's work.
func newCouncil(ctx context.Context, store storage.Plans, files storage.Blobs, on civil.Date) (c *council, err error) {
	c = &council{}
	if err := story.Play(ctx, store, on.AddDays(-1)); err != nil {
		return nil, err
	}
	if c.zone, err = time.LoadLocation("Europe/London"); err != nil {
		return nil, err
	}
	c.now = clock(on, c.zone)
	children, err := story.Children()
	if err != nil {
		return nil, err
	}
	c.people = peopleOf(children)
	c.Service, err = workflow.New(workflow.Config{
		Plans: store, Zone: c.zone, Now: c.now, Relation: c.people.relation, System: story.Person(pep.System),
		NeedRequests: true, AuditReadings: true,
		Blobs: files, Uploads: uploads,
	})
	if err != nil {
		return nil, err
	}
	if err := c.Enter(ctx, program(), c.people.entries(children, c.now().Add(-time.Hour))); err != nil {
		return nil, err
	}
	_, err = c.RunDay(ctx, on)
	return c, err
}

// program is the host itself, which adds to the register what the story leaves out.
func program() workflow.Actor { return workflow.Actor{ID: story.Person(pep.System), Role: pep.System} }

// clock returns a clock that starts at nine in the morning of a day.
func clock(on civil.Date, zone *time.Location) func() time.Time {
	nine, made := time.Date(on.Year(), on.Month(), on.Day(), 9, 0, 0, 0, zone), time.Now()
	return func() time.Time { return nine.Add(min(time.Since(made), 14*time.Hour)) }
}

// relation returns the relations that the register gives. For the reviewing officer, it uses
// this program's own list of cases instead; a real host gets this list from another system.
func (p people) relation(ctx context.Context, c workflow.Case) (access.Relations, error) {
	if c.By.Role != pep.IndependentReviewingOfficer {
		return workflow.Registered(ctx, c)
	}
	if p.reviewed[c.Child] {
		return access.Of(access.UnderReview), nil
	}
	return 0, nil
}

// entries returns what the register holds in addition to the story: a second social worker's
// caseload, personal advisers for the oldest children, and a second teacher at each school.
// The second teacher at the first of these schools got an account at the given time.
func (p people) entries(children []*story.Pupil, lately time.Time) (e workflow.Entries) {
	schools := map[record.EstablishmentID]bool{}
	for i, child := range children {
		mine := child.Child
		if i%4 == 3 {
			mine.Worker = p.second.ID
		}
		if mine.Born.Reveal(private.Deciding).Before(civil.MustParse("2009-09-01")) {
			mine.Adviser = story.Person(pep.PersonalAdviser)
		}
		e.Children = append(e.Children, mine)
		if child.Teacher == nil || schools[child.Place.ID] {
			continue
		}
		schools[child.Place.ID] = true
		first := *child.Teacher
		first.Name = text(p.byContributor[first.ID].Name)
		second := deputy(first)
		if len(schools) == 1 {
			second.Actioned = lately
		}
		e.Contributors = append(e.Contributors, first, second)
	}
	return e
}
