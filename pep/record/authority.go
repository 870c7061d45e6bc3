package record

import (
	"strings"
	"unicode"

	"virtualschool.example/pep/rule"
)

const authorityWant = "the council's own name or number or, for another authority, a three-digit LA number, a GSS code (E, N, S or W and eight digits) or the word other"

// CheckAuthority returns nil if s is empty, or if AnotherAuthority or
// NamesCouncil accepts it. Otherwise it returns a *rule.Invalid of member
// "authority". Only the council's policy knows whether a name is the council's
// own.
func CheckAuthority(s string) error {
	return rule.Need(s == "" || AnotherAuthority(s) || NamesCouncil(s), "authority", authorityWant)
}

// UnknownAuthority returns the *rule.Invalid for a name that is neither the
// council's own nor accepted by AnotherAuthority.
func UnknownAuthority() error { return &rule.Invalid{Member: "authority", Want: authorityWant} }

// AnotherAuthority reports whether s is an LA number, a GSS code or "other".
// A number or code that is not the council's own means another authority.
// Letter case and surrounding spaces do not matter.
func AnotherAuthority(s string) bool {
	s = strings.TrimSpace(s)
	return IsLANumber(s) || IsGSSCode(s) || strings.EqualFold(s, "other")
}

// IsLANumber reports whether s is the number of a local authority: three digits.
func IsLANumber(s string) bool { return len(s) == 3 && digits(s) }

// IsGSSCode reports whether s is the code of an area in the register of the
// Government Statistical Service: the country's letter and eight digits.
func IsGSSCode(s string) bool {
	return len(s) == 9 && strings.IndexByte("ENSWensw", s[0]) >= 0 && digits(s[1:])
}

// NamesCouncil reports whether s can be the name of a council. A name has at
// least two letters, which rules out numbers and codes, and is not "other".
func NamesCouncil(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters > 1 && !strings.EqualFold(strings.TrimSpace(s), "other")
}
