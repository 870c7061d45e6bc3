package notify_test

import (
	"net/mail"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/notify"
	"virtualschool.example/pep/rule"
)

var domains = []string{"school.example", "Sub.School.example", "xn--schl-6qa.example"}

func TestOnlyOneBareAddressInAnAllowedDomainIsAccepted(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 64)
	for address, want := range map[string]bool{
		"office@school.example":         true,
		"OFFICE@SCHOOL.EXAMPLE":         true,
		"a.b-c_d+e@sub.school.example":  true,
		"o'neill&co@school.example":     true,
		"1@xn--schl-6qa.example":        true,
		long + "@school.example":        true,
		long + "a@school.example":       false,
		"":                              false,
		"@":                             false,
		"office":                        false,
		"office@":                       false,
		"@school.example":               false,
		"office@elsewhere.example":      false,
		"office@other.school.example":   false,
		"office@school.example.com":     false,
		"office@chool.example":          false,
		"office@school.example.":        false,
		"office@.school.example":        false,
		"office@[127.0.0.1]":            false,
		"office@school.example@x":       false,
		"a@b@school.example":            false,
		".office@school.example":        false,
		"office.@school.example":        false,
		"of..fice@school.example":       false,
		"-Xoffice@school.example":       false,
		"of fice@school.example":        false,
		" office@school.example":        false,
		"office@school.example ":        false,
		"office@school.example\n":       false,
		"office@school.example\r\nBcc:": false,
		"office\x00@school.example":     false,
		"<office@school.example>":       false,
		"O <office@school.example>":     false,
		"office(x)@school.example":      false,
		`"office"@school.example`:       false,
		"a@school.example,b":            false,
		"office%else@school.example":    false,
		"else!office@school.example":    false,
		"оffice@school.example":         false, // a Cyrillic letter
		"office@schооl.example":         false,
		"office@school。example":         false, // an ideographic full stop
		"оffice@school.example\u202e":   false,
	} {
		err := notify.CheckAddress(address, domains)
		require.Equal(t, want, err == nil, "%q", address)
		if err != nil {
			require.EqualError(t, err, "address must be one bare e-mail address in an allowed domain")
			require.Equal(t, "address", rule.InvalidMember(err))
		}
	}
	require.Error(t, notify.CheckAddress("office@school.example", nil))
	for _, listed := range []string{"", "school", "[127.0.0.1]", "127.0.0.1", "school.example.", "-a.example", "a-.example", "a..example", "a_b.example", strings.Repeat("a", 64) + ".example"} {
		require.Error(t, notify.CheckAddress("office@"+listed, []string{listed}), "%q in the list", listed)
	}
}

func FuzzAnAcceptedAddressIsExactlyItself(f *testing.F) {
	for _, seed := range []string{"office@school.example", "o'neill&co@SUB.school.example", "a@b", `"a b"@school.example`, "A <a@school.example>", "a@school.example\r\nBcc: b@school.example", "é@school.example", "a@[10.0.0.1]"} {
		f.Add(seed, "school.example")
	}
	f.Fuzz(func(t *testing.T, address, listed string) {
		if notify.CheckAddress(address, []string{listed}) != nil {
			return
		}
		read, err := mail.ParseAddress(address)
		if err != nil || read.Name != "" || read.Address != address {
			t.Fatalf("%q is read as %v: %v", address, read, err)
		}
		if !strings.EqualFold(address[strings.LastIndexByte(address, '@')+1:], listed) || strings.Count(address, "@") != 1 {
			t.Fatalf("%q is not in the domain %q", address, listed)
		}
		if strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune(`<>()[]{},;:"\%!|`, r) }) {
			t.Fatalf("%q has a character that no address needs", address)
		}
		header, err := mail.ReadMessage(strings.NewReader("To: " + address + "\r\n\r\n"))
		if err != nil || len(header.Header) != 1 {
			t.Fatalf("%q adds to the headers: %v", address, header)
		}
	})
}
