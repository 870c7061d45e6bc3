package forms

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"virtualschool.example/pep/rule"
)

// NewTemplate returns a template of a council's own sections, copied. It
// returns every *rule.Invalid at once, each naming its member by path, such as
// "sections.0.questions.3.id", counted from 0.
func NewTemplate(formType Type, sections ...Section) (*Template, error) {
	v := validation{ids: map[string]bool{}}
	v.want(formType.String() != "", "formType", "a form type, such as primary_mainstream")
	v.want(1 <= len(sections) && len(sections) <= MaxSections, "sections", "1 to "+strconv.Itoa(MaxSections)+" sections")
	t := &Template{formType: formType}
	for n, s := range sections {
		v.section("sections."+strconv.Itoa(n), n+1, s)
		t.sections = append(t.sections, pageOf(s))
	}
	if err := errors.Join(v.errs...); err != nil {
		return nil, err
	}
	return t, nil
}

// pageOf returns s as templates keep it.
func pageOf(s Section) *page {
	boxes := make([]box, len(s.Questions))
	for n, q := range s.Questions {
		boxes[n] = box{id: q.ID, text: q.Text, item: q.Statutory, by: q.By, known: !q.Proposed}
	}
	return &page{title: s.Title, by: s.By, known: !s.Proposed, lists: [][]box{boxes}}
}

// validation gathers what is wrong with a template.
type validation struct {
	ids  map[string]bool // the question ids seen
	errs []error
}

func (v *validation) want(ok bool, member, want string) {
	if !ok {
		v.errs = append(v.errs, &rule.Invalid{Member: member, Want: want})
	}
}

func (v *validation) section(path string, number int, s Section) {
	v.want(s.Number == number, path+".number", "the section's place, from 1")
	v.want(Judge(s.Title) == Answered, path+".title", "a title")
	v.want(s.By.String() != "", path+".by", "social_worker or designated_teacher")
	v.want(1 <= len(s.Questions) && len(s.Questions) <= MaxQuestions, path+".questions", "1 to "+strconv.Itoa(MaxQuestions)+" questions")
	for n, q := range s.Questions {
		v.question(path+".questions."+strconv.Itoa(n), q)
	}
}

func (v *validation) question(path string, q Question) {
	v.want(isID(q.ID) && !v.ids[q.ID], path+".id", "lower-case letters, digits and underscores, at most 40, unique in the template")
	v.want(Judge(q.Text) == Answered, path+".text", "what is asked")
	v.want(q.Statutory.String() != "", path+".statutory", "an item of a plan, such as history, or none")
	v.want(q.By.String() != "", path+".by", "social_worker or designated_teacher")
	v.ids[q.ID] = true
}

// isID reports whether s can be a question's id.
func isID(s string) bool {
	return 1 <= len(s) && len(s) <= 40 && !slices.ContainsFunc([]byte(s), func(c byte) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789_", rune(c))
	})
}
