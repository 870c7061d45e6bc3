package notify_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/pep/notify"
	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/storage/outbox"
)

// fault is what goes wrong in one call to the store or the sender.
type fault uint8

const (
	none       fault = iota
	diesBefore       // the program dies before the call takes effect
	diesAfter        // the program dies after the call has taken effect
	failsBefore
	failsAfter // for example, a server accepts an e-mail and fails before it replies
	pastFaults
)

var errFault = fmt.Errorf("a fault: %w", storage.ErrUnavailable)

// killed is the value with which a dying program panics.
const killed = "killed"

// lab is a program that uses the story's store and a mail server. It counts its calls to
// both and makes some of them go wrong. Once the program is dead, its calls have no
// effect.
type lab struct {
	*memstore.Store
	at    map[int]fault // the faults, keyed by the number of the call, from 1
	calls int
	dead  bool

	copies map[uuid.UUID][]string // the e-mails that the mail server has accepted, by ID
	t      require.TestingT
}

// call makes the next call, with the fault that is planned for it, if any.
func (l *lab) call(do func() error) error {
	if l.dead {
		return storage.ErrClosed
	}
	l.calls++
	f := l.at[l.calls]
	if f == diesBefore {
		l.die()
	}
	if f == failsBefore {
		return errFault
	}
	err := do()
	switch f {
	case diesAfter:
		l.die()
	case failsAfter:
		return errors.Join(err, errFault)
	}
	return err
}

func (l *lab) die() {
	l.dead = true
	panic(killed)
}

func (l *lab) View(ctx context.Context, fn func(storage.Reader) error) error {
	return l.call(func() error { return l.Store.View(ctx, fn) })
}

func (l *lab) Claim(ctx context.Context, limit int, now, until time.Time) (given []storage.Message, err error) {
	err = l.call(func() (err error) { given, err = l.Store.Claim(ctx, limit, now, until); return err })
	return given, err
}

func (l *lab) Delivered(ctx context.Context, ids ...uuid.UUID) error {
	return l.call(func() error { return l.Store.Delivered(ctx, ids...) })
}

func (l *lab) Release(ctx context.Context, id uuid.UUID, until time.Time) error {
	return l.call(func() error { return l.Store.Release(ctx, id, until) })
}

func (l *lab) SetAside(ctx context.Context, id uuid.UUID) error {
	return l.call(func() error { return l.Store.SetAside(ctx, id) })
}

func (l *lab) Send(_ context.Context, e notify.Email) error {
	return l.call(func() error {
		l.copies[e.ID()] = append(l.copies[e.ID()], written(l.t, &e))
		return nil
	})
}

// drain starts the program, and starts it again whenever it dies or its relay ends
// with an error, until no message is left. It returns the number of starts.
func (l *lab) drain(s *story, t require.TestingT) (starts int) {
	for left := true; left; starts++ {
		require.Less(t, starts, 100)
		l.dead = false
		left = l.run(s, t)
		s.Clock.Move(2 * time.Hour) // past the lease and the longest wait
	}
	return starts
}

// run runs the program once, and reports whether a message may be left.
func (l *lab) run(s *story, t require.TestingT) (left bool) {
	defer func() {
		if r := recover(); r != nil {
			require.Equal(t, killed, r)
			left = true
		}
	}()
	p, err := notify.New(notify.Config{Plans: l, Office: office, Sender: l, Worker: worker})
	require.NoError(t, err)
	r, err := outbox.New(outbox.Config{Outbox: l, Publish: p.Publish, Now: s.Clock.Now, Attempts: 50})
	require.NoError(t, err)
	before := l.calls
	_, err = r.Drain(context.Background())
	return err != nil || l.calls > before+1 // a run with nothing to do makes one call: a claim
}

// experiment drains a new story with faults. It requires that exactly the wanted e-mails
// are sent, and that all copies of an e-mail are equal.
func experiment(t testing.TB, rt require.TestingT, at map[int]fault, want map[uuid.UUID]string) *lab {
	s := tell(t)
	l := &lab{Store: s.Store, at: at, copies: map[uuid.UUID][]string{}, t: rt}
	l.drain(s, rt)
	aside, err := s.Store.SetAsides(context.Background(), storage.Message{}, 10)
	require.NoError(rt, err)
	require.Empty(rt, aside)
	require.Equal(rt, len(want), len(l.copies), "an e-mail was sent that should not exist")
	for id, e := range want {
		require.NotEmpty(rt, l.copies[id], "an e-mail was lost")
		for _, c := range l.copies[id] {
			require.Equal(rt, e, c, "a repeat differs")
		}
	}
	return l
}

// expected returns the e-mails that the story must send, as WriteTo writes them, keyed by
// ID.
func expected(t testing.TB) map[uuid.UUID]string {
	s, want := tell(t), map[uuid.UUID]string{}
	sent := &postbag{}
	p, n := s.publisher(sent), 0
	for _, m := range s.messages() {
		require.NoError(t, p.Publish(t.Context(), m))
		n += len(told[m.Kind])
		if m.Establishment.IsZero() {
			n--
		}
	}
	for _, e := range *sent {
		want[e.ID()] = written(t, &e)
	}
	require.Len(t, want, n)
	return want
}

// TestEachEMailGoesOutWhereverTheProgramDies runs the whole way from the store through the
// relay and the publisher to the sender, with a fault at each call in turn. Each e-mail
// must go out at least once, all its copies must be equal, and nothing else may go out.
func TestEachEMailGoesOutWhereverTheProgramDies(t *testing.T) {
	t.Parallel()
	want := expected(t)
	calm := experiment(t, t, nil, want)
	runs, copies := 0, 0
	for n := 1; n <= calm.calls; n++ {
		for f := none + 1; f < pastFaults; f++ {
			l := experiment(t, t, map[int]fault{n: f}, want)
			runs++
			for _, c := range l.copies {
				copies += len(c)
			}
		}
	}
	t.Logf("%d e-mails; %d calls of the store and the sender; killed or failed before and after each: %d runs, %d e-mails sent, %d of them repeats, none lost",
		len(want), calm.calls, runs, copies, copies-runs*len(want))
}

// TestEachEMailGoesOutAfterManyFaults requires that no e-mail is lost or changed when
// several calls in one run go wrong.
func TestEachEMailGoesOutAfterManyFaults(t *testing.T) {
	t.Parallel()
	want := expected(t)
	rapid.Check(t, func(rt *rapid.T) {
		at := rapid.MapOfN(rapid.IntRange(1, 200), rapid.Custom(func(t *rapid.T) fault {
			return fault(rapid.IntRange(int(diesBefore), int(pastFaults)-1).Draw(t, "fault"))
		}), 1, 12).Draw(rt, "faults")
		experiment(t, rt, at, want)
	})
}
