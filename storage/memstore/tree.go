package memstore

import "slices"

// width is the most keys that a node holds.
const width = 32

// ordered is a key that can be compared with others of its type.
type ordered[K any] interface{ compare(K) int }

// owner identifies the write that made a node. Only that write may change the node
// in place; every other write makes a copy.
type owner struct{ _ byte }

// tree is a B+ tree that shares its nodes with earlier and later states of the
// store. The zero tree is empty.
type tree[K ordered[K], V any] struct {
	root *node[K, V]
	n    int
}

// node is either a leaf, with a value for each key, or an inner node, with a kid for
// each key: the keys of kid i are not less than keys[i], and less than keys[i+1].
type node[K ordered[K], V any] struct {
	owner *owner
	keys  []K
	vals  []V
	kids  []*node[K, V]
}

// get returns the value of k, and reports whether k is in t.
func (t *tree[K, V]) get(k K) (v V, ok bool) {
	n := t.root
	if n == nil {
		return v, false
	}
	for n.kids != nil {
		n = n.kids[n.kid(k)]
	}
	if i, found := n.find(k); found {
		return n.vals[i], true
	}
	return v, false
}

// set adds k with a value, or replaces the value that k had.
func (t *tree[K, V]) set(o *owner, k K, v V) {
	if t.root == nil {
		t.root = newLeaf[K, V](o)
	}
	t.root = t.root.own(o)
	if t.root.set(o, k, v) {
		t.n++
	}
	if right := t.root.split(o); right != nil {
		top := newInner[K, V](o)
		top.keys, top.kids = append(top.keys, t.root.keys[0], right.keys[0]), append(top.kids, t.root, right)
		t.root = top
	}
}

// cut removes k, if k is in t.
func (t *tree[K, V]) cut(o *owner, k K) {
	if _, ok := t.get(k); !ok {
		return
	}
	t.root = t.root.own(o)
	t.root.cut(o, k)
	t.n--
	for len(t.root.kids) == 1 {
		t.root = t.root.kids[0]
	}
	if t.n == 0 {
		t.root = nil
	}
}

// rank estimates how many keys are less than k.
func (t *tree[K, V]) rank(k K) int {
	part, rank := float64(t.n), 0.0
	for n := t.root; n != nil && len(n.keys) > 0; {
		i, _ := n.find(k)
		if n.kids != nil {
			i = n.kid(k)
		}
		part /= float64(len(n.keys))
		rank += part * float64(i)
		if n.kids == nil {
			break
		}
		n = n.kids[i]
	}
	return int(rank)
}

// find returns the position of the first key that is not less than k, and reports
// whether that key is k.
func (n *node[K, V]) find(k K) (int, bool) {
	low, high := 0, len(n.keys)
	for low < high {
		middle := int(uint(low+high) >> 1)
		switch c := n.keys[middle].compare(k); {
		case c == 0:
			return middle, true
		case c < 0:
			low = middle + 1
		default:
			high = middle
		}
	}
	return low, false
}

// kid returns the position of the kid that holds k, if any kid does.
func (n *node[K, V]) kid(k K) int {
	i, ok := n.find(k)
	if !ok && i > 0 {
		i--
	}
	return i
}

// leaf and inner hold a node together with the space for its keys, values and kids,
// so that a node takes one allocation.
type leaf[K ordered[K], V any] struct {
	node[K, V]
	keyRoom [width + 1]K
	valRoom [width + 1]V
}

type inner[K ordered[K], V any] struct {
	node[K, V]
	keyRoom [width + 1]K
	kidRoom [width + 1]*node[K, V]
}

func newLeaf[K ordered[K], V any](o *owner) *node[K, V] {
	l := &leaf[K, V]{}
	l.node = node[K, V]{owner: o, keys: l.keyRoom[:0], vals: l.valRoom[:0]}
	return &l.node
}

