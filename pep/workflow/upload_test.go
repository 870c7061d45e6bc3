package workflow_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/private/privatetest"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/storage/dirblobs"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/storage/upload"
)

// keeping returns a world whose service keeps files in a folder. Unless the
// configuration is changed, it accepts every file without a scan.
func keeping(t *testing.T, change ...func(*workflow.Config)) (w *world, dir string) {
	dir = filepath.Join(t.TempDir(), "files")
	files, err := dirblobs.New(dir)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, files.Close()) })
	return newWorld(t, append([]func(*workflow.Config){func(c *workflow.Config) {
		c.Blobs, c.Uploads.Scan = files, upload.Unscanned
	}}, change...)...), dir
}

// stored returns the names of all files in a folder.
func stored(t *testing.T, dir string) (names []string) {
	require.NoError(t, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	}))
	return names
}

// pdf returns the content of an invented document that takes more than one read.
func pdf(says string) string { return "%PDF-1.7\n" + strings.Repeat(says+"\n", 20_000) }

func (w *world) upload(c workflow.Command, content string) (storage.Outcome, error) {
	return w.Upload(ctx, c, strings.NewReader(content))
}

// documents returns the attachments of a plan and the content of each, or "" if the
// content has not arrived.
func (w *world) documents(id pep.ID) (all []record.Attachment, contents []string) {
	w.Helper()
	require.NoError(w, w.Read(ctx, worker, id, access.ReadDocuments, func(c workflow.Reading) error {
		all, contents = nil, nil
		for a, err := range c.Attachments() {
			require.NoError(w, err)
			_, r, err := c.Open(a.ID)
			content := []byte{}
			if err == nil {
				content, err = io.ReadAll(r)
				require.NoError(w, errors.Join(err, r.Close()))
			} else {
				require.ErrorIs(w, err, storage.ErrNotFound)
			}
			all, contents = append(all, a), append(contents, string(content))
		}
		return nil
	}))
	return all, contents
}

func TestAFileIsAttachedWithItsContent(t *testing.T) {
	t.Parallel()
	w, dir := keeping(t)
	id := w.start(ada, "2026-01-14")
	c := w.command(worker, id, pep.Attach{Name: text("Report, Łukasz.pdf")})
	o, err := w.upload(c, pdf("one"))
	require.NoError(t, err)
	require.Equal(t, storage.Outcome{Plan: id, Version: 2, Events: o.Events}, o)
	all, contents := w.documents(id)
	require.Equal(t, []record.Attachment{{ID: record.AttachmentID{UUID: o.Events[0]}, Name: all[0].Name, Size: int64(len(pdf("one")))}}, all)
	require.True(t, all[0].Name.Equal(text("Report, Łukasz.pdf")))
	require.Equal(t, []string{pdf("one")}, contents)
	require.Len(t, stored(t, dir), 1)

	for range 2 {
		again, err := w.upload(c, pdf("one"))
		require.NoError(t, err, "the same command with the same file")
		require.Equal(t, o, again)
	}
	_, err = w.upload(c, pdf("two"))
	require.ErrorIs(t, err, storage.ErrKeyReused, "the same key with another file of the same size")
	_, contents = w.documents(id)
	require.Equal(t, []string{pdf("one")}, contents)
	require.Len(t, stored(t, dir), 1)
}

