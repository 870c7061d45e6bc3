package policy

import "virtualschool.example/pep/internal/strict"

// Schema returns the JSON Schema of the documents that Parse reads. It is made
// from the members that Parse asks for.
func Schema() []byte { return schema((*strict.Members).Need) }

// OverlaySchema returns the JSON Schema of the documents that Overlay reads.
func OverlaySchema() []byte { return schema((*strict.Members).May) }

func schema(ask asking) []byte {
	root := strict.Describe(func(in *strict.Members) { new(document).read(in, ask) }).Schema()
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "A policy of Personal Education Plans"
	return append(layout(encode(root), ""), '\n')
}
