package report

import (
	"cmp"

	"virtualschool.example/forms"
)

// unknown are the words for a group of which the register has no value.
var unknown = [...]string{
	ByWorker: "no social worker on record", ByEstablishment: "no establishment", ByYearGroup: "no year group",
	ByFormType: "no form", ByArea: "not known",
}

// Words returns the value of a group in words, such as "Year 7". A social worker and an
// establishment have none but their id, which is the Key.
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
