package ask

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

func pepPayment(in *strict.Members) decide {
	c := pep.Claim{
		Term:      termValue(in.Need("term")),
		YearGroup: strict.Named(in.Need("yearGroup"), "", forms.ParseYearGroup),
		Grade:     strict.Named(in.Said("grade"), "", pep.ParseGrade),
		Stage:     strict.Named(in.Need("stage"), "", parseStarted),
		Payee:     readPayee(in.Said("establishment")),
	}
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		a, err := p.Payment(c)
		if err != nil {
			return nil, a.Explain(p, c), err
		}
		return payment(a), a.Explain(p, c), nil
	}
}

// parseStarted reads the stage of a plan that was started.
func parseStarted(s string) (pep.Stage, error) {
	stage, err := pep.ParseStage(s)
	if err == nil && stage == pep.None {
		return 0, &rule.Invalid{Member: "stage", Want: "the stage of a plan that was started"}
	}
	return stage, err
}

// readPayee reads an establishment, nil for none. One without a DfE number
// has null.
func readPayee(v strict.Value) *pep.Payee {
	if v.Null() {
		return nil
	}
	in := v.Object()
	return &pep.Payee{
		Type:      readGIAS(in.Need("gias")),
		DfENumber: strict.Parsed(in.May("dfe"), "", parseDfE),
		Finance:   in.Need("finance").Bool(),
	}
}

func parseDfE(s string) (string, error) {
	normal, ok := record.ParseDfENumber(s)
	if !ok {
		return "", &rule.Invalid{Member: "dfe", Want: "a DfE number, as 888/4000"}
	}
	return normal, nil
}

func payment(a pep.PaymentAnswer) Reply {
	r := Reply{"financialYear": orNull(a.FinancialYear)}
	rules := a.Rules.List()
	switch a.Outcome {
	case pep.Payable:
		r["pence"] = a.Pence
	case pep.Held:
		r["held"] = rules[0].String()
	default:
		r["notPayable"] = rules[0].String()
	}
	return r.because(rules, a.Reason.String())
}
