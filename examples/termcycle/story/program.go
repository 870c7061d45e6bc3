package story

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
	_ "time/tzdata" // so that Europe/London is known on a machine without time zones

	_ "modernc.org/sqlite"

	"virtualschool.example/examples/internal/example"
	"virtualschool.example/pep"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// options holds the flags, which may have one dash or two.
type options struct {
	Children string     `placeholder:"FILE" help:"A CSV file of children, to use instead of the children that the program ships with."`
	DB       string     `name:"db" default:"termcycle.db" placeholder:"FILE" help:"The SQLite file (default: termcycle.db)."`
	Out      string     `placeholder:"DIR" help:"A folder for the output at the end: the term's report, the waiting e-mails and one plan as PDF."`
	AsOf     civil.Date `placeholder:"DATE" help:"The day up to which the story is played, such as 2006-01-02 (default: its last day)."`
}

// The exit codes.
const (
	done     = 0
	failed   = 1
	unusable = 2 // the flags or the file of children were wrong, and nothing was done
)

// Run is the whole program. It returns the exit code: 0 if all went well, 1 for an
// error, 2 if the flags or the file of children are wrong.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var o options
	pupils, err := ready(&o, args, stdout)
	if errors.Is(err, example.ErrHelp) {
		return done
	}
	if err != nil {
		fmt.Fprintln(stderr, err)
		return unusable
	}
	if err := onFile(ctx, o, pupils, stdout); err != nil {
		fmt.Fprintln(stderr, err)
		return failed
	}
	return done
}

// ready reads the flags and the children.
func ready(o *options, args []string, stdout io.Writer) ([]*Pupil, error) {
	err := example.Parse(o, "termcycle", "Plays one term of Personal Education Plans on a SQLite file.", args, stdout)
	switch {
	case err != nil:
		return nil, err
	case !o.AsOf.IsZero() && !published(o.AsOf):
		return nil, errors.New("--as-of must be a day for which the bank holidays are published (DUE-7)")
	case o.Children == "":
		return readChildren(bytes.NewReader(shipped))
	}
	file, err := os.Open(o.Children)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	pupils, err := readChildren(file)
	if err != nil {
		return nil, fmt.Errorf("%w\nnothing was imported", err)
	}
	return pupils, nil
}

// published reports whether the bank holidays are published for a day.
func published(day civil.Date) bool {
	days := pep.Lancashire().Delegation(day).Workdays
	return !day.Before(days.From()) && !day.After(days.To())
}

// onFile plays the story on a SQLite file.
func onFile(ctx context.Context, o options, pupils []*Pupil, w io.Writer) error {
	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN(o.DB))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(4)
	if err := migrate.Up(ctx, db, sqlstore.SQLite); err != nil {
		return err
	}
	store, err := sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire"})
	if err != nil {
		return err
	}
	return tell(ctx, store, pupils, o.AsOf, w, func(p *player, t term.Term) error {
		if o.Out == "" {
			return nil
		}
		p.told.printf("\nOutput\n")
		return (&folder{p, o.Out, store}).write(ctx, t)
	})
}

// newPlayer returns a player for a store. Its service uses the story's own clock and
// ids.
func newPlayer(store storage.Plans, w io.Writer) (*player, error) {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, err
	}
	p := &player{policy: pep.Lancashire(), clock: &clock{}, zone: zone, told: &timeline{w: w}}
	p.service, err = workflow.New(workflow.Config{
		Plans: store, Policy: p.policy, Zone: zone, Trusting: true, // the story acts in every role itself
		Now: p.clock.time, NewID: p.clock.newID, System: person(pep.System),
	})
	return p, err
}

// tell registers the children, plays the story up to a day and prints it. Finally, it
// calls each of the given functions with the story's term.
func tell(ctx context.Context, store storage.Plans, pupils []*Pupil, until civil.Date, w io.Writer, after ...func(*player, term.Term) error) error {
	p, err := newPlayer(store, w)
	if err != nil {
		return err
	}
	story := p.moments(pupils)
	p.clock.now = p.instant(until, morning)
	if len(story) > 0 {
		p.clock.now = story[0].at
	}
	if until.IsZero() && len(story) > 0 {
		until = p.on(story[len(story)-1])
	}
	added, err := p.register(ctx, pupils)
	if err != nil {
		return err
	}
	p.told.printf("%d children in the file, %d new to the register\n", len(pupils), added)
	d, err := p.play(ctx, story, until)
	if err != nil {
		return err
	}
	if p.changes == 0 && added == 0 {
		p.told.printf("\nnothing to do: everything up to %s has already been done\n", day(d.On))
	}
	t := p.termOf(pupils, d)
	if err := p.conclude(ctx, t, d); err != nil {
		return err
	}
	for _, do := range after {
		if err := do(p, t); err != nil {
			return err
		}
	}
	return p.told.err
}
