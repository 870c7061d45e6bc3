package notify

import (
	"slices"
	"strings"

	"virtualschool.example/pep/rule"
)

// How many bytes an address and its parts may have (RFC 5321, RFC 1035).
const (
	maxAddress = 254
	maxLocal   = 64
	maxLabel   = 63
)

// CheckAddress returns a *rule.Invalid of "address" unless the address is one bare
// e-mail address, such as "office@school.example", in one of the domains. The
// domain must be in the list exactly, except for the case of its letters: a
// subdomain is another domain. The local part has letters, digits and . _ - + ' &
// only, so there is no display name, comment, quoted part, IP address, letter
// outside ASCII, control character or route.
func CheckAddress(address string, domains []string) error {
	_, domain, _ := strings.Cut(address, "@")
	listed := slices.ContainsFunc(domains, func(d string) bool { return strings.EqualFold(d, domain) })
	return rule.Need(isAddress(address) && listed, "address", "one bare e-mail address in an allowed domain")
}

// isAddress reports whether s is one bare e-mail address, in whatever domain.
func isAddress(s string) bool {
	local, domain, _ := strings.Cut(s, "@")
	return len(s) <= maxAddress && len(local) <= maxLocal && isLocal(local) && isDomain(domain)
}

// isLocal reports whether s is a local part that CheckAddress allows. One that
// begins with a hyphen could be read as an option of a mail program.
func isLocal(s string) bool {
	for atom := range strings.SplitSeq(s, ".") {
		if atom == "" || !consists(atom, "_-+'&") {
			return false
		}
	}
	return s[0] != '-'
}

// isDomain reports whether s is a domain of two or more labels. An IP address is
// not a domain.
func isDomain(s string) bool {
	labels := strings.Split(s, ".")
	for _, label := range labels {
		if label == "" || len(label) > maxLabel || !consists(label, "-") || strings.Trim(label, "-") != label {
			return false
		}
	}
	return len(labels) > 1 && strings.Trim(labels[len(labels)-1], "0123456789") != ""
}

// consists reports whether s has letters and digits of ASCII and the other
// characters only.
func consists(s, others string) bool {
	for _, c := range []byte(s) {
		letter, digit := c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9'
		if !letter && !digit && strings.IndexByte(others, c) < 0 {
			return false
		}
	}
	return true
}
