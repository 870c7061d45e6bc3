package forms

import "virtualschool.example/pep/rule"

// Author is who is expected to answer a section or a question. Whoever holds
// the section may answer all of it. The zero Author is none.
type Author uint8

// The authors.
const (
	SocialWorker Author = 1 + iota
	DesignatedTeacher
)

var authorNames = [...]string{SocialWorker: "social_worker", DesignatedTeacher: "designated_teacher"}

// ParseAuthor returns the author whose text form is s, such as "social_worker".
func ParseAuthor(s string) (Author, error) {
	return rule.Named[Author](authorNames[:], s, "by", "an author: social_worker or designated_teacher")
}

// String returns the text form of a, or "" for none.
func (a Author) String() string { return rule.Name(authorNames[:], a) }

// MarshalText returns the text form of a.
func (a Author) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads the text form of an author. It refuses what ParseAuthor
// refuses.
func (a *Author) UnmarshalText(text []byte) (err error) {
	*a, err = ParseAuthor(string(text))
	return err
}

// Item is the part of what a plan must hold that a question serves. The zero
// Item is not said.
type Item uint8

// The items. History to CarersRole are the five of paragraph 2 of Schedule 1
// to the Care Planning Regulations 2010 (SI 2010/959); the others are what a
// plan and its quality check need besides; NoItem is good practice only.
const (
	NoItem       Item = 1 + iota
	History           // educational and training history, attendance, conduct, achievements, special educational needs
	Arrangements      // existing arrangements, special provision, provision to promote achievement
	Changes           // planned changes, and provision to minimise disruption
	Leisure           // leisure interests
	CarersRole        // the carer's role in promoting achievement and leisure interests
	Identity          // who the child is, who cares and decides for the child
	Health            // the health plan's bearing on education
	Wishes            // the child's wishes and feelings
	Review            // the meeting, who took part, when the next one is
)

var itemNames = [...]string{
	NoItem:       "none",
	History:      "history",
	Arrangements: "arrangements",
	Changes:      "changes",
	Leisure:      "leisure",
	CarersRole:   "carers_role",
	Identity:     "identity",
	Health:       "health",
	Wishes:       "wishes",
	Review:       "review",
}

// ParseItem returns the item whose text form is s, such as "carers_role".
func ParseItem(s string) (Item, error) {
	return rule.Named[Item](itemNames[:], s, "statutory", "an item of a plan, such as history, or none")
}

// String returns the text form of i, or "" for one not said.
func (i Item) String() string { return rule.Name(itemNames[:], i) }

// MarshalText returns the text form of i.
func (i Item) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads the text form of an item. It refuses what ParseItem
// refuses.
func (i *Item) UnmarshalText(text []byte) (err error) {
	*i, err = ParseItem(string(text))
	return err
}

// Question is one box of a form.
type Question struct {
	ID        string // unique in its template: lower-case letters, digits and underscores, at most 40
	Text      string
	Statutory Item
	By        Author
	Proposed  bool // ours: the council has not published its own
}

// Section is one page of a form. Its place among the questions is a
// question's bit in Filled.
type Section struct {
	Number    int // from 1
	Title     string
	By        Author
	Proposed  bool // the title is ours
	Questions []Question
}
