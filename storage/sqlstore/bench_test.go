package sqlstore_test

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
)

// BenchmarkStep measures one command on one plan: enter the key, load the plan, write a
// section, save it, record the outcome. It compares this with hand-written prepared
// statements that write the same rows without decoding or deciding: once with an update
// that serves every step, and once with the least update that this step needs. It also
// takes the step in a transaction that the host began.
func BenchmarkStep(b *testing.B) {
	for _, c := range []struct {
		name                      string
		others, history, answered int
	}{
		{"new plan", 0, 1, 0},
		{"all sections answered", 0, 1, 6},
		{"200 events", 0, 200, 0},
		{"100000 other plans", 100_000, 1, 0},
	} {
		b.Run(c.name, func(b *testing.B) {
			s, db := open(b)
			crowd(b, s, c.others)
			id := aged(b, s, c.history, c.answered)
			benchStep(b, s, db, id)
		})
	}
}

// benchStep takes the step in each of the four ways in turn, so that other load on the
// machine affects all of them. It compares their CPU time, which does not include waiting
// for the disk.
func benchStep(b *testing.B, s *sqlstore.Store, db *sql.DB, id pep.ID) {
	ctx := context.Background()
	a := section(loaded(b, s, id))
	floor := newFloor(b, s, db, id)
	const each = 20
	runs := []func(storage.Key){
		func(k storage.Key) { require.NoError(b, step(ctx, s, id, a, k)) },
		func(k storage.Key) { floor.step(b, k, floor.all) },
		func(k storage.Key) { floor.step(b, k, floor.least) },
		func(k storage.Key) {
			tx, err := db.Begin()
			require.NoError(b, err)
			require.NoError(b, step(ctx, s.In(tx), id, a, k))
			require.NoError(b, tx.Commit())
		},
	}
	took := make([]float64, len(runs))
	for n := 0; b.Loop(); n++ {
		for r, run := range runs {
			from := used(b)
			for i := range each {
				run(key(n, r*each+i))
			}
			took[r] += float64(used(b) - from)
		}
	}
	b.ReportMetric(took[0]/float64(each*b.N), "cpu-ns/ours")
	b.ReportMetric(took[1]/float64(each*b.N), "cpu-ns/floor")
	b.ReportMetric(took[0]/took[1], "ours/floor")
	b.ReportMetric(took[0]/took[2], "ours/least")
	b.ReportMetric(took[3]/took[0], "joined/ours")
}

// TestTheFloorOfAStepWritesWhatTheStoreReads runs the benchmark's own SQL, which must be
// kept in step with the schema.
func TestTheFloorOfAStepWritesWhatTheStoreReads(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, db := open(t)
	id := aged(t, s, 1, 0)
	floor := newFloor(t, s, db, id)
	before := loaded(t, s, id).Version()
	floor.step(t, key(0, 0), floor.all)
	floor.step(t, key(0, 1), floor.least)
	require.Equal(t, before+2, loaded(t, s, id).Version())
	require.NoError(t, s.View(ctx, func(r storage.Reader) error {
		for _, err := range r.History(ctx, id) {
			require.NoError(t, err)
		}
		_, err := r.Answers(ctx, id, 3, 1)
		return err
	}))
}

func used(b *testing.B) int64 {
	var u syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return u.Utime.Nano() + u.Stime.Nano()
}

func key(n, i int) storage.Key {
	return storage.Key(fmt.Sprintf("%010d-%02d-a key of a command", n, i))
}

// section returns the answer that every step writes: the boxes of one section.
func section(p *pep.PEP) pep.Answer {
	return pep.Answer{Section: 3, Answers: filled(p, 3, "What we saw in class this term, in a sentence.")}
}

func step(ctx context.Context, s *sqlstore.Store, id pep.ID, a pep.Answer, k storage.Key) error {
	return s.Update(ctx, func(tx storage.Tx) error {
		if _, _, err := tx.Once(ctx, k, pep.Digest{1}, lately); err != nil {
			return err
		}
		p, err := tx.Plan(ctx, id)
		if err != nil {
			return err
		}
		if err := p.Do(act(p.Child(), pep.SocialWorker), a); err != nil {
			return err
		}
		e := p.Pending()
		if err := tx.Record(ctx, k, storage.Outcome{Plan: id, Version: p.Version(), Events: []uuid.UUID{e[0].ID()}}); err != nil {
			return err
		}
		return tx.Save(ctx, p)
	})
}

func loaded(t testing.TB, s *sqlstore.Store, id pep.ID) (p *pep.PEP) {
	ctx := context.Background()
	require.NoError(t, s.View(ctx, func(r storage.Reader) (err error) {
		p, err = r.Plan(ctx, id)
		return err
	}))
	return p
}

// newFloor returns statements, written by hand, that take the benchmark's step. It has the
// store take one step, and copies the rows that the store wrote.
func newFloor(t testing.TB, s *sqlstore.Store, db *sql.DB, id pep.ID) *hand {
	require.NoError(t, step(context.Background(), s, id, section(loaded(t, s, id)), "the step that is copied"))
	h := byHand(t, db)
	h.id = id
	row := db.QueryRow(`SELECT p.body, e.body, a.answers, a.checksum FROM pep_plan p JOIN pep_event e ON e.plan = p.id AND e.version = p.version
		JOIN pep_answers a ON a.plan = p.id AND a.section = 3 WHERE p.id = ?`, id.UUID[:])
	require.NoError(t, row.Scan(&h.body, &h.event, &h.answers, &h.answersSum))
	return h
}

