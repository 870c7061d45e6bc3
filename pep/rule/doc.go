// Package rule holds the catalogue of the rules of the PEP process, and the two
// errors by which the library says no.
//
// A [Refusal] means that one or more rules do not allow what was tried. It gives
// every [Reason], each with the rule, a [Code] and a sentence. An [Invalid] means
// that the input is malformed, so that no rule can decide on it; it names the
// member. Neither holds a name, a birth date, an answer or the text of the input.
//
//	err := plan.Do(by, pep.Finalise{})
//	var refusal *rule.Refusal
//	switch {
//	case errors.Is(err, rule.FINAL1): // FINAL-1 is one of the reasons
//	case errors.As(err, &refusal): // refusal.Reasons() lists every reason
//	case rule.InvalidMember(err) != "": // the name of the first wrong member
//	}
//
// Every rule has an [ID], such as FINAL1 ("FINAL-1"), and a [Definition] in the
// [Catalogue]. The definition says what the rule is, where it comes from, which Go
// symbol implements it and what proves it.
//
// The package decides nothing. The rules themselves are in term, forms, delegation
// and pep.
package rule
