package story

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// moment is one step of one child's course.
type moment struct {
	at    time.Time
	pupil *Pupil
	n     int // the number of the step in the course
	step  *step
}

// key returns the key of an action's command. It is the same in every run, so that
// nothing is done twice. A real host would use the id of its request.
func (m *moment) key(way string, i int) storage.Key {
	return storage.Key(fmt.Sprintf("termcycle/%s/%s/%d%s.%d", m.pupil.ID, m.pupil.Course.name, m.n, way, i))
}

// The two ways in which a step may go: as intended, or as the field "otherwise"
// says.
const meant, otherwise = "", "b"

// moments returns the whole story in the order in which it happens.
func (p *player) moments(pupils []*Pupil) (all []*moment) {
	for _, child := range pupils {
		n := 0
		for _, part := range child.Course.parts {
			all = append(all, p.happens(child, part, n)...)
			n += len(part.steps)
		}
	}
	slices.SortStableFunc(all, func(a, b *moment) int { return a.at.Compare(b.at) })
	return all
}

// happens returns the moments of a part's steps. The numbers of the moments begin
// at the given number. Each moment is on a working day, and not before the moment
// of the previous step.
func (p *player) happens(child *Pupil, part part, after int) (all []*moment) {
	from := child.Meeting
	if part.leaving {
		from = child.leaves()
	}
	if from.IsZero() {
		return nil
	}
	last := time.Time{}
	for i := range part.steps {
		s := &part.steps[i]
		on := p.workingDay(from.AddDays(s.day + part.later))
		if p.instant(on, s.at).Before(last) {
			on = p.workingDay(on.AddDays(1))
		}
		last = p.instant(on, s.at)
		all = append(all, &moment{last, child, after + i, s})
	}
	return all
}

// workingDay returns the day itself or, if it is not a working day, the next one.
func (p *player) workingDay(on civil.Date) civil.Date {
	for {
		working, err := p.policy.Delegation(on).Workdays.Is(on)
		if working || err != nil {
			return on
		}
		on = on.AddDays(1)
	}
}

// instant returns an instant on a day; at is the hour and minute, such as 930.
func (p *player) instant(on civil.Date, at int) time.Time {
	return time.Date(on.Year(), on.Month(), on.Day(), at/100, at%100, 0, 0, p.zone)
}

func (p *player) on(m *moment) civil.Date { return civil.Of(m.at, p.zone) }

// reached returns the index of the last moment in which an earlier run carried out an
// action, or -1 if there is no such moment. The earlier run may have been cut short in
// that moment.
func (p *player) reached(ctx context.Context, all []*moment) (last int, err error) {
	for last = len(all) - 1; last >= 0; last-- {
		if n, err := p.carriedOut(ctx, all[last]); n > 0 || err != nil {
			return last, err
		}
	}
	return last, nil
}

// carriedOut returns how many of a moment's actions were carried out. It looks up
// their keys.
func (p *player) carriedOut(ctx context.Context, m *moment) (n int, err error) {
	for _, way := range [...]string{meant, otherwise} {
		for i := 0; ; i++ {
			_, err := p.service.Outcome(ctx, program, m.key(way, i))
			if errors.Is(err, storage.ErrNotFound) {
				break
			} else if err != nil {
				return 0, err
			}
			n++
		}
	}
	return n, nil
}
