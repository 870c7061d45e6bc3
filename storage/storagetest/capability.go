package storagetest

import (
	"io"
	"slices"
	"testing"

	"virtualschool.example/storage"
)

// Capability is something of a store that a case needs and that not every
// store has or can show. The zero Capability is none.
type Capability uint8

// The capabilities. Whether a store has one is seen by its methods, so that
// leaving one out without saying so fails.
const (
	Messages   Capability = 1 + iota // it is a storage.Outbox
	Closing                          // it is an io.Closer
	Contention                       // it is a Contender
	Doubt                            // it is a Doubter
	AtOnce                           // it has several transactions at once: it is not Single
)

// Contender is a store whose commits can be made to fail for want of
// serializability. A test wraps the store with it.
type Contender interface {
	// Contend makes the next commits, so many of them, fail as if another
	// transaction had been in the way.
	Contend(times int)
}

// Doubter is a store whose answer to a commit can be lost. A test wraps the
// store with it.
type Doubter interface {
	// Doubt makes the answer to the next commit get lost, after it was done
	// or before.
	Doubt(done bool)
}

// Single is a store all of whose transactions are within one, such as a
// transaction of its host's, so that none is beside another. A test wraps the
// store with it.
type Single interface {
	// Single does nothing. It says that the store is one.
	Single()
}

// Lack says that a store cannot show a capability, and why.
type Lack struct {
	Of  Capability
	Why string
}

var capabilities = [...]struct {
	name string
	of   func(storage.Plans) bool
}{
	Messages:   {"an outbox", has[storage.Outbox]},
	Closing:    {"being closed", has[io.Closer]},
	Contention: {"commits made to contend", has[Contender]},
	Doubt:      {"commits made to be in doubt", has[Doubter]},
	AtOnce:     {"transactions at once", func(store storage.Plans) bool { return !has[Single](store) }},
}

func has[T any](store storage.Plans) bool {
	_, ok := store.(T)
	return ok
}

// String returns what the capability is in plain English, "" for none.
func (c Capability) String() string {
	if int(c) >= len(capabilities) {
		return ""
	}
	return capabilities[c].name
}

// demand skips a case for a lack that was declared, and fails it for one that
// was not.
func (c Capability) demand(t testing.TB, store storage.Plans, lacks []Lack) {
	t.Helper()
	i := slices.IndexFunc(lacks, func(l Lack) bool { return l.Of == c })
	has := capabilities[c].of(store)
	switch {
	case has && i >= 0:
		t.Fatalf("the store has %s, which is declared as lacking", c)
	case !has && i < 0:
		t.Fatalf("the store has not %s: declare a storagetest.Lack and say why, or add it", c)
	case !has:
		t.Skipf("lacks %s: %s", c, lacks[i].Why)
	}
}

// checkLacks prints what is lacking, and fails for a lack that no case needs
// or that has no reason.
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
			t.Errorf("a Lack names a capability and says why")
		}
		t.Logf("lacks %s, so that %d of %d cases do not run: %s", l.Of, n, len(rows), l.Why)
	}
}
