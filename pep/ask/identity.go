package ask

import (
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// identifier is a kind of identifier.
type identifier uint8

const (
	upn identifier = 1 + iota
	dfeNumber
	urn
)

var identifierNames = [...]string{upn: "upn", dfeNumber: "dfe_number", urn: "urn"}

// identifiers holds, for each kind of identifier, its name in a sentence, its parser and
// a description of its form (ID-1).
var identifiers = [...]struct {
	words string
	parse func(string) (normal string, ok bool)
	form  string
}{
	upn:       {"UPN", record.ParseUPN, "a UPN has a check letter, eleven digits and a last digit or letter, and the check letter matches the rest"},
	dfeNumber: {"DfE number", record.ParseDfENumber, "a DfE number has three digits, an optional slash and four more digits, and its digits are not all zeros"},
	urn:       {"URN", record.ParseURN, "a URN has six digits, which are not all zeros"},
}

func (i identifier) String() string { return *rule.Row(identifierNames[:], i) }

func parseIdentifier(s string) (identifier, error) {
	return rule.Find[identifier](len(identifierNames), s, "kind", "upn, dfe_number or urn")
}

func pepIdentifier(in *strict.Members) decide {
	kind := strict.Named(in.Need("kind"), "", parseIdentifier)
	value := in.Need("value").Text("the identifier to check")
	return func(*pep.Policy) (Reply, rule.Explanation, error) {
		normal, ok := identifiers[kind].parse(value)
		r, rules := Reply{"valid": ok, "normal": nil}, []rule.ID{rule.ID1}
		var e rule.Explanation
		e.Given("kind", kind)
		e.Given("value", rule.Private)
		if !ok {
			e.Says("the value is not a valid %s; %s", identifiers[kind].words, identifiers[kind].form)
			return r.because(rules, "not_valid"), e, nil
		}
		r["normal"] = normal
		e.Says("the value is a valid %s; %s", identifiers[kind].words, identifiers[kind].form)
		return r.because(rules, "valid"), e, nil
	}
}

func pepRetention(in *strict.Members) decide {
	born, died := in.Need("born").Date(), in.May("died").Date()
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		until, err := p.KeepUntil(born, died)
		var e rule.Explanation
		if err != nil {
			return nil, e, err
		}
		if until.IsZero() {
			return nil, e, &rule.Invalid{Member: "born", Want: "a birth date whose record need not be kept beyond the year 9999"}
		}
		r := Reply{"keepUntil": until.String()}
		par := p.Parameters(born)
		e.Given("born", rule.Private)
		e.Given("died", died)
		e.Uses(born, "leapBirthday")
		if !died.IsZero() {
			e.Uses(born, "untilAge")
		}
		if until == born.Anniversary(par.KeepYears, par.LeapBirthday) {
			e.Uses(born, "keepYears")
			e.Says("the record is kept for %d years from birth", par.KeepYears)
			return r.because([]rule.ID{rule.RET1}, "from_birth"), e, nil
		}
		e.Uses(born, "keepAfterDeath")
		e.Says("the record is kept until %s, %d years after the death, because the child died before the age of %d", until.Words(), par.KeepAfterDeath, par.UntilAge)
		return r.because([]rule.ID{rule.RET1}, "from_death"), e, nil
	}
}
