package strict

import (
	"fmt"
	"iter"
	"slices"

	"virtualschool.example/pep/rule"
)

// document collects the faults of one document.
type document struct {
	paths   bool
	objects []*Members
	absent  []absence
	faults  rule.Faults
}

// absence is a member that the caller asked for and the object does not have.
// It is noted only if the object has members that were not asked for, because
// one of them may be a misspelling.
type absence struct {
	of   *Members
	name string
}

// Members holds the members of one object. If the object is missing or faulty,
// its members read as their zero values and cause no further faults.
type Members struct {
	doc     *document
	path    string // the prefix of the members' names, with a dot at the end; "" for bare names
	missing bool   // true if there is no object
	members []member
	unasked int            // the number of members that have not been asked for
	places  map[string]int // the index of each member by its name; nil unless there are many
	twice   [][]byte       // names that occur more than once

	shape *Shape // the shape that records which members are asked for; nil when a document is being read
}

// member is a member of an object. It records whether the caller has asked for
// it.
type member struct {
	name  []byte
	value tree
	asked bool
}

// Read opens the object in doc. A fault in the document as a whole is reported under
// name. The parameter most is the greatest number of bytes that a document may have.
// A fault in a member is reported under the member's bare name, even if the member
// is in an inner object.
func Read(doc []byte, name string, most int) *Members { return open(&document{}, doc, name, most) }

// ReadPaths opens the object in doc as Read does, but a fault in an inner object
// is reported under the path of the member, such as "grading.months".
func ReadPaths(doc []byte, name string, most int) *Members {
	return open(&document{paths: true}, doc, name, most)
}

const wantObject = "a JSON object"

func open(d *document, doc []byte, name string, most int) *Members {
	if len(doc) > most {
		d.faults.Add(name, fmt.Sprintf("%s of at most %d bytes", wantObject, most))
		return d.object(nil, "")
	}
	t, err := parse(doc)
	if err != nil {
		d.faults.Add(name, wantObject+": "+err.Error())
		return d.object(nil, "")
	}
	return d.whole(t, name)
}

// whole opens the object that is the whole document.
func (d *document) whole(t tree, name string) *Members {
	if t[0].kind != objectKind {
		d.faults.Add(name, wantObject)
		t = nil
	}
	return d.object(t, "")
}

// IsObject reports whether doc is one JSON object.
func IsObject(doc []byte) bool {
	t, err := parse(doc)
	return err == nil && t[0].kind == objectKind
}

// object opens an object of the document. There is no object if t is nil.
func (d *document) object(t tree, path string) *Members {
	m := &Members{doc: d, path: path, missing: t == nil}
	d.objects = append(d.objects, m)
	if !m.missing {
		m.fill(t[1:])
	}
	return m
}

// many is the number of members above which a map is faster than a search.
const many = 16

// fill adds the members in the content of an object.
func (m *Members) fill(content tree) {
	n := content.len() / 2
	if m.members = make([]member, 0, n); n > many {
		m.places = make(map[string]int, n)
	}
	for len(content) > 0 {
		name, rest := content.cut()
		value, rest := rest.cut()
		m.add(name.text(), value)
		content = rest
	}
}

// add adds a member. If a name occurs twice, its last value counts.
func (m *Members) add(name []byte, value tree) {
	if n := m.place(string(name)); n >= 0 {
		m.twice, m.members[n].value = append(m.twice, name), value
		return
	}
	if m.places != nil {
		m.places[string(name)] = len(m.members)
	}
	m.members = append(m.members, member{name: name, value: value})
	m.unasked++
}

// ask notes that member n was asked for.
func (m *Members) ask(n int) {
	if one := &m.members[n]; !one.asked {
		one.asked = true
		m.unasked--
	}
}

// place returns the index of the member with the given name, or -1 if there is none.
func (m *Members) place(name string) int {
	if m.places == nil {
		return slices.IndexFunc(m.members, func(known member) bool { return string(known.name) == name })
	}
	if n, known := m.places[name]; known {
		return n
	}
	return -1
}

// Err returns everything that is wrong with the document so far, joined as
// rule.Faults joins them: first names that are written twice, then unknown
// names, then all other faults in the order of reading.
func (m *Members) Err() error {
	var all, unknown rule.Faults
	for _, o := range m.doc.objects {
		o.check(&all, &unknown)
	}
	all.Join(&unknown)
	all.Join(&m.doc.faults)
	return all.Err()
}

func (m *Members) check(twice, unknown *rule.Faults) {
	for _, name := range m.twice {
		twice.Add(m.path+shown(name), "given only once")
	}
	for _, one := range m.members {
		if !one.asked {
			want := rule.WantKnown
			if unknown.Len() < rule.MaxFaults {
				want += rule.DidYouMean(string(one.name), m.absent)
			}
			unknown.Add(m.path+shown(one.name), want)
		}
	}
}

// absent iterates over the names that the caller asked for and the object does
// not have.
func (m *Members) absent(yield func(string) bool) {
	for _, a := range m.doc.absent {
		if a.of == m && !yield(a.name) {
			return
		}
	}
}

// shown returns the name as a message shows it: an empty name becomes two quotes.
func shown(name []byte) string {
	if len(name) == 0 {
		return `""`
	}
	return string(name)
}

// Faults returns the number of faults found so far.
func (m *Members) Faults() int { return m.doc.faults.Len() }

// Need returns a member that must be present and not null.
func (m *Members) Need(name string) Value {
	v := m.value(name)
	v.required = true
	v.shape = m.shape.member(name, true, false)
	return v
}

// Said returns a member that must be present and may be null.
func (m *Members) Said(name string) Value {
	v := m.value(name)
	v.required = v.state == absent
	v.shape = m.shape.member(name, true, true)
	return v
}

// May returns a member that may be left out. null counts as left out.
func (m *Members) May(name string) Value {
	v := m.value(name)
	v.shape = m.shape.member(name, false, true)
	return v
}

// All iterates over every member that is not null, whatever its name.
func (m *Members) All() iter.Seq2[string, Value] {
	m.shape.Opened()
	return func(yield func(string, Value) bool) {
		for n := range m.members {
			one := &m.members[n]
			m.ask(n)
			v := Value{doc: m.doc, name: m.path + shown(one.name)}.holding(one.value)
			if v.Given() && !yield(string(one.name), v) {
				return
			}
		}
	}
}

// One requires that exactly one of two members is given. If neither is given, One
// records a fault in the first; if both are given, it records a fault in the second. The
// last two arguments describe these faults. The caller must ask for the members with May.
func (m *Members) One(first, second Value, neither, both string) {
	if m.shape != nil {
		m.shape.One = []string{first.name, second.name}
	}
	switch {
	case first.Given() && second.Given():
		second.Fault(both)
	case !m.missing && !first.Given() && !second.Given():
		first.Fault(neither)
	}
}

func (m *Members) value(name string) Value {
	v := Value{doc: m.doc, name: m.path + name}
	if m.missing {
		return v
	}
	n := m.place(name)
	if n < 0 {
		v.state = absent
		if m.unasked > 0 {
			m.doc.absent = append(m.doc.absent, absence{m, name})
		}
		return v
	}
	m.ask(n)
	return v.holding(m.members[n].value)
}
