// Package record holds what is known about the people and places of a plan: a
// [Child] with its [Care] and [Education], an [Establishment], a [Contributor],
// and the [Note], [Attachment], [Payment] and [Request], with its [Reply], that
// belong to them.
//
//	child := record.Child{ID: id, Born: private.NewDate(born)}
//	err := child.Check()
//
// They are plain values, filled from a database or by a host that keeps the
// records itself. Personal data is a private.Text or a private.Date. Printing
// or logging a value of this package therefore shows no name, no birth date and
// no identifier of a child, and marshalling one is an error.
//
// Each Check returns a *rule.Invalid for every member that is not valid, joined
// by errors.Join. The rules about these values are in package pep.
//
// Every period is a half-open [Span]: To is the first day that it does not
// cover. [ParseUPN], [ParseDfENumber] and [ParseURN] check an identifier
// (ID-1).
package record