// hand takes the benchmark's step at the lowest possible cost, the floor. Its prepared
// statements write, in one transaction, rows that were encoded once. It does not decode,
// decide or encode. It does compute the checksum of each body, because the body has a new
// version at each step, and the store refuses to read a plan with a wrong checksum.
type hand struct {
	db                    *sql.DB
	key, plan, all, least *sql.Stmt
	insert, put, outcome  *sql.Stmt

	id                   pep.ID
	body, event, answers string
	answersSum           int64
}

func byHand(t testing.TB, db *sql.DB) *hand {
	prepare := func(text string) *sql.Stmt {
		s, err := db.Prepare(text)
		require.NoError(t, err)
		t.Cleanup(func() { _ = s.Close() })
		return s
	}
	return &hand{
		db:    db,
		key:   prepare(`INSERT INTO pep_command (authority, key, digest, plan, version, events, entered) VALUES ('lancashire', ?, ?, zeroblob(16), 0, x'', 0) ON CONFLICT DO NOTHING`),
		plan:  prepare(`SELECT version, body, checksum FROM pep_plan WHERE authority = 'lancashire' AND id = ?`),
		least: prepare(`UPDATE pep_plan SET version = ?, body = ?, checksum = ? WHERE authority = 'lancashire' AND id = ? AND version = ?`),
		all: prepare(`UPDATE pep_plan SET version = ?, body = ?, checksum = ?, establishment = establishment, stage = 1, term = 20262, meeting = 20260520, due = 0, grade = 0, outline = outline
			WHERE authority = 'lancashire' AND id = ? AND version = ?`),
		insert: prepare(`INSERT INTO pep_event (authority, plan, version, body, checksum) VALUES ('lancashire', ?, ?, ?, ?)`),
		put: prepare(`INSERT INTO pep_answers (authority, plan, section, revision, answers, checksum) VALUES ('lancashire', ?, 3, 1, ?, ?)
			ON CONFLICT (authority, plan, section, revision) DO UPDATE SET answers = excluded.answers, checksum = excluded.checksum`),
		outcome: prepare(`UPDATE pep_command SET plan = ?, version = ?, events = ? WHERE authority = 'lancashire' AND key = ?`),
	}
}

func (h *hand) step(t testing.TB, key storage.Key, update *sql.Stmt) {
	tx, err := h.db.Begin()
	require.NoError(t, err)
	defer func() { _ = tx.Rollback() }()
	exec := func(s *sql.Stmt, args ...any) {
		if _, err := tx.Stmt(s).Exec(args...); err != nil {
			t.Fatal(err)
		}
	}
	exec(h.key, []byte(key), make([]byte, 32))
	var read []byte
	var version, sum int64
	if err := tx.Stmt(h.plan).QueryRow(h.id.UUID[:]).Scan(&version, &read, &sum); err != nil {
		t.Fatal(err)
	}
	body, event := h.versioned(h.body, version+1), h.versioned(h.event, version+1)
	exec(update, version+1, body, sumOf(body), h.id.UUID[:], version)
	exec(h.insert, h.id.UUID[:], version+1, event, sumOf(event))
	exec(h.put, h.id.UUID[:], h.answers, h.answersSum)
	exec(h.outcome, h.id.UUID[:], version+1, h.id.UUID[:], []byte(key))
	require.NoError(t, tx.Commit())
}

// versioned returns a body with its version replaced, so that the store can also read a
// plan that the floor wrote.
func (h *hand) versioned(body string, version int64) string {
	before, rest, _ := strings.Cut(body, `"version":`)
	_, after, _ := strings.Cut(rest, ",")
	return before + `"version":` + strconv.FormatInt(version, 10) + "," + after
}

// sumOf returns the checksum of a body as the store computes it, over the body's length
// and then its bytes.
func sumOf(body string) int64 {
	table := crc32.MakeTable(crc32.Castagnoli)
	length := binary.BigEndian.AppendUint64(nil, uint64(len(body)))
	return int64(crc32.Update(crc32.Checksum(length, table), table, []byte(body)))
}

// crowd fills a store with other children's plans.
func crowd(b *testing.B, s *sqlstore.Store, n int) {
	ctx := context.Background()
	for n > 0 {
		require.NoError(b, s.Update(ctx, func(tx storage.Tx) error {
			for ; n > 0 && n%1000 != 1; n-- {
				if err := tx.Save(ctx, started(b, newChild(), "2026-05-20")); err != nil {
					return err
				}
			}
			n--
			return nil
		}))
	}
}

// aged stores a plan with the given numbers of events and of answered sections, and
// returns its id. Each answered section holds 3 KB and adds one more event.
func aged(b testing.TB, s *sqlstore.Store, history, answered int) pep.ID {
	ctx := context.Background()
	p := started(b, newChild(), "2026-05-20")
	for n := 1; n <= answered; n++ {
		do(b, p, pep.SocialWorker, pep.Answer{Section: n, Answers: long(p, n)})
	}
	for n := 1; n < history; n++ {
		do(b, p, pep.SocialWorker, pep.Answer{Section: 3, Answers: filled(p, 3, strconv.Itoa(n))})
	}
	require.NoError(b, s.Update(ctx, func(tx storage.Tx) error { return tx.Save(ctx, p) }))
	return p.ID()
}

func long(p *pep.PEP, section int) forms.Answers {
	boxes := max(len(filled(p, section, "x").Reveal("storing")), 1)
	return filled(p, section, fmt.Sprintf("%0*d", 3000/boxes, 7))
}
