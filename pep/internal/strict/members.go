package strict

import (
	"errors"

	"virtualschool.example/pep/rule"
)

// document gathers what is wrong with one document.
type document struct {
	paths   bool
	objects []*Members
	faults  []error
}

func (d *document) fault(member, want string) {
	d.faults = append(d.faults, &rule.Invalid{Member: member, Want: want})
}

// Members are the members of one object. Those of an object that is missing or
// faulty read as their zero values, and nothing more is wrong with them.
type Members struct {
	doc  *document
	path string // of the members, with a dot at the end; "" for bare names
	node *node  // nil where there is no object
	read map[string]bool

	shape *Shape // the members asked for are written down here; nil where they are read
}

// Read opens the object that doc is, which a fault calls name. Its members and
// those of objects within it are called by their bare names.
func Read(doc []byte, name string) *Members { return open(&document{}, doc, name) }

// ReadPaths opens the object that doc is as Read does, and calls the members
// of objects within it by their paths, such as "grading.months".
func ReadPaths(doc []byte, name string) *Members { return open(&document{paths: true}, doc, name) }

func open(d *document, doc []byte, name string) *Members {
	n, ok := parse(doc)
	if !ok || n.kind != objectKind {
		d.fault(name, "a JSON object")
		n = nil
	}
	return d.object(n, "")
}

// IsObject reports whether doc is one JSON object.
func IsObject(doc []byte) bool {
	n, ok := parse(doc)
	return ok && n.kind == objectKind
}

// object opens an object of the document.
func (d *document) object(n *node, path string) *Members {
	m := &Members{doc: d, path: path, node: n, read: map[string]bool{}}
	d.objects = append(d.objects, m)
	return m
}

// Err returns everything that is wrong with the document so far, joined: names
// written twice, then unknown ones, then the rest in the order of reading.
func (m *Members) Err() error {
	twice, unknown := document{}, document{}
	for _, o := range m.doc.objects {
		o.check(&twice, &unknown)
	}
	faults := append(twice.faults, unknown.faults...)
	return errors.Join(append(faults, m.doc.faults...)...)
}

func (m *Members) check(twice, unknown *document) {
	if m.node == nil {
		return
	}
	for _, name := range m.node.twice {
		twice.fault(m.path+shown(name), "the member once")
	}
	for _, name := range m.node.names {
		if !m.read[name] {
			unknown.fault(m.path+shown(name), "no member of this name")
		}
	}
}

// shown returns a name so that there is something to see.
func shown(name string) string {
	if name == "" {
		return `""`
	}
	return name
}

// Faults returns how much was found wrong with what was read so far.
func (m *Members) Faults() int { return len(m.doc.faults) }

// Need returns a member that must be there and not null.
func (m *Members) Need(name string) Value {
	v := m.value(name)
	v.required = true
	v.shape = m.shape.member(name, true, false)
	return v
}

// Said returns a member that must be there and may be null.
func (m *Members) Said(name string) Value {
	v := m.value(name)
	v.required = v.state == absent
	v.shape = m.shape.member(name, true, true)
	return v
}

// May returns a member that need not be there; null is as if it were not.
func (m *Members) May(name string) Value {
	v := m.value(name)
	v.shape = m.shape.member(name, false, true)
	return v
}

// One says that exactly one of two members must be given: the first is missed
// where neither is, the second is one too many. They were asked for with May.
func (m *Members) One(first, second Value, want string) {
	m.shape.one(first.name, second.name)
	switch {
	case first.Given() && second.Given():
		second.Fault(want)
	case m.node != nil && !first.Given() && !second.Given():
		first.Fault(want)
	}
}

func (m *Members) value(name string) Value {
	m.read[name] = true
	v := Value{doc: m.doc, name: m.path + name}
	if m.node == nil {
		return v
	}
	v.node = m.node.members[name]
	switch {
	case v.node == nil:
		v.state = absent
	case v.node.kind == nullKind:
		v.state = null
	default:
		v.state = given
	}
	return v
}
