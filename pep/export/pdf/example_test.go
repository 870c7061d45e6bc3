package pdf_test

import (
	"bytes"
	"fmt"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/export"
	"virtualschool.example/pep/export/pdf"
	"virtualschool.example/pep/peptest"
)

// An empty form can be printed for a meeting without a computer.
func Example() {
	form, err := export.Blank(pep.Lancashire(), forms.SecondaryMainstream, peptest.Meeting())
	if err != nil {
		fmt.Println(err)
		return
	}
	var file bytes.Buffer
	fmt.Println(pdf.Write(&file, form))
	fmt.Printf("%s\n", file.Bytes()[:8])
	// Output:
	// <nil>
	// %PDF-1.7
}