// TestARefusedUploadIsNotRead: if the command would be refused, not a byte of the
// file is read, and nothing of it is kept.
func TestARefusedUploadIsNotRead(t *testing.T) {
	t.Parallel()
	named := func(name string) pep.Action { return pep.Attach{Name: text(name)} }
	for _, c := range []struct {
		name   string
		change func(*workflow.Config)
		with   func(w *world, c *workflow.Command)
		want   workflow.Kind
	}{
		{"the wrong role", nil, func(_ *world, c *workflow.Command) { c.By = consultant }, workflow.Forbidden},
		{"somebody else's child", relate(func(context.Context, workflow.Case) (access.Relations, error) { return 0, nil }), nil, workflow.NotFound},
		{"the same again by somebody who may not see the plan any more", nil, func(w *world, c *workflow.Command) {
			_, err := w.upload(*c, pdf("first"))
			require.NoError(w, err)
			w.make(relate(func(context.Context, workflow.Case) (access.Relations, error) { return 0, nil }))
		}, workflow.NotFound},
		{"no such plan", nil, func(_ *world, c *workflow.Command) { c.Plan.UUID = uid(99) }, workflow.NotFound},
		{"a plan that has changed", nil, func(w *world, c *workflow.Command) {
			w.must(worker, c.Plan, pep.RescheduleMeeting{Meeting: on("2026-01-15")})
		}, workflow.Conflict},
		{"a stage that takes no files", nil, func(w *world, c *workflow.Command) {
			w.must(desk, c.Plan, pep.Delete{Reason: text("Opened twice")})
			c.Seen++
		}, workflow.Refused},
		{"a blank name", nil, func(_ *world, c *workflow.Command) { c.Do = named(" ") }, workflow.Invalid},
		{"a type that is not taken", nil, func(_ *world, c *workflow.Command) { c.Do = named("letter.docm") }, workflow.Invalid},
		{"a path", nil, func(_ *world, c *workflow.Command) { c.Do = named("../letter.pdf") }, workflow.Invalid},
		{"a size that is too large", func(c *workflow.Config) { c.Uploads.Size = 100 }, func(_ *world, c *workflow.Command) {
			c.Do = pep.Attach{Name: text("a.pdf"), Size: 101}
		}, workflow.Invalid},
		{"a size below zero", nil, func(_ *world, c *workflow.Command) { c.Do = pep.Attach{Name: text("a.pdf"), Size: -1} }, workflow.Invalid},
		{"too many files", func(c *workflow.Config) { c.Uploads.Count = 1 }, func(w *world, c *workflow.Command) {
			_, err := w.upload(*c, pdf("first"))
			require.NoError(w, err)
			c.Key, c.Seen = w.key(), c.Seen+1
		}, workflow.Invalid},
		{"no key", nil, func(_ *world, c *workflow.Command) { c.Key = "" }, workflow.Invalid},
		{"another action", nil, func(_ *world, c *workflow.Command) { c.Do = pep.Activate{} }, workflow.Invalid},
		{"no action", nil, func(_ *world, c *workflow.Command) { c.Do = nil }, workflow.Invalid},
		{"no place for files", func(c *workflow.Config) { c.Blobs = nil }, nil, workflow.Internal},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w, dir := keeping(t)
			id := w.start(ada, "2026-01-14")
			if c.change != nil {
				w.make(c.change)
			}
			command := w.command(worker, id, named("a.pdf"))
			if c.with != nil {
				c.with(w, &command)
			}
			history, files := w.history(id), stored(t, dir)
			r := strings.NewReader(pdf(privatetest.Canary))
			_, err := w.Upload(ctx, command, r)
			requireKind(t, c.want, err)
			require.Equal(t, r.Size(), int64(r.Len()), "nothing of the file may be read")
			require.Equal(t, history, w.history(id))
			require.Equal(t, files, stored(t, dir))
		})
	}
}

