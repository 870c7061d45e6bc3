package rule

import (
	"errors"
	"fmt"
	"strings"
)

// Invalid says that an input cannot be a question or a command at all: a date is
// malformed, or a member is missing or unknown. It names the member and says what was
// expected, but never repeats the value. It is always used as *Invalid. Several
// faults are joined with errors.Join.
type Invalid struct {
	Member string `json:"member"` // the bare name of the member, such as "born"
	Want   string `json:"want"`   // what it must be, such as "a date such as 2006-01-02"; it begins with WantKnown if the member is unknown
}

// WantKnown is the beginning of Want for an unknown member. A suggestion by
// DidYouMean may follow it.
const WantKnown = "a known member"

// Error returns the Sentence.
func (e *Invalid) Error() string { return e.Sentence() }

// Sentence names the member and says what it must be, such as "born must be a date
// such as 2006-01-02" or "\"meting\" is not a known member; did you mean
// \"meeting\"?".
func (e *Invalid) Sentence() string {
	if suggestion, unknown := strings.CutPrefix(e.Want, WantKnown); unknown {
		name := e.Member
		if !strings.HasPrefix(name, "line ") { // Member may be a place, such as "line 2, column D"
			name = `"` + name + `"`
		}
		return name + " is not " + WantKnown + suggestion
	}
	return e.Member + " must be " + e.Want
}

// MaxFaults is the greatest number of faults that are reported for one
// document.
const MaxFaults = 100

// maxMember is the greatest number of bytes of a member's name that a fault
// repeats.
const maxMember = 200

// Faults gathers what is wrong with a document. It keeps the first MaxFaults faults
// and counts the rest. The zero Faults is empty.
type Faults struct {
	kept []*Invalid
	n    int
}

// Add adds a fault. It keeps only the first 200 bytes of a member's name.
func (f *Faults) Add(member, want string) {
	if len(member) > maxMember {
		member = strings.ToValidUTF8(member[:maxMember], "") + "…"
	}
	if f.n++; f.n <= MaxFaults {
		f.kept = append(f.kept, &Invalid{Member: member, Want: want})
	}
}

// Join adds the faults of other, in their order.
func (f *Faults) Join(other *Faults) {
	for _, fault := range other.kept {
		f.Add(fault.Member, fault.Want)
	}
	f.n += other.n - len(other.kept)
}

// Len returns the number of faults, whether they were kept or only counted.
func (f *Faults) Len() int { return f.n }

// Err joins the faults that were kept, or returns nil if there are none. If more
// faults were counted than kept, the last error says how many more.
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

// Need returns nil if ok is true, and otherwise an *Invalid that names the member
// and says what it must be. Join several with errors.Join, so that every fault is
// reported at once.
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

// InvalidMembers returns the members that are named by each *Invalid in err's tree,
// in order.
func InvalidMembers(err error) (names []string) {
	for _, invalid := range Invalids(err) {
		names = append(names, invalid.Member)
	}
	return names
}

// InvalidMember returns the member that is named by the first *Invalid in err's tree,
// or "" if there is none.
func InvalidMember(err error) string {
	var invalid *Invalid
	if errors.As(err, &invalid) {
		return invalid.Member
	}
	return ""
}
