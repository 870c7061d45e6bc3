// Package strict reads JSON whose members are all known beforehand. It finds
// every member that is missing, unknown, written twice, malformed or of the
// wrong type, all at once, and reports each as a *rule.Invalid that names the
// member.
//
//	in := strict.Read(doc, "plan", 1<<20)
//	born := in.Need("born").Date()
//	err := in.Err()
//
// [Read] opens an object. The caller asks for its members with [Members.Need],
// [Members.Said] or [Members.May], and reads each as the type that it must have,
// such as [Value.Date]. A faulty member reads as its zero value, and [Members.Err]
// says at the end what was wrong. A member that was not asked for is unknown.
//
// Documents, lists, texts and nesting have limits. Text that is not JSON is
// refused with its line, its column and the cause.
package strict
