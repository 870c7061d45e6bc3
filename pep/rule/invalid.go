package rule

import "errors"

// Invalid says that an input cannot be a question or a command at all: a date
// that is no date, a member that is missing or unknown. It names the member
// and what was expected, never the value given. It is always used as *Invalid;
// several at once are joined with errors.Join.
type Invalid struct {
	Member string `json:"member"` // the bare name of the member, such as "born"
	Want   string `json:"want"`   // what was expected, such as "a date as 2006-01-02"
}

// Error names the member and what was expected of it.
func (e *Invalid) Error() string { return "invalid " + e.Member + ": want " + e.Want }

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
