package rulebook_test

import (
	"bytes"
	"fmt"
	"strings"

	"virtualschool.example/pep"
	"virtualschool.example/pep/corpora"
	"virtualschool.example/pep/rulebook"
	"virtualschool.example/term/civil"
)

func ExampleBook_HTML() {
	all, err := corpora.All()
	if err != nil {
		fmt.Println(err)
		return
	}
	var page bytes.Buffer
	book := rulebook.Book{Policy: pep.Lancashire(), On: civil.MustParse("2026-01-14"), Corpora: all}
	if err := book.HTML(&page); err != nil {
		fmt.Println(err)
		return
	}
	for line := range strings.Lines(page.String()) {
		if strings.Contains(line, `id="FINAL-1"`) {
			fmt.Print(line)
		}
	}
	// Output:
	// <h4 id="FINAL-1"><span class="id">FINAL-1</span> A social worker never finalises a plan.</h4>
}
