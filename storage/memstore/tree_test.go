package memstore

import (
	"encoding/binary"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// small returns one of a few ids, so that keys collide.
func small(n uint64) (k id) {
	binary.BigEndian.PutUint64(k[:], n)
	return k
}

// listed returns the keys and values of a tree, in the order of its cursor.
func listed(t *tree[id, int]) (keys []id, vals []int) {
	for k, v := range t.from(id{}, all) {
		keys, vals = append(keys, k), append(vals, v)
	}
	return keys, vals
}

func sameAsMap(t require.TestingT, want map[id]int, got *tree[id, int]) {
	keys, vals := listed(got)
	sorted := slices.SortedFunc(maps.Keys(want), id.compare)
	require.Equal(t, sorted, keys)
	require.Equal(t, len(want), got.n)
	for i, k := range keys {
		require.Equal(t, want[k], vals[i])
	}
}

func TestATreeIsAnOrderedMapWhoseForksAreIndependent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		type fork struct {
			tree tree[id, int]
			want map[id]int
		}
		o := new(owner)
		now := fork{want: map[id]int{}}
		var kept []fork
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			from, many := rapid.Uint64Range(0, 400).Draw(t, "from"), rapid.Uint64Range(1, 120).Draw(t, "many")
			switch rapid.IntRange(0, 4).Draw(t, "step") {
			case 0, 1:
				for n := from; n < from+many; n++ {
					k := small(n * 7919 % 400)
					now.tree.set(o, k, int(n))
					now.want[k] = int(n)
				}
			case 2, 3:
				for n := from; n < from+many; n++ {
					now.tree.cut(o, small(n))
					delete(now.want, small(n))
				}
			case 4:
				kept = append(kept, fork{now.tree, maps.Clone(now.want)})
				o = new(owner)
			}
		}
		for _, f := range append(kept, now) {
			sameAsMap(t, f.want, &f.tree)
		}
	})
}

func TestALargeTreeFindsAndRemovesEveryKey(t *testing.T) {
	t.Parallel()
	const many = 20_000
	var tr tree[id, int]
	o := new(owner)
	for n := range uint64(many) {
		tr.set(o, small(n*7919%many), int(n))
	}
	for n := range uint64(many) {
		v, ok := tr.get(small(n * 7919 % many))
		require.True(t, ok)
		require.Equal(t, int(n), v)
	}
	_, ok := tr.get(small(many))
	require.False(t, ok)
	for n := range uint64(many) {
		tr.cut(o, small(n))
		_, ok := tr.get(small(n))
		require.False(t, ok)
		require.Equal(t, many-1-int(n), tr.n)
	}
	require.Nil(t, tr.root)
}

func TestACursorBeginsAtTheKeyThatItSeeks(t *testing.T) {
	t.Parallel()
	var tr tree[id, int]
	o := new(owner)
	for n := uint64(0); n < 2_000; n += 2 {
		tr.set(o, small(n), int(n))
	}
	for n := range uint64(2_000) {
		c := tr.seek(small(n))
		_, v, ok := c.next()
		require.Equal(t, n < 1_999, ok)
		if ok {
			require.Equal(t, int(n+n%2), v)
		}
	}
}

func TestRankIsWithinATenth(t *testing.T) {
	t.Parallel()
	const many = 10_000
	var tr tree[id, int]
	o := new(owner)
	for n := range uint64(many) {
		tr.set(o, small(n*7919%many), 0)
	}
	require.Zero(t, (&tree[id, int]{}).rank(small(5)))
	for n := uint64(0); n <= many; n += 100 {
		require.InDelta(t, float64(n), float64(tr.rank(small(n))), many/10)
	}
	require.Equal(t, 0, tr.rank(small(0)))
}
