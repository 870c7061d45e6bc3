// Package policy reads and writes policies as JSON.
//
// [Overlay] puts a JSON object over a policy and returns the policy that
// results; the base stays as it was. Each member that the object names
// replaces that member of the policy whole: nothing is merged below it. What
// is wrong comes back all at once, each fault a *rule.Invalid whose Member is
// the path, such as "returnPeriod.days". [Members] is the inverse: the members
// in force, as an object that Overlay reads.
//
//	leapBirthday  "mar1" or "feb28": when somebody born on 29 February is a year older in a common year (AGE-2)
//	lowerBound    "birthday_term" or "term_after_birthday": the first term that counts (ELIG-6)
//	returnPeriod  {"days": 14} or {"workingDays": 10}: from the meeting to the due date (DUE-1, DUE-4b)
//	carryForward  "after_due", "strict" or "off": when a plan not returned becomes the next term's (OOT-2)
//	grading       {"sampling": "per_establishment_per_term"}, {"sampling": "per_child", "months": 12} or {"sampling": "all"}: which plans are graded (GRADE-1, GRADE-2)
package policy
