package lockstep

import (
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// acts lists what a relay can do. The more frequent acts are listed twice.
var acts = [...]string{"claim", "claim ", "delivered", "delivered ", "release", "untried", "set aside", "set aside ", "set asides", "requeue"}

// outbox does one thing that a relay does.
func (w *walk) outbox(*rapid.T) {
	w.tally.Steps++
	switch rapid.SampledFrom(acts[:]).Draw(w.T, "act") {
	case "delivered", "delivered ":
		ids := rapid.SliceOfN(w.message(), 0, 8).Draw(w.T, "ids")
		w.tell("delivered", func(s *side) error { return s.store.Delivered(w.ctx, ids...) })
	case "release":
		id, until := w.message().Draw(w.T, "id"), w.at.Add(w.lease())
		w.tell("release", func(s *side) error { return s.store.Release(w.ctx, id, until) })
	case "untried":
		id := w.message().Draw(w.T, "id")
		w.tell("release untried", func(s *side) error { return s.store.Release(w.ctx, id, time.Time{}) })
	case "set aside", "set aside ":
		id := w.message().Draw(w.T, "id")
		w.tell("set aside", func(s *side) error { return s.store.SetAside(w.ctx, id) })
	case "requeue":
		id := w.message().Draw(w.T, "id")
		w.tell("requeue", func(s *side) error { return s.store.Requeue(w.ctx, id) })
	case "set asides":
		w.setAsides(rapid.IntRange(-1, 3).Draw(w.T, "limit"))
	default:
		limit, now := rapid.IntRange(-1, 6).Draw(w.T, "limit"), w.at.Add(-w.lease()/2)
		for _, m := range w.claim(limit, now, now.Add(w.lease())) {
			w.messages = append(w.messages, m.ID)
		}
	}
}

// lease draws how long a message is leased.
func (w *walk) lease() time.Duration {
	return rapid.SampledFrom([]time.Duration{0, time.Microsecond, time.Minute, time.Hour, 50 * time.Hour}).Draw(w.T, "lease")
}

// message draws the id of a claimed message, or an unknown id.
func (w *walk) message() *rapid.Generator[uuid.UUID] {
	return rapid.SampledFrom(append([]uuid.UUID{{15: 9}}, w.messages...))
}

// tell makes every side do something that returns only an error.
func (w *walk) tell(what string, do func(*side) error) {
	each(w, what, func(s *side) verdict {
		err := do(s)
		w.sound(s, what, err)
		return judge(err)
	})
}

// claim claims messages from every side.
func (w *walk) claim(limit int, now, until time.Time) []storage.Message {
	return each(w, "claim", func(s *side) []storage.Message {
		all, err := s.store.Claim(w.ctx, limit, now, until)
		w.sound(s, "claim", err)
		return append([]storage.Message{}, all...)
	})
}

// setAsides compares the messages that were set aside, page by page.
func (w *walk) setAsides(limit int) {
	after := storage.Message{}
	for {
		page := each(w, "set asides", func(s *side) []storage.Message {
			all, err := s.store.SetAsides(w.ctx, after, limit)
			w.sound(s, "set asides", err)
			return append([]storage.Message{}, all...)
		})
		if limit < 1 || len(page) < limit {
			return
		}
		after = page[len(page)-1]
	}
}

// queue compares the messages that can be claimed now. The leases end at once, so
// that queue changes nothing but the attempts.
func (w *walk) queue() {
	for _, m := range w.claim(1_000_000, w.at, w.at) {
		if len(w.messages) < 40 {
			w.messages = append(w.messages, m.ID)
		}
	}
}

// prune prunes old messages and keys. It sets the limit so that all or none are
// removed, because a store may choose which ones it removes first.
func (w *walk) prune(*rapid.T) {
	w.tally.Steps++
	at := w.at.AddDate(0, 0, rapid.IntRange(-40, 1).Draw(w.T, "pruned before"))
	on := civil.Of(at, at.Location())
	limit := rapid.SampledFrom([]int{1_000_000, 1_000_000, 0, -1}).Draw(w.T, "at most")
	type pruned struct {
		What storage.Pruned
		How  verdict
	}
	each(w, "prune", func(s *side) (p pruned) {
		err := s.store.Update(w.ctx, func(tx storage.Tx) (err error) {
			p.What, err = tx.Prune(w.ctx, at, on, limit)
			return err
		})
		w.sound(s, "prune", err)
		p.How = judge(err)
		return p
	})
	w.changed = true
}
