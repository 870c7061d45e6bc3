// Package strict reads JSON whose members are all known beforehand: what is
// missing, unknown, written twice, of another type or malformed is found, all
// of it at once, each as a *rule.Invalid that names the member. A document, a list,
// a text and the depth have a bound. Text that is not JSON is refused with line,
// column and cause.
//
// [Read] opens an object. Its members are asked for with [Members.Need],
// [Members.Said] or [Members.May] and read by the type they must have, such as
// [Value.Date]. A faulty one reads as its zero value; [Members.Err] says at the
// end what was wrong. A member that was not asked for is unknown.
package strict
