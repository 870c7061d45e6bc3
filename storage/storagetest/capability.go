package storagetest

import (
	"io"
	"slices"
	"testing"

	"virtualschool.example/storage"
)

// Capability is a property that some cases need and that some stores do not have.
// The zero Capability is invalid.
type Capability uint8

// The capabilities. A store's methods show whether it has a capability. The test
// fails if a store lacks one and its author declared no [Lack].
const (
	Messages   Capability = 1 + iota // the store is a storage.Outbox
	Closing                          // the store is an io.Closer
	Contention                       // the store is a Contender
	Doubt                            // the store is a Doubter
	AtOnce                           // the store runs several transactions at once: it is not a Single
)

// Contender is a store whose commits can be made to fail as if they could not be
// serialized. An adapter's test wraps its store in one.
type Contender interface {
	// Contend makes the next commits fail as if they had collided with another
	// transaction. The argument times is the number of commits.
	Contend(times int)
}

// Doubter is a store that can lose the answer to a commit. An adapter's test wraps
// its store in one.
type Doubter interface {
	// Doubt makes the store lose the answer to the next commit. If done is true,
	// the store commits before it loses the answer; otherwise it does not commit.
	Doubt(done bool)
}

// Single is a store whose transactions are all part of one outer transaction, such as
// one that its host began, so that no two run at once. An adapter's test wraps its
// store in a Single.
type Single interface {
	// Single does nothing. It marks the store.
	Single()
}

// Lack declares that a store does not have a capability, and why.
type Lack struct {
	Of  Capability
	Why string
}

var capabilities = [...]struct {
	name string
	of   func(storage.Plans) bool
}{
	Messages:   {"an outbox", has[storage.Outbox]},
	Closing:    {"a Close method", has[io.Closer]},
	Contention: {"commits that can be made to contend", has[Contender]},
	Doubt:      {"commits whose answer can be lost", has[Doubter]},
	AtOnce:     {"transactions at once", func(store storage.Plans) bool { return !has[Single](store) }},
}

func has[T any](store storage.Plans) bool {
	_, ok := store.(T)
	return ok
}

// String returns the capability in plain English, or "" if it is invalid.
func (c Capability) String() string {
	if int(c) >= len(capabilities) {
		return ""
	}
	return capabilities[c].name
}

// demand skips a case if the store lacks the capability and the lack is declared.
// It fails the case if the lack is not declared, or if it is declared and the
// store has the capability.
func (c Capability) demand(t testing.TB, store storage.Plans, lacks []Lack) {
	t.Helper()
	i := slices.IndexFunc(lacks, func(l Lack) bool { return l.Of == c })
	has := capabilities[c].of(store)
	switch {
	case has && i >= 0:
		t.Fatalf("the store has %s, but a Lack says that it does not", c)
	case !has && i < 0:
		t.Fatalf("the store does not have %s: declare a storagetest.Lack and say why, or add it", c)
	case !has:
		t.Skipf("the store does not have %s: %s", c, lacks[i].Why)
	}
}

// checkLacks prints each Lack and the number of cases that it skips. It fails the
// test if a Lack names no capability or gives no reason.
func checkLacks(t *testing.T, rows []row, lacks []Lack) {
	t.Helper()
	for _, l := range lacks {
		n := 0
		for _, r := range rows {
			if slices.Contains(r.needs, l.Of) {
				n++
			}
		}
		if l.Why == "" || l.Of.String() == "" {
			t.Errorf("a Lack must name a capability and say why")
		}
		t.Logf("the store does not have %s, so %d of %d cases do not run: %s", l.Of, n, len(rows), l.Why)
	}
}
