// Package ical writes the meetings, due dates and reminders of several plans as one
// iCalendar feed (RFC 5545), for the calendar program of a worker or an establishment.
//
//	views, err := service.LookAll(ctx, by, query)
//	err = ical.Write(w, views, now)
//
// Write returns only errors from w and from the calendar library.
//
// The plans come from the service, which returns only what the actor may see:
//
//   - For a social worker, call service.LookAll with storage.Everything. The service leaves
//     out plans that are not on the worker's caseload. A host that knows the children can
//     name them with storage.Caseload, which reads less.
//   - For a designated teacher or an establishment, call service.LookAll with
//     storage.Establishment. The teacher sees the plans that are delegated to them now.
//   - For business support and the consultants, read the pages of service.Tray.
//
// LookAll returns up to workflow.MaxPage plans. The next page begins after the last view
// that did not fail.
//
// A feed is complete: a calendar program that subscribes to it replaces all earlier
// entries. A cancelled or deleted plan has no entries. A plan has entries for its due date
// and its reminders only while it is delegated.
//
// An entry holds no name, no establishment and nothing about the child. It is an all-day
// event. Its summary says what happens that day and gives the first eight digits of the
// plan's id. Its UID consists of the plan's id and the kind of entry, so a meeting keeps
// its UID when it moves. Its SEQUENCE is the plan's version, and its DTSTAMP is the instant
// given to Write.
package ical
