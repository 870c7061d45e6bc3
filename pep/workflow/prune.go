package workflow

import (
	"context"
	"fmt"
	"time"

	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// Prune removes what nobody needs any more of the days before one: messages that
// were delivered and acknowledged, and the keys of commands. A command whose key was
// removed is done again if it is given again. The day must be at least 31 days ago,
// because RunDay looks back so far for missed days; a later one is a *rule.Invalid of
// "before". The plans, their history and the audit trail stay.
func (s *Service) Prune(ctx context.Context, before civil.Date) (gone storage.Pruned, err error) {
	if before.IsZero() || before.After(s.Today().AddDays(-lookBack)) {
		return gone, wrap("prune", pep.ID{}, &rule.Invalid{Member: "before", Want: fmt.Sprintf("a day at least %d days ago", lookBack)})
	}
	midnight := time.Date(before.Year(), before.Month(), before.Day(), 0, 0, 0, 0, s.c.Zone)
	for more := true; more; {
		var some storage.Pruned
		err := s.c.Plans.Update(ctx, func(tx storage.Tx) (err error) {
			some, err = tx.Prune(ctx, midnight, before, batch)
			return err
		})
		if err != nil {
			return gone, wrap("prune", pep.ID{}, err)
		}
		gone.Messages, gone.Keys = gone.Messages+some.Messages, gone.Keys+some.Keys
		more = some.Messages == batch || some.Keys == batch
	}
	return gone, nil
}
