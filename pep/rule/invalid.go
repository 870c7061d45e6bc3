package rule

import (
	"errors"
	"fmt"
	"strings"
)

// Invalid says that an input cannot be a question or a command at all: a date
// that is no date, a member that is missing or unknown. It names the member
// and what was expected, never the value given. It is always used as *Invalid;
// several at once are joined with errors.Join.
type Invalid struct {
	Member string `json:"member"` // the bare name of the member, such as "born"
	Want   string `json:"want"`   // what it must be, such as "a date as 2006-01-02"
}

// Error names the member and says what it must be.
func (e *Invalid) Error() string { return "invalid " + e.Sentence() }

// Sentence names the member and says what it must be, such as "born: must be a
// date as 2006-01-02".
func (e *Invalid) Sentence() string { return e.Member + ": must be " + e.Want }

// MaxFaults is how many faults of one document are reported.
const MaxFaults = 100

// maxMember is how many bytes of the name of a member a fault repeats.
const maxMember = 200

// Faults are what is wrong with a document. It keeps the first MaxFaults of them
// and counts the rest. The zero Faults is empty.
type Faults struct {
	kept []*Invalid
	n    int
}

// Add adds a fault. Of a longer name of a member than 200 bytes it keeps the
// beginning.
func (f *Faults) Add(member, want string) {
	if len(member) > maxMember {
		member = strings.ToValidUTF8(member[:maxMember], "") + "…"
	}
	if f.n++; f.n <= MaxFaults {
		f.kept = append(f.kept, &Invalid{Member: member, Want: want})
	}
}

// Join adds the faults of another, in their order.
func (f *Faults) Join(other *Faults) {
	for _, fault := range other.kept {
		f.Add(fault.Member, fault.Want)
	}
	f.n += other.n - len(other.kept)
}

// Len returns how many faults there are, kept or not.
func (f *Faults) Len() int { return f.n }

// Err returns the faults that were kept, joined; nil for none. The last of them
// says how many more there are.
func (f *Faults) Err() error {
	errs := make([]error, 0, len(f.kept))
	for n, fault := range f.kept {
		if more := f.n - len(f.kept); more > 0 && n == len(f.kept)-1 {
			fault = &Invalid{fault.Member, fault.Want + fmt.Sprintf("; %d more faults are not listed", more)}
		}
		errs = append(errs, fault)
	}
	return errors.Join(errs...)
}

// Need returns nil where ok holds, and otherwise an *Invalid that names the
// member and says what it must be. Join several with errors.Join, so that every
// fault is reported at once.
func Need(ok bool, member, want string) error {
	if ok {
		return nil
	}
	return &Invalid{Member: member, Want: want}
}

// Invalids returns every *Invalid in err's tree, in order.
func Invalids(err error) (all []*Invalid) {
	switch e := err.(type) {
	case *Invalid:
		return []*Invalid{e}
	case interface{ Unwrap() []error }:
		for _, part := range e.Unwrap() {
			all = append(all, Invalids(part)...)
		}
	case interface{ Unwrap() error }:
		return Invalids(e.Unwrap())
	}
	return all
}

// InvalidMembers returns the members that the *Invalid in err's tree name, in
// order.
func InvalidMembers(err error) (names []string) {
	for _, invalid := range Invalids(err) {
		names = append(names, invalid.Member)
	}
	return names
}

// InvalidMember returns the member that the first *Invalid in err's tree
// names, or "" where there is none.
func InvalidMember(err error) string {
	var invalid *Invalid
	if errors.As(err, &invalid) {
		return invalid.Member
	}
	return ""
}