// TestAFileThatDoesNotPassLeavesNothing: there is neither an attachment nor a byte
// of the file.
func TestAFileThatDoesNotPassLeavesNothing(t *testing.T) {
	t.Parallel()
	harmful := &rule.Invalid{Member: "file", Want: "a file without malware"}
	scanner := func(scan func(context.Context, io.Reader) error) func(*workflow.Config) {
		return func(c *workflow.Config) { c.Uploads.Scan = scan }
	}
	for _, c := range []struct {
		name    string
		change  func(*workflow.Config)
		content io.Reader
		size    int64
		want    workflow.Kind
	}{
		{"another type", nil, strings.NewReader("<html>"), 0, workflow.Invalid},
		{"fewer bytes than were promised", nil, strings.NewReader(pdf("a")), int64(len(pdf("a"))) + 1, workflow.Invalid},
		{"too large", func(c *workflow.Config) { c.Uploads.Size = 1000 }, strings.NewReader(pdf("a")), 0, workflow.Invalid},
		{"without end", func(c *workflow.Config) { c.Uploads.Size = 1 << 20 }, io.MultiReader(strings.NewReader(pdf("a")), endless{}), 0, workflow.Invalid},
		{"cut off", nil, io.MultiReader(strings.NewReader(pdf("a")), failingReader{io.ErrUnexpectedEOF}), 0, workflow.Internal},
		{"harmful", scanner(func(_ context.Context, r io.Reader) error {
			_, err := io.Copy(io.Discard, r)
			return errors.Join(err, harmful)
		}), strings.NewReader(pdf("a")), 0, workflow.Invalid},
		{"a scanner that fails", scanner(func(context.Context, io.Reader) error { return errors.New("no scanner") }), strings.NewReader(pdf("a")), 0, workflow.Internal},
		{"a scanner that panics", scanner(func(context.Context, io.Reader) error { panic(privatetest.Canary) }), strings.NewReader(pdf("a")), 0, workflow.Internal},
		{"a scanner that hangs", func(c *workflow.Config) {
			c.Uploads.Patience = time.Millisecond
			c.Uploads.Scan = func(ctx context.Context, r io.Reader) error { <-ctx.Done(); return nil }
		}, strings.NewReader(pdf("a")), 0, workflow.Contention},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w, dir := keeping(t)
			id := w.start(ada, "2026-01-14")
			if c.change != nil {
				w.make(c.change)
			}
			command := w.command(worker, id, pep.Attach{Name: text(privatetest.Canary + ".pdf"), Size: c.size})
			_, err := w.Upload(ctx, command, c.content)
			requireKind(t, c.want, err)
			requireNothingShows(t, c.name, err, nil)
			require.Len(t, w.history(id), 1)
			require.Empty(t, stored(t, dir))

			w.make(func(c *workflow.Config) { c.Uploads = upload.Checks{Scan: upload.Unscanned} })
			_, err = w.upload(w.command(worker, id, pep.Attach{Name: text("b.pdf")}), pdf("b"))
			require.NoError(t, err, "the next file is taken")
		})
	}
}

// endless is a reader that never ends, and failingReader is one that fails.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

type failingReader struct{ err error }

func (f failingReader) Read([]byte) (int, error) { return 0, f.err }

// faulty is a store of files that calls a function at three steps: "before" it
// reads, "after" it has read everything, and "late", when the file is in its place.
// If the function returns an error, the step fails.
type faulty struct {
	storage.Blobs
	call func(string) error
}

func (f faulty) Put(ctx context.Context, id record.AttachmentID, r io.Reader, limit int64) (int64, error) {
	if err := f.call("before"); err != nil {
		return 0, err
	}
	n, err := f.Blobs.Put(ctx, id, spyingReader{r, f.call}, limit)
	if err == nil {
		err = errors.Join(ctx.Err(), f.call("late"))
	}
	return n, err
}

// spyingReader calls a function when it reaches the end of what it reads.
type spyingReader struct {
	io.Reader
	call func(string) error
}

func (s spyingReader) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err == io.EOF {
		if failure := s.call("after"); failure != nil {
			err = failure
		}
	}
	return n, err
}

