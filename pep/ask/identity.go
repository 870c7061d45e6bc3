package ask

import (
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// identifiers is how each kind of identifier is read (ID-1).
var identifiers = [...]struct {
	kind  string
	parse func(string) (normal string, ok bool)
}{
	{"upn", record.ParseUPN},
	{"dfe_number", record.ParseDfENumber},
	{"urn", record.ParseURN},
}

func pepIdentifier(in *strict.Members) decide {
	parse := strict.Parsed(in.Need("kind"), "", identifierOf)
	value := in.Need("value").Text("the identifier, as text")
	return func(*pep.Policy) (Reply, error) {
		normal, ok := parse(value)
		r, rules := Reply{"valid": ok, "normal": nil}, []rule.ID{rule.ID1}
		if !ok {
			return r.because(rules, "not_valid", "it is not an identifier of this kind"), nil
		}
		r["normal"] = normal
		return r.because(rules, "valid", "it is an identifier of this kind"), nil
	}
}

func identifierOf(kind string) (func(string) (string, bool), error) {
	for _, i := range identifiers {
		if i.kind == kind {
			return i.parse, nil
		}
	}
	return nil, &rule.Invalid{Member: "kind", Want: "upn, dfe_number or urn"}
}

func pepRetention(in *strict.Members) decide {
	born, died := in.Need("born").Date(), in.May("died").Date()
	return func(p *pep.Policy) (Reply, error) {
		until, err := p.KeepUntil(born, died)
		if err != nil {
			return nil, err
		}
		if until.IsZero() {
			return nil, &rule.Invalid{Member: "born", Want: "a birth date whose record is kept no longer than the year 9999"}
		}
		r := Reply{"keepUntil": until.String()}
		par := p.Parameters(born)
		if until == born.Anniversary(par.KeepYears, par.LeapBirthday) {
			return r.because([]rule.ID{rule.RET1}, "from_birth", "the record is kept for a number of years from birth"), nil
		}
		return r.because([]rule.ID{rule.RET1}, "from_death", "the record is kept for a number of years from death"), nil
	}
}
