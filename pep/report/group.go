package report

import (
	"cmp"

	"virtualschool.example/forms"
)

// unknown holds the words for a group of children for whom the register has no value.
var unknown = [...]string{
	ByWorker: "no social worker on record", ByEstablishment: "no establishment", ByYearGroup: "no year group",
	ByFormType: "no form", ByArea: "not known",
}

// Words returns the value of a group in words, such as "Year 7". For a social worker and an
// establishment it returns the Key, which is an id.
func (g Group) Words() string {
	var words string
	switch g.By {
	case ByYearGroup:
		year, _ := forms.ParseYearGroup(g.Key)
		words = year.Words()
	case ByFormType:
		form, _ := forms.ParseType(g.Key)
		words = form.Words()
	case ByArea:
		area, _ := ParseArea(g.Key)
		words = area.Words()
	}
	if g.Key == "" && int(g.By) < len(unknown) {
		words = unknown[g.By]
	}
	return cmp.Or(words, g.Key)
}