// TestAnUploadThatFailsAtAnyStepIsFinishedByRepeatingIt makes each call to the
// store, and each step of faulty, fail in turn.
func TestAnUploadThatFailsAtAnyStepIsFinishedByRepeatingIt(t *testing.T) {
	t.Parallel()
	broken := &storage.Error{Op: "test", Err: storage.ErrUnavailable}
	steps := map[string]int{}
	for n := 1; ; n++ {
		w, dir := keeping(t)
		id := w.start(ada, "2026-01-14")
		command := w.command(worker, id, pep.Attach{Name: text("a.pdf")})
		calls, failedAt := 0, ""
		call := func(name string) error {
			if calls++; calls == n {
				failedAt = name
				return broken
			}
			return nil
		}
		s, err := workflow.New(workflow.Config{
			Plans: spyBooks{spy{w.store, call}}, Trusting: true, Now: w.clock.now, Blobs: faulty{w.config.Blobs, call}, Uploads: w.config.Uploads,
		})
		require.NoError(t, err)
		o, err := s.Upload(ctx, command, strings.NewReader(pdf("one")))
		if failedAt == "" {
			require.NoError(t, err)
			require.Greater(t, n, 8)
			break
		}
		steps[failedAt]++
		require.ErrorIs(t, err, storage.ErrUnavailable, failedAt)
		require.Zero(t, o)
		attached, files := len(w.history(id)) == 2, stored(t, dir)
		require.True(t, attached || len(files) == 0, "%s: there is a file without its attachment", failedAt)
		require.Equal(t, attached, errors.Is(err, storage.ErrOutcomeUnknown), failedAt)
		if attached {
			require.Equal(t, workflow.Unknown, workflow.KindOf(err))
		}

		o, err = w.upload(command, pdf("one"))
		require.NoError(t, err, failedAt)
		all, contents := w.documents(id)
		require.Len(t, all, 1)
		require.Equal(t, o.Events[0], all[0].ID.UUID)
		require.Equal(t, []string{pdf("one")}, contents, failedAt)
		require.Len(t, stored(t, dir), 1)
	}
	for _, step := range []string{"View", "Update", "Once", "Save", "Record", "commit", "before", "after", "late"} {
		require.NotZero(t, steps[step], "%s was not failed: %v", step, steps)
	}
}

// spyBooks is a spy whose Readers and Txs keep a book.
type spyBooks struct{ spy }

func (s spyBooks) View(ctx context.Context, fn func(storage.Reader) error) error {
	return s.spy.View(ctx, func(r storage.Reader) error {
		book, err := storage.BookOf(r.(spyReader).r)
		if err != nil {
			return err
		}
		return fn(struct {
			spyReader
			storage.Book
		}{r.(spyReader), book})
	})
}

// TestALostAnswerIsGivenAgain: the command was committed but the caller does not
// know, so the same command and file must return the outcome.
func TestALostAnswerIsGivenAgain(t *testing.T) {
	t.Parallel()
	w, dir := keeping(t)
	id := w.start(ada, "2026-01-14")
	command := w.command(worker, id, pep.Attach{Name: text("a.pdf")})
	_, err := w.In(lostAnswer{w.store}).Upload(ctx, command, strings.NewReader(pdf("one")))
	requireKind(t, workflow.Unknown, err)
	_, contents := w.documents(id)
	require.Equal(t, []string{""}, contents, "the file is attached, but its content is missing")
	require.Empty(t, stored(t, dir))

	_, err = w.upload(command, pdf("two"))
	require.ErrorIs(t, err, storage.ErrKeyReused, "another file must not take its place")
	w.must(worker, id, pep.RescheduleMeeting{Meeting: on("2026-01-15")})
	o, err := w.upload(command, pdf("one"))
	require.NoError(t, err, "even if the plan has changed since")
	require.Equal(t, int64(2), o.Version)
	_, contents = w.documents(id)
	require.Equal(t, []string{pdf("one")}, contents)
}

// lostAnswer is a store that commits and then reports that the outcome is unknown.
type lostAnswer struct{ storage.Plans }

func (l lostAnswer) Update(ctx context.Context, fn func(storage.Tx) error) error {
	if err := l.Plans.Update(ctx, fn); err != nil {
		return err
	}
	return storage.ErrOutcomeUnknown
}