func newInner[K ordered[K], V any](o *owner) *node[K, V] {
	n := &inner[K, V]{}
	n.node = node[K, V]{owner: o, keys: n.keyRoom[:0], kids: n.kidRoom[:0]}
	return &n.node
}

// own returns n if o made it, and otherwise a copy that o may change.
func (n *node[K, V]) own(o *owner) *node[K, V] {
	if n.owner == o {
		return n
	}
	return n.copy(o, 0)
}

// copy returns a copy of n from the given position to the end. The owner o may
// change the copy.
func (n *node[K, V]) copy(o *owner, from int) *node[K, V] {
	if n.kids != nil {
		c := newInner[K, V](o)
		c.keys, c.kids = append(c.keys, n.keys[from:]...), append(c.kids, n.kids[from:]...)
		return c
	}
	c := newLeaf[K, V](o)
	c.keys, c.vals = append(c.keys, n.keys[from:]...), append(c.vals, n.vals[from:]...)
	return c
}

// set adds k with a value, or replaces the value that k had, and reports whether k
// is new.
func (n *node[K, V]) set(o *owner, k K, v V) bool {
	i, found := n.find(k)
	if n.kids != nil {
		return n.setBelow(o, k, v)
	}
	if found {
		n.vals[i] = v
		return false
	}
	n.keys, n.vals = slices.Insert(n.keys, i, k), slices.Insert(n.vals, i, v)
	return true
}

func (n *node[K, V]) setBelow(o *owner, k K, v V) bool {
	i := n.kid(k)
	if k.compare(n.keys[i]) < 0 {
		n.keys[i] = k
	}
	n.kids[i] = n.kids[i].own(o)
	added := n.kids[i].set(o, k, v)
	if right := n.kids[i].split(o); right != nil {
		n.keys, n.kids = slices.Insert(n.keys, i+1, right.keys[0]), slices.Insert(n.kids, i+1, right)
	}
	return added
}

// split moves the upper half of n into a new node and returns that node, if n is too
// full. Otherwise it returns nil.
func (n *node[K, V]) split(o *owner) *node[K, V] {
	if len(n.keys) <= width {
		return nil
	}
	half := len(n.keys) / 2
	right := n.copy(o, half)
	n.keys = slices.Delete(n.keys, half, len(n.keys))
	if n.kids != nil {
		n.kids = slices.Delete(n.kids, half, len(n.kids))
	} else {
		n.vals = slices.Delete(n.vals, half, len(n.vals))
	}
	return right
}

// cut removes k, which must be in n.
func (n *node[K, V]) cut(o *owner, k K) {
	if n.kids == nil {
		i, _ := n.find(k)
		n.keys, n.vals = slices.Delete(n.keys, i, i+1), slices.Delete(n.vals, i, i+1)
		return
	}
	i := n.kid(k)
	n.kids[i] = n.kids[i].own(o)
	n.kids[i].cut(o, k)
	switch {
	case len(n.kids[i].keys) == 0:
		n.drop(i)
	case i+1 < len(n.kids) && n.fit(i):
		n.join(o, i)
	case i > 0 && n.fit(i-1):
		n.join(o, i-1)
	}
}

// fit reports whether kids i and i+1 are small enough to be joined.
func (n *node[K, V]) fit(i int) bool {
	return len(n.kids[i].keys)+len(n.kids[i+1].keys) <= width/2
}

// join moves everything in kid i+1 into kid i.
func (n *node[K, V]) join(o *owner, i int) {
	left, right := n.kids[i].own(o), n.kids[i+1]
	left.keys = append(left.keys, right.keys...)
	left.vals = append(left.vals, right.vals...)
	left.kids = append(left.kids, right.kids...)
	n.kids[i] = left
	n.drop(i + 1)
}

func (n *node[K, V]) drop(i int) {
	n.keys, n.kids = slices.Delete(n.keys, i, i+1), slices.Delete(n.kids, i, i+1)
}
