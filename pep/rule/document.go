package rule

import "strings"

// Documents says where a council's own documents have each rule, by ID; ""
// where they do not have it. They are not changed after use.
type Documents [ids]string

// Of returns where the documents have the rule, "" for nowhere. A nil *Documents
// has no rule.
func (d *Documents) Of(id ID) string {
	if d == nil || id >= ids {
		return ""
	}
	return d[id]
}

// SourceIn returns where the rule comes from for a council with these documents:
// the document first, then what holds for every council. Where no document of
// the council has a rule of local practice, that is all there is to say.
func (e Definition) SourceIn(d *Documents) string {
	said := d.Of(e.ID)
	switch {
	case said == "":
		return e.Source
	case e.Source == practice:
		return said
	}
	return strings.Join([]string{said, e.Source}, "; ")
}
