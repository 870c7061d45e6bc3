package rule

import "strings"

// Documents holds, for each rule, the place in a council's own documents that states
// the rule, or "" if no place does. It is indexed by ID and must not be changed after use.
type Documents [ids]string

// Of returns the place in the documents that states the rule, or "" if no place does. A nil
// *Documents states no rule.
func (d *Documents) Of(id ID) string {
	if d == nil || id >= ids {
		return ""
	}
	return d[id]
}

// SourceIn returns the sources of the rule for a council with the given documents: the
// council's document first, then the source that holds for every council. The source
// "local practice" appears only if no document of the council states the rule.
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
