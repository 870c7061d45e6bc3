package ical

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"time"

	ics "github.com/arran4/golang-ical"

	"virtualschool.example/delegation"
	"virtualschool.example/pep"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/term/civil"
)

// Write writes the entries of the plans as one calendar, in the order of the views. The
// given instant becomes the DTSTAMP of each entry. Write skips a view whose
// Failed is set. It returns any error from w.
func Write(w io.Writer, views []workflow.View, at time.Time) error {
	c := ics.NewCalendar()
	c.SetProductId("-//virtualschool.example//Personal Education Plans//EN")
	c.SetName("Personal Education Plans")
	for _, v := range views {
		if v.Failed != nil {
			continue
		}
		plan := v.Plan.Snapshot()
		for _, e := range entries(&plan, v.Policy) {
			e.add(c, &plan, at)
		}
	}
	var out bytes.Buffer
	if err := c.SerializeTo(&out, ics.WithNewLineWindows); err != nil {
		return err
	}
	_, err := out.WriteTo(w)
	return err
}

// entry is one day of a plan.
type entry struct {
	kind string // the part of the UID that follows the plan's id
	says string
	on   civil.Date
}

// entries returns the entries of a plan: its meeting and, while the plan is delegated, its
// due date and its reminders.
func entries(plan *pep.Snapshot, policy *pep.Policy) (all []entry) {
	if plan.Stage >= pep.Cancelled {
		return nil
	}
	all = append(all, entry{"meeting", "PEP meeting", plan.Meeting})
	if plan.Stage != pep.Delegated {
		return all
	}
	all = append(all, entry{"due", "PEP return due", plan.Due})
	reminders := policy.Delegation(plan.Meeting).RemindersOn(delegation.Dates{Meeting: plan.Meeting, Delegated: plan.Delegated, Due: plan.Due})
	for n, day := range reminders {
		all = append(all, entry{"reminder-" + strconv.Itoa(n+1), "PEP reminder", day})
	}
	return all
}

// add adds an entry to a calendar.
func (e entry) add(c *ics.Calendar, plan *pep.Snapshot, at time.Time) {
	id := plan.ID.String()
	event := c.AddEvent(id + "-" + e.kind)
	event.SetDtStampTime(at)
	event.SetSequence(int(plan.Version))
	event.SetProperty(ics.ComponentPropertyDtStart, day(e.on), ics.WithValue(string(ics.ValueDataTypeDate)))
	event.SetProperty(ics.ComponentPropertyDtEnd, day(e.on.AddDays(1)), ics.WithValue(string(ics.ValueDataTypeDate)))
	event.SetSummary(e.says + " (plan " + id[:8] + ")")
	event.SetDescription("Plan " + id)
	event.SetClass(ics.ClassificationPrivate)
	event.SetTimeTransparency(ics.TransparencyTransparent)
}

// day formats a day as a DATE of RFC 5545.
func day(d civil.Date) string { return fmt.Sprintf("%04d%02d%02d", d.Year(), d.Month(), d.Day()) }