// TestOneOfManyUploadsToOneVersionIsAttached: one upload succeeds if each has a key
// of its own. If all have the same key, all get the same answer.
func TestOneOfManyUploadsToOneVersionIsAttached(t *testing.T) {
	t.Parallel()
	for name, oneKey := range map[string]bool{"keys of their own": false, "one key": true} {
		for kind, blobs := range map[string]storage.Blobs{"in a folder": nil, "in memory": &memstore.Blobs{}} {
			t.Run(name+" "+kind, func(t *testing.T) {
				t.Parallel()
				w, dir := keeping(t, func(c *workflow.Config) {
					if blobs != nil {
						c.Blobs = blobs
					}
				})
				id := w.start(ada, "2026-01-14")
				command := w.command(worker, id, pep.Attach{Name: text("a.pdf")})
				var all sync.WaitGroup
				outcomes, errs := make([]storage.Outcome, 8), make([]error, 8)
				for n := range 8 {
					c, content := command, pdf("same")
					if !oneKey {
						c.Key, content = w.key(), pdf(string(rune('a'+n)))
					}
					all.Go(func() { outcomes[n], errs[n] = w.upload(c, content) })
				}
				all.Wait()
				done, want := 0, ""
				for n, err := range errs {
					if err == nil {
						done, want = done+1, pdf(string(rune('a'+n)))
						require.Equal(t, int64(2), outcomes[n].Version)
					} else {
						require.ErrorIs(t, err, storage.ErrConflict)
					}
				}
				if oneKey {
					require.Equal(t, 8, done)
					want = pdf("same")
				}
				require.True(t, oneKey || done == 1, "%d are attached", done)
				_, contents := w.documents(id)
				require.Equal(t, []string{want}, contents)
				if blobs == nil {
					require.Len(t, stored(t, dir), 1)
				}
			})
		}
	}
}

// TestACallerWhoLeavesLeavesAllOrNothing cancels the caller's context while the file
// is being read, or once the attachment is saved.
func TestACallerWhoLeavesLeavesAllOrNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, at, want string }{
		{"while the file is read", "read", ""},
		{"once the attachment is saved", "after", pdf("one")},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w, dir := keeping(t)
			id := w.start(ada, "2026-01-14")
			leaving, cancel := context.WithCancel(ctx)
			leave := func(at string) error {
				if at == c.at {
					cancel()
				}
				return nil
			}
			w.make(func(config *workflow.Config) { config.Blobs = faulty{config.Blobs, leave} })
			content := io.MultiReader(strings.NewReader(pdf("one")), calling(func() { _ = leave("read") }))
			o, err := w.Upload(leaving, w.command(worker, id, pep.Attach{Name: text("a.pdf")}), content)
			if c.want == "" {
				require.ErrorIs(t, err, context.Canceled)
				require.Empty(t, stored(t, dir))
				require.Len(t, w.history(id), 1)
				return
			}
			require.NoError(t, err)
			require.Equal(t, int64(2), o.Version)
			_, contents := w.documents(id)
			require.Equal(t, []string{c.want}, contents)
		})
	}
}

// calling is an empty reader that calls a function.
type calling func()

func (c calling) Read([]byte) (int, error) { c(); return 0, io.EOF }

