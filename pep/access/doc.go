// Package access says who may see a child's plan and who may act on it. It is a table
// of role, deed and relation to the case. Whatever the table does not list is denied.
//
//	table := access.Standard()
//	relations := access.Of(access.LiveDelegation)
//	ok := table.Permits(pep.DesignatedTeacher, access.ReadAnswers, relations) // true
//
// A deed is an action of the workflow, the reading of something, such as the plan's
// history, or something done outside the workflow, such as adding a case note. A
// relation is how a person is connected with the case: a social worker has the child on
// their caseload, or a designated teacher holds the plan's delegation now. The host
// knows the relations. Package workflow asks it for them in the transaction that reads
// the plan.
//
// Access is checked before the rules and does not replace them. A social worker may see
// a plan of their own caseload, but rule FINAL-1 still forbids them to finalise it. The
// only error that the package returns is a *rule.Invalid for an unknown text form.
package access
