package report

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep"
)

// statutory lists the items of paragraph 2 of Schedule 1 to the Care Planning
// Regulations 2010, in its order.
var statutory = [...]forms.Item{forms.History, forms.Arrangements, forms.Changes, forms.Leisure, forms.CarersRole}

// ItemCoverage counts the boxes that serve one item of Schedule 1: how many are answered,
// hold N/A or are blank. It holds no answer.
type ItemCoverage struct {
	Item          forms.Item `json:"item"`
	Answered      int        `json:"answered"`
	NotApplicable int        `json:"notApplicable"`
	Blank         int        `json:"blank"`
}

// CoverageOf returns the coverage of one plan, item by item in the order of Schedule 1.
// Service.Course of package workflow returns the course of a plan. If the course has no
// NotApplicable, each N/A counts as an answer.
func CoverageOf(c *pep.Course) []ItemCoverage {
	all, boxes := newCoverage(), boxesOf(c.Type)
	all.add(c, &boxes)
	return all[:]
}

// coverage holds the counts for each statutory item.
type coverage [len(statutory)]ItemCoverage

func newCoverage() (all coverage) {
	for i, item := range statutory {
		all[i].Item = item
	}
	return all
}

// add adds the boxes of a plan. The argument boxes says which boxes of the plan's form
// serve which item.
func (all *coverage) add(c *pep.Course, boxes *itemBoxes) {
	for section := range boxes {
		for i, of := range boxes[section] {
			filled, na := c.Filled[section]&of, c.NotApplicable[section]&of
			all[i].Answered += (filled &^ na).Count()
			all[i].NotApplicable += na.Count()
			all[i].Blank += (of &^ filled).Count()
		}
	}
}

// itemBoxes holds, for each section and each statutory item, the boxes that serve the item.
type itemBoxes [forms.MaxSections][len(statutory)]forms.Filled

// boxesOf returns the boxes of a form type.
func boxesOf(t forms.Type) (boxes itemBoxes) {
	for s := range forms.TemplateOf(t).Sections() {
		for n, q := range s.Questions {
			for i, item := range statutory {
				if q.Statutory == item {
					boxes[s.Number-1][i] |= 1 << n
				}
			}
		}
	}
	return boxes
}
