// Package access says who may do what about a child's plan, and who may see
// what. It is a table of role, deed and relation to the case, and denies
// whatever the table does not list.
//
// A deed is an action of the workflow, a reading such as the plan's history, or
// something done beside the workflow, such as adding a case note. A relation is
// how somebody is connected with the case: a social worker has the child on
// their caseload, a designated teacher holds the plan's delegation now. A host
// knows the relations, and package workflow asks it in the same transaction as
// it reads the plan.
//
// Access comes before the rules and does not replace them. A social worker may
// see a plan of their own caseload, and rule FINAL-1 still refuses to let them
// finalise it.
package access
