package access_test

import (
	"fmt"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
)

// A designated teacher may read the answers of a plan while it is delegated to them.
func Example() {
	table := access.Standard()
	for _, have := range []access.Relations{access.Of(access.LiveDelegation), 0} {
		fmt.Println(table.Permits(pep.DesignatedTeacher, access.ReadAnswers, have))
	}
	for relation := range table.In(pep.BusinessSupport, access.Act(pep.VerbFinalise)).All() {
		fmt.Println("Business support may", access.Act(pep.VerbFinalise).Words(), "if", relation.Words())
	}
	// Output:
	// true
	// false
	// Business support may finalise the plan if they work from a group's tray
}

// A council whose personal advisers must not read the answers clears that cell.
func ExampleTable_Without() {
	table := access.Standard().Without(pep.PersonalAdviser, access.ReadAnswers)
	fmt.Println(table.Permits(pep.PersonalAdviser, access.ReadAnswers, access.Of(access.OwnCaseload)))
	// Output: false
}
