package memstore

import (
	"context"
	"time"

	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

func (t *tx) Prune(ctx context.Context, before time.Time, on civil.Date, limit int) (gone storage.Pruned, err error) {
	if err := t.usable(ctx); err != nil {
		return gone, err
	}
	s, now, end := t.state, t.still(), before.UnixMicro()
	old := func(k turn) bool { return k.version < end && gone.Messages < limit }
	for k, of := range now.done.from(turn{version: oldest}, old) {
		if m, _ := s.messages.get(of); m.On.Before(on) {
			s.done.cut(s.owner, k)
			s.messages.cut(s.owner, of)
			gone.Messages++
		}
	}
	entered := func(k aged) bool { return k.at < end && gone.Keys < limit }
	for k := range now.ages.from(aged{at: oldest}, entered) {
		s.ages.cut(s.owner, k)
		s.commands.cut(s.owner, k.key)
		gone.Keys++
	}
	return gone, nil
}
