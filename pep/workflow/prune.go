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

// Prune removes what is dated before a day and no longer needed: messages that were
// delivered and are no longer alerts, and the keys of commands. If a command is
// given again after its key was removed, it is carried out again. The day must be at
// least 31 days ago, because RunDay looks that far back for missed days. For a later
// day, Prune returns a *rule.Invalid for "before". Prune keeps the plans, their
// history and the audit trail.
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
