package memstore

import "iter"

// cursor goes through the keys of a tree in order.
type cursor[K ordered[K], V any] struct {
	path  [12]step[K, V] // no tree can be this deep, because a new node is half full
	depth int
}

type step[K ordered[K], V any] struct {
	n *node[K, V]
	i int
}

// seek returns a cursor that begins at the first key not less than k.
func (t *tree[K, V]) seek(k K) (c cursor[K, V]) {
	for n := t.root; n != nil; {
		if n.kids == nil {
			i, _ := n.find(k)
			c.push(n, i)
			break
		}
		i := n.kid(k)
		c.push(n, i)
		n = n.kids[i]
	}
	return c
}

func (c *cursor[K, V]) push(n *node[K, V], i int) {
	c.path[c.depth] = step[K, V]{n, i}
	c.depth++
}

// next returns the next key and its value. It returns false after the last.
func (c *cursor[K, V]) next() (k K, v V, ok bool) {
	for c.depth > 0 {
		at := &c.path[c.depth-1]
		switch {
		case at.i == len(at.n.keys):
			c.pop()
		case at.n.kids != nil:
			c.push(at.n.kids[at.i], 0)
		default:
			k, v = at.n.keys[at.i], at.n.vals[at.i]
			at.i++
			return k, v, true
		}
	}
	return k, v, false
}

func (c *cursor[K, V]) pop() {
	c.depth--
	if c.depth > 0 {
		c.path[c.depth-1].i++
	}
}

// from iterates over the keys from k on, in order. It stops at the first key for
// which the given function returns false.
func (t *tree[K, V]) from(k K, in func(K) bool) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		c := t.seek(k)
		for k, v, ok := c.next(); ok && in(k); k, v, ok = c.next() {
			if !yield(k, v) {
				return
			}
		}
	}
}
