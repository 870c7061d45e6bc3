package oracle

import "strings"

// identityEntries asks about DfE numbers and URNs that consist of zeros, and replaces
// each zero in turn with another digit (ID-1).
func identityEntries() (all []entry) {
	for _, kind := range []string{"dfe_number", "urn"} {
		zeros := "000000"
		if kind == "dfe_number" {
			zeros = "0000000"
		}
		all = append(all, identity(kind, zeros, false))
		for n := range zeros {
			all = append(all, identity(kind, zeros[:n]+"1"+zeros[n+1:], true))
		}
		all = append(all, identity(kind, zeros[1:], false), identity(kind, zeros+"0", false), identity(kind, zeros[1:]+"A", false))
	}
	return append(all, identity("dfe_number", "000/0000", false), identity("dfe_number", "888/0000", true), identity("dfe_number", "000/4000", true))
}

func identity(kind, value string, valid bool) entry {
	e := entry{rules: "ID-1", ask: "pep.identifier", given: object{"kind", kind, "value", value}, expect: object{"valid", valid, "normal", nil}}
	if digits := strings.ReplaceAll(value, "/", ""); valid && kind == "dfe_number" {
		e.expect[3] = digits[:3] + "/" + digits[3:]
	} else if valid {
		e.expect[3] = digits
	}
	return e
}
