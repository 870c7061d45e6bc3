package forms

import (
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
)

// Author says who is expected to answer a section or a question; whoever holds
// the section may answer all of it. The zero Author is nobody.
type Author uint8

// The authors.
const (
	SocialWorker Author = 1 + iota
	DesignatedTeacher
)

var authorNames = [...]struct{ name, words string }{
	SocialWorker:      {"social_worker", "the social worker"},
	DesignatedTeacher: {"designated_teacher", "the designated teacher"},
}

// ParseAuthor returns the author whose text form is s, such as "social_worker".
// For any other text it returns a *rule.Invalid of member "by".
func ParseAuthor(s string) (Author, error) {
	return rule.Find[Author](len(authorNames), s, "by", "an author: social_worker or designated_teacher")
}

// String returns the text form of a, or "" for the zero Author.
func (a Author) String() string { return rule.Row(authorNames[:], a).name }

// Words returns a in words, such as "the social worker".
func (a Author) Words() string { return rule.Row(authorNames[:], a).words }

// MarshalText returns the text form of a.
func (a Author) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads an author as ParseAuthor does. Empty text is the zero
// Author.
func (a *Author) UnmarshalText(text []byte) error { return rule.Unmarshal(text, a, ParseAuthor) }

// Item is the part of a plan's required content that a question serves. The
// zero Item is not set.
type Item uint8

// The items. History to CarersRole are the five in paragraph 2 of Schedule 1
// to the Care Planning Regulations 2010 (SI 2010/959). A plan and its quality
// check also need the others, except NoItem, which is good practice only.
const (
	NoItem       Item = 1 + iota
	History           // educational and training history, attendance, conduct, achievements, special educational needs
	Arrangements      // existing arrangements, special provision, provision to promote achievement
	Changes           // planned changes, and provision to minimise disruption
	Leisure           // leisure interests
	CarersRole        // the carer's role in promoting achievement and leisure interests
	Identity          // who the child is, and who cares and decides for the child
	Health            // how the health plan affects education
	Wishes            // the child's wishes and feelings
	Review            // the meeting, who took part, and when the next one is
)

var itemNames = [...]struct{ name, words string }{
	NoItem:       {"none", "good practice"},
	History:      {"history", "educational history"},
	Arrangements: {"arrangements", "existing arrangements"},
	Changes:      {"changes", "planned changes"},
	Leisure:      {"leisure", "leisure interests"},
	CarersRole:   {"carers_role", "the carer's role"},
	Identity:     {"identity", "who the child is"},
	Health:       {"health", "health"},
	Wishes:       {"wishes", "the child's wishes and feelings"},
	Review:       {"review", "the meeting"},
}

// ParseItem returns the item whose text form is s, such as "carers_role". For
// any other text it returns a *rule.Invalid of member "statutory".
func ParseItem(s string) (Item, error) {
	return rule.Find[Item](len(itemNames), s, "statutory", "an item of a plan, such as history, or none")
}

// String returns the text form of i, or "" for the zero Item.
func (i Item) String() string { return rule.Row(itemNames[:], i).name }

// Words returns i in words, such as "the carer's role".
func (i Item) Words() string { return rule.Row(itemNames[:], i).words }

// MarshalText returns the text form of i.
func (i Item) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads an item as ParseItem does. Empty text is the zero Item.
func (i *Item) UnmarshalText(text []byte) error { return rule.Unmarshal(text, i, ParseItem) }

// Question is one box of a form.
type Question struct {
	ID        string `json:"id"` // the id, unique in its template: lower-case letters, digits and underscores, at most 40
	Text      string `json:"text"`
	Statutory Item   `json:"item"`
	By        Author `json:"author"`
	Proposed  bool   `json:"proposed"` // whether we wrote it, because the council has not published its own
}

// Section is one page of a form. A question's index in Questions is its bit in
// Filled.
type Section struct {
	Number    int        `json:"section"` // from 1
	Title     string     `json:"title"`
	By        Author     `json:"author"`
	Proposed  bool       `json:"proposed"` // whether we wrote the title
	Questions []Question `json:"questions"`
}

// NotApplicable returns which questions of the section are answered with N/A
// (SECT-3).
func (s Section) NotApplicable(a Answers) (f Filled) {
	for n, q := range s.Questions {
		if Judge(a.Text(q.ID).Reveal(private.Deciding)) == NotApplicable {
			f |= 1 << n
		}
	}
	return f
}