// TestADocumentIsOpenedThroughItsOwnPlan: a document cannot be opened through
// another plan, in a reading with another deed, or by somebody who may not read it.
func TestADocumentIsOpenedThroughItsOwnPlan(t *testing.T) {
	t.Parallel()
	w, _ := keeping(t)
	one, other := w.start(ada, "2026-01-14"), w.start(ben, "2026-01-14")
	o, err := w.upload(w.command(worker, one, pep.Attach{Name: text("a.pdf")}), pdf("one"))
	require.NoError(t, err)
	id := record.AttachmentID{UUID: o.Events[0]}
	read := func(s *workflow.Service, plan pep.ID, d access.Deed) (content string, err error) {
		var r io.ReadCloser
		err = s.Read(ctx, worker, plan, d, func(c workflow.Reading) (err error) {
			_, r, err = c.Open(id)
			return err
		})
		if err != nil {
			require.Nil(t, r)
			return "", err
		}
		b, err := io.ReadAll(r) // after Read has returned
		require.NoError(t, errors.Join(err, r.Close()))
		return string(b), nil
	}
	content, err := read(w.Service, one, access.ReadDocuments)
	require.NoError(t, err)
	require.Equal(t, pdf("one"), content)
	_, err = read(w.Service, other, access.ReadDocuments)
	requireKind(t, workflow.NotFound, err)
	_, err = read(w.Service, one, access.ReadHistory)
	requireKind(t, workflow.Invalid, err)

	w.make(func(c *workflow.Config) { c.Blobs = nil })
	_, err = read(w.Service, one, access.ReadDocuments)
	require.ErrorIs(t, err, storage.ErrNoRole)
	w.make(relate(func(context.Context, workflow.Case) (access.Relations, error) { return 0, nil }))
	_, err = read(w.Service, one, access.ReadDocuments)
	requireKind(t, workflow.NotFound, err)
}

func TestTheDaysWorkSweepsWhatAKilledProgramWasWriting(t *testing.T) {
	t.Parallel()
	w, dir := keeping(t)
	old, young := filepath.Join(dir, "unfinished", "a"), filepath.Join(dir, "unfinished", "b")
	for name, age := range map[string]time.Duration{old: 25 * time.Hour, young: 23 * time.Hour} {
		require.NoError(t, os.WriteFile(name, []byte("half"), 0o600))
		written := w.clock.now().Add(-age)
		require.NoError(t, os.Chtimes(name, written, written))
	}
	d, err := w.RunDay(ctx, w.Today())
	require.NoError(t, err)
	require.Empty(t, d.Failed)
	require.Equal(t, []string{young}, stored(t, dir))
}

// TestTheScanEndsWithTheUpload: the scan is cancelled if the file cannot be stored.
func TestTheScanEndsWithTheUpload(t *testing.T) {
	t.Parallel()
	ended := make(chan error, 1)
	w, _ := keeping(t, func(c *workflow.Config) {
		c.Blobs = faulty{c.Blobs, func(string) error { return storage.ErrUnavailable }}
		c.Uploads.Scan = func(ctx context.Context, _ io.Reader) error { <-ctx.Done(); ended <- ctx.Err(); return nil }
	})
	_, err := w.upload(w.command(worker, w.start(ada, "2026-01-14"), pep.Attach{Name: text("a.pdf")}), pdf("one"))
	require.ErrorIs(t, err, storage.ErrUnavailable)
	require.ErrorIs(t, <-ended, context.Canceled)
}

func TestBlobsNeedAScanner(t *testing.T) {
	t.Parallel()
	_, err := workflow.New(workflow.Config{Plans: memstore.New(), Trusting: true, Blobs: &memstore.Blobs{}})
	require.Equal(t, []string{"scan"}, rule.InvalidMembers(err))
}

// TestARefusedUploadIsAudited: the audit entry is named after the command's action,
// "attach", and the observation is named "upload".
func TestARefusedUploadIsAudited(t *testing.T) {
	t.Parallel()
	var seen []string
	w, _ := keeping(t, func(c *workflow.Config) {
		c.Observe = func(_ context.Context, o workflow.Observation) { seen = append(seen, o.Action+" "+o.Kind.String()) }
	})
	id := w.start(ada, "2026-01-14")
	c := w.command(consultant, id, pep.Attach{Name: text("a.pdf")})
	_, err := w.Upload(ctx, c, bytes.NewReader(nil))
	requireKind(t, workflow.Forbidden, err)
	entries := w.entries()
	require.Len(t, entries, 1)
	require.Equal(t, "attach", entries[0].Name)
	require.Equal(t, consultant.ID, entries[0].By)
	c.By = worker
	_, err = w.upload(c, pdf("one"))
	require.NoError(t, err)
	require.Equal(t, []string{"start_initial ", "upload forbidden", "attach ", "upload "}, seen)
}
