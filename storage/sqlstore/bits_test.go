package sqlstore_test

import (
	"database/sql"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/term/civil"
)

var flips = flag.Int("flips", 300, "how many bits of a SQLite file TestAChangedBitIsNotReadAsOtherData changes, one at a time")

// reading holds everything that was read from a database, by name. It leaves out
// anything damaged.
type reading map[string]string

// note records a value under a name, unless the value could not be read.
func (r reading) note(err error, name string, what ...any) {
	if err == nil {
		r[name] = fmt.Sprint(what...)
	}
}

// of reads a database through a store. Whatever cannot be read is left out of the
// reading.
func of(s *sqlstore.Store, plans []pep.ID, children []record.ChildID) reading {
	all := reading{}
	_ = s.View(nowhere, func(r storage.Reader) error {
		register := r.(storage.Register)
		for _, id := range plans {
			p, err := r.Plan(nowhere, id)
			if err == nil {
				all.note(nil, "plan "+id.String(), p.Snapshot())
			}
			for e, err := range r.History(nowhere, id) {
				all.note(err, fmt.Sprint("event ", id, e.Version), e)
				if err == nil && e.Digest != (pep.Digest{}) {
					text, err := r.Text(nowhere, e.ID())
					all.note(err, fmt.Sprint("text ", id, e.Version), text.Reveal(private.Showing))
				}
			}
			for section := 1; section <= forms.MaxSections; section++ {
				answers, err := r.Answers(nowhere, id, section, 1)
				if err == nil && !answers.IsZero() { // a missing row is not wrong data
					all.note(nil, fmt.Sprint("answers ", id, section), answers.Reveal(private.Showing))
				}
			}
			for c, err := range r.Sealed(nowhere, id) {
				all.note(err, fmt.Sprint("sealed ", id, c.Version, c.Section), c.Revision, c.Until, c.Answers.Reveal(private.Showing))
			}
		}
		for _, id := range children {
			c, err := register.Child(nowhere, id)
			all.note(err, "child "+id.String(), shown(&c))
		}
		for c, err := range register.Children(nowhere, record.Span{}, record.ChildID{}) {
			all.note(err, "listed child "+c.ID.String(), shown(&c))
		}
		for p, err := range r.Plans(nowhere, storage.Query{Scope: storage.Everything()}) {
			if err == nil {
				all.note(nil, "listed "+p.ID().String(), p.Snapshot())
			}
		}
		return nil
	})
	return all
}

func shown(c *record.Child) string {
	return fmt.Sprint(c.Name.Reveal(private.Showing), c.Born.Reveal(private.Showing), c.UPN.Reveal(private.Showing), c.Care, c.Education, c.Worker, c.Adviser, c.Consent)
}

// sample fills a new database and returns its file, its plans and its children.
func sample(t *testing.T) (file []byte, plans []pep.ID, children []record.ChildID) {
	path := filepath.Join(t.TempDir(), "plans.db")
	s, db := openFile(t, path)
	for i, stage := range []pep.Stage{pep.Draft, pep.Delegated, pep.Returned, pep.Checking, pep.Finalised} {
		j := journey.New(t, fmt.Sprint("child ", i)).To(stage)
		if stage == pep.Delegated {
			require.NoError(t, save(s, j.Plan))
			j.With(reread(t, s, j.Plan.ID()))
			j.Do(pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("moved away")})
		}
		require.NoError(t, save(s, j.Plan))
		plans, children = append(plans, j.Plan.ID()), append(children, j.Plan.Child())
		require.NoError(t, s.Update(nowhere, func(tx storage.Tx) error {
			return tx.(storage.Registrar).PutChild(nowhere, record.Child{
				ID: j.Plan.Child(), Name: private.NewText(fmt.Sprint("Ada Invented ", i)), Born: private.NewDate(civil.MustParse("2014-05-20")),
				Care: record.Care{Episodes: []record.Episode{{Span: record.Span{From: civil.MustParse("2025-11-03")}}}},
			})
		}))
	}
	_, err := db.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	require.NoError(t, err)
	file, err = os.ReadFile(path)
	require.NoError(t, err)
	return file, plans, children
}

func reread(t *testing.T, s *sqlstore.Store, id pep.ID) (p *pep.PEP) {
	require.NoError(t, s.View(nowhere, func(r storage.Reader) (err error) {
		p, err = r.Plan(nowhere, id)
		return err
	}))
	return p
}

func openFile(t *testing.T, path string) (*sqlstore.Store, *sql.DB) {
	db := database(t, path)
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.SQLite))
	s, err := sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire"})
	require.NoError(t, err)
	return s, db
}

// TestAChangedBitIsNotReadAsOtherData changes one bit of a file at a time, as a failing
// disk might. The store then reads each thing either as it was written or not at all.
func TestAChangedBitIsNotReadAsOtherData(t *testing.T) {
	t.Parallel()
	file, plans, children := sample(t)
	path := filepath.Join(t.TempDir(), "changed.db")
	require.NoError(t, os.WriteFile(path, file, 0o600))
	db := database(t, path)
	s, err := sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire"})
	require.NoError(t, err)
	want := of(s, plans, children)
	require.NoError(t, db.Close())
	require.Greater(t, len(want), 50)
	var places []int
	for i, b := range file {
		if b != 0 {
			places = append(places, i)
		}
	}
	random := rand.New(rand.NewPCG(20261130, 10))
	other, less := 0, 0
	for range *flips {
		changed := slices.Clone(file)
		at, bit := places[random.IntN(len(places))], random.IntN(8)
		changed[at] ^= 1 << bit
		got := readChanged(t, changed, plans, children)
		for name, what := range got {
			if want[name] != what {
				other++
				t.Errorf("bit %d of byte %d: %s is read as other data:\n%s\n%s", bit, at, name, want[name], what)
				break
			}
		}
		if len(got) < len(want) {
			less++
		}
	}
	t.Logf("%d bits changed one at a time: after %d something was damaged or not found, after %d it was read as other data", *flips, less, other)
}

// readChanged reads a changed file.
func readChanged(t *testing.T, file []byte, plans []pep.ID, children []record.ChildID) reading {
	path := filepath.Join(t.TempDir(), "changed.db")
	require.NoError(t, os.WriteFile(path, file, 0o600))
	defer func() { _ = os.Remove(path) }()
	db := database(t, path)
	defer func() { _ = db.Close() }()
	s, err := sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire"})
	if err != nil {
		return nil
	}
	return of(s, plans, children)
}
