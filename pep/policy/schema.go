package policy

import (
	"math"

	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
)

// schema is a JSON Schema.
type schema map[string]any

// object is the schema of an object with these members and no other.
func object(members schema, needed ...string) schema {
	return schema{"type": "object", "properties": members, "required": append([]string{}, needed...), "additionalProperties": false}
}

// orNull allows null, which is as if the member were not there.
func orNull(s schema) schema { return schema{"anyOf": []schema{s, nothing()}} }

// rowsOf is the schema of a list of rows, each with such a value.
func rowsOf(value schema, needed ...string) schema {
	row := object(schema{"from": orNull(day()), "to": orNull(day()), "source": text(), "value": value}, append(needed, "source", "value")...)
	return schema{"type": "array", "items": row}
}

// Schema returns the JSON Schema of the documents that Parse reads.
func Schema() []byte { return render(true) }

// OverlaySchema returns the JSON Schema of the documents that Overlay reads.
func OverlaySchema() []byte { return render(false) }

func render(whole bool) []byte {
	members, needed := schema{}, []string{}
	add := func(name string, s schema) {
		if needed = append(needed, name); !whole {
			s = orNull(s)
		}
		members[name] = s
	}
	for _, m := range identity {
		add(m.name, m.schema())
	}
	for of := range rule.AllParameters() {
		add(of.String(), parameterSchema(of))
	}
	if !whole {
		needed = []string{}
	}
	root := object(members, needed...)
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "A policy of Personal Education Plans"
	return append(layout(encode(root), ""), '\n')
}

// parameterSchema is the schema of what a document says of a parameter: a bare
// value, or rows.
func parameterSchema(of rule.Parameter) schema {
	if of == rule.ParameterRates {
		return rowsOf(schema{"type": "integer", "minimum": 1, "maximum": math.MaxInt32}, "from", "to")
	}
	value := members[of].schema()
	rows := rowsOf(value)
	rows["minItems"] = 1
	if of.Basis() == rule.Throughout {
		rows["maxItems"] = 1
	}
	return schema{"anyOf": []schema{value, rows}}
}

func formTypesSchema() schema {
	row := schema{}
	for s := forms.NoSetting; s <= forms.Special; s++ {
		row[s.String()] = orNull(schema{"enum": names(forms.AllTypes())})
	}
	rows := schema{}
	for _, y := range yearGroups() {
		rows[y] = object(row)
	}
	return object(rows, yearGroups()...)
}

func sectionTitlesSchema() schema {
	title := object(schema{"title": text(), "proposed": orNull(schema{"type": "boolean"})}, "title")
	of := schema{}
	for form := range forms.AllTypes() {
		n := forms.TemplateOf(form).Len()
		of[form.String()] = schema{"type": "array", "items": title, "minItems": n, "maxItems": n}
	}
	return object(of, names(forms.AllTypes())...)
}
