package ask

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

func pepPayment(in *strict.Members) decide {
	c := payment.Claim{
		Term:      termValue(in.Need("term")),
		YearGroup: strict.Named(in.Need("yearGroup"), "", forms.ParseYearGroup),
		Grade:     strict.Named(in.Said("grade"), "", pep.ParseGrade),
		Stage:     strict.Named(in.Need("stage"), "", parseStarted),
		Payee:     readPayee(in.Said("establishment")),
	}
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		d, err := payment.Decide(p, c)
		if err != nil {
			return nil, d.Explain(p, c), err
		}
		return paid(d), d.Explain(p, c), nil
	}
}

// parseStarted parses the stage of a plan that was started: any stage except pep.None.
func parseStarted(s string) (pep.Stage, error) {
	stage, err := pep.ParseStage(s)
	if err == nil && stage == pep.None {
		return 0, &rule.Invalid{Member: "stage", Want: "the stage of a plan that was started"}
	}
	return stage, err
}

// readPayee reads an establishment, and returns nil if it is null. The DfE number may
// be absent. The type may be null, which means that it is unknown.
func readPayee(v strict.Value) *payment.Payee {
	if v.Null() {
		return nil
	}
	in := v.Object()
	return &payment.Payee{
		Type:      readGIAS(in.Said("gias")),
		DfENumber: strict.Parsed(in.May("dfe"), "", parseDfE),
		Finance:   in.Need("finance").Bool(),
	}
}

func parseDfE(s string) (string, error) {
	normal, ok := record.ParseDfENumber(s)
	if !ok {
		return "", &rule.Invalid{Member: "dfe", Want: "a DfE number: three digits, a slash and four digits, not all zeros"}
	}
	return normal, nil
}

func paid(d payment.Decision) Reply {
	r := Reply{"financialYear": orNull(d.FinancialYear)}
	rules := d.Rules.List()
	switch d.Verdict {
	case payment.Payable:
		r["pence"] = d.Pence
	case payment.Held:
		r["held"] = rules[0].String()
	default:
		r["notPayable"] = rules[0].String()
	}
	return r.because(rules, d.Cause.String())
}
