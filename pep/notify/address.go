package notify

import (
	"slices"
	"strings"

	"virtualschool.example/pep/rule"
)

// The most bytes that an address and its parts may have (RFC 5321, RFC 1035).
const (
	maxAddress = 254
	maxLocal   = 64
	maxLabel   = 63
)

// CheckAddress returns a *rule.Invalid for "address" unless the address is one bare e-mail
// address, such as "office@school.example", in one of the domains. The case of the
// domain's letters does not matter, but a subdomain is another domain. The local part may
// hold only ASCII letters, digits and . _ - + ' &. An address therefore cannot hold a
// display name, a comment, a quoted part, an IP address, a control character or a route.
func CheckAddress(address string, domains []string) error {
	_, domain, _ := strings.Cut(address, "@")
	listed := slices.ContainsFunc(domains, func(d string) bool { return strings.EqualFold(d, domain) })
	return rule.Need(isAddress(address) && listed, "address", "one bare e-mail address in an allowed domain")
}

// isAddress reports whether s is one bare e-mail address in any domain.
func isAddress(s string) bool {
	local, domain, _ := strings.Cut(s, "@")
	return len(s) <= maxAddress && len(local) <= maxLocal && isLocal(local) && isDomain(domain)
}

// isLocal reports whether s is a local part that CheckAddress allows. It may not begin
// with a hyphen, which a mail program could read as an option.
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

// consists reports whether s holds only ASCII letters, ASCII digits and characters
// from others.
func consists(s, others string) bool {
	for _, c := range []byte(s) {
		letter, digit := c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9'
		if !letter && !digit && strings.IndexByte(others, c) < 0 {
			return false
		}
	}
	return true
}
