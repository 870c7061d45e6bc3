// Package record holds what is known of the people and places of a plan: a
// [Child] with its [Care] and [Education], an [Establishment], its
// [Contributor], and the [Note], [Attachment], [Payment] and [Request], with its
// [Reply], that belong to them.
//
// They are plain values, to be filled from a database or by a host that keeps
// the record itself. What is personal is a private.Text or a private.Date, so
// printing or logging a value of this package shows no name, no birth date and
// no identifier of a child, and marshalling one is an error. Rules over these
// values are in package pep; here is only what makes them a record at all:
// Check returns a *rule.Invalid for each member that is not, joined.
//
// Every period is a half-open [Span]: To is the first day not covered.
//
// [ParseUPN], [ParseDfENumber] and [ParseURN] check an identifier (ID-1).
package record
