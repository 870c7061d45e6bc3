// Package ical writes the meetings, due dates and reminders of several plans as one
// iCalendar feed (RFC 5545), for the calendar program of a worker or an establishment.
//
// The plans come from the service, which gives everybody what they may see:
//
//   - A social worker's are service.LookAll with storage.Everything, of which the
//     service leaves out what is not on the worker's caseload. A host that knows the
//     children names them with storage.Caseload, which reads less.
//   - A designated teacher's, and an establishment's, are service.LookAll with
//     storage.Establishment; the teacher sees the plans that are delegated to them now.
//   - Business support and the consultants take the pages of service.Tray.
//
// LookAll gives up to workflow.MaxPage plans. The next page begins after the last view
// that has not failed.
//
// A feed is the whole state: a calendar program that subscribes to it replaces what it
// had. So the entries of a plan that was cancelled or deleted are no longer in it, and a
// due date and its reminders are in it while the plan is delegated.
//
// An entry has no name, no establishment and nothing about the child. It is an all-day
// event whose summary says what it is and the first eight digits of the plan's id. Its
// UID is made of the plan's id and what the entry is, so that a meeting that is moved
// keeps it. Its SEQUENCE is the plan's version, and its DTSTAMP the instant for which
// the feed is written.
package ical
