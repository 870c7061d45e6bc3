package strict

// Schema returns the shape as a JSON Schema, in values that encoding/json can
// write.
func (s *Shape) Schema() map[string]any {
	out := map[string]any{}
	if len(s.Or) > 0 {
		bare := *s
		bare.Or = nil
		out["anyOf"] = schemas(append(s.Or[:len(s.Or):len(s.Or)], &bare))
		return out
	}
	s.value(out)
	switch s.Type {
	case "array":
		s.list(out)
	case "object":
		s.object(out)
	}
	return out
}

func schemas(of []*Shape) (all []any) {
	for _, s := range of {
		all = append(all, s.Schema())
	}
	return all
}

// keyword is one member of a schema. It says whether the shape needs that member.
type keyword struct {
	asked bool
	name  string
	value any
}

func add(out map[string]any, all ...keyword) {
	for _, k := range all {
		if k.asked {
			out[k.name] = k.value
		}
	}
}

// value adds the keywords for all values, and those for texts and numbers.
func (s *Shape) value(out map[string]any) {
	add(out,
		keyword{s.Type != "", "type", s.Type},
		keyword{s.Type != "" && s.Null, "type", []string{s.Type, "null"}},
		keyword{s.Want != "", "description", s.Want},
		keyword{s.Names != nil, "enum", s.names()},
		keyword{s.Pattern != "", "pattern", s.Pattern},
		keyword{s.Day, "format", "date"},
		keyword{s.Filled, "minLength", 1},
		keyword{s.Longest > 0 && s.Names == nil && s.Pattern == "", "maxLength", s.Longest},
		keyword{s.Bounded, "minimum", s.Low},
		keyword{s.Bounded, "maximum", s.High},
	)
}

func (s *Shape) names() (all []any) {
	for _, n := range s.Names {
		all = append(all, n)
	}
	if s.Null {
		all = append(all, nil)
	}
	return all
}

// list adds the keywords for a list and its elements.
func (s *Shape) list(out map[string]any) {
	if s.Element != nil {
		out["items"] = s.Element.Schema()
	}
	add(out,
		keyword{s.Least > 0, "minItems", s.Least},
		keyword{s.Most > 0, "maxItems", s.Most},
		keyword{s.Unique, "uniqueItems", true},
		keyword{s.Having != "", "contains", constant(s.Having)},
	)
}

func constant(text string) map[string]any { return map[string]any{"const": text} }

// object adds the members of an object.
func (s *Shape) object(out map[string]any) {
	properties, needed := map[string]any{}, []string{}
	for _, m := range s.Members {
		properties[m.Name] = m.Shape.Schema()
		if m.Shape.Needed {
			needed = append(needed, m.Name)
		}
	}
	either := s.one()
	for _, c := range s.Choices {
		chosen := c.Shape.Schema()
		chosen["properties"].(map[string]any)[s.Choice] = constant(c.Value)
		for _, m := range c.Shape.Members {
			properties[m.Name] = map[string]any{}
		}
		delete(chosen, "additionalProperties")
		delete(chosen, "type") // null may be allowed instead of the object
		either = append(either, chosen)
	}
	out["properties"], out["required"] = properties, needed
	add(out, keyword{!s.Open, "additionalProperties", false}, keyword{either != nil, "anyOf", either})
}

// one returns, for each member in One, the schema of an object that has this member
// and none of the others in One.
func (s *Shape) one() (all []any) {
	null := map[string]any{"type": "null"}
	for _, name := range s.One {
		members := map[string]any{}
		for _, other := range s.One {
			members[other] = null
		}
		members[name] = map[string]any{"not": null}
		all = append(all, map[string]any{"required": []string{name}, "properties": members})
	}
	return all
}
