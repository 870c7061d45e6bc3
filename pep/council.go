package pep

import (
	"errors"
	"slices"
	"strings"

	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// Council is the authority that a policy belongs to. A record of care may refer to
// it by any of its names, its number or its code; letter case and surrounding
// spaces do not matter.
type Council struct {
	Names []string // the council's names; the first is the name to show
	LA    string   // the council's number: three digits, such as "888"
	GSS   string   // the council's code: nine characters, such as "E10000017"
}

// Name returns the name to show, or "" for the zero Council.
func (c Council) Name() string {
	if len(c.Names) == 0 {
		return ""
	}
	return c.Names[0]
}

// Equal reports whether c and other are the same council, that is, whether they
// have the same number and code.
func (c *Council) Equal(other *Council) bool { return c.LA == other.LA && c.GSS == other.GSS }

// has reports whether the text names the council.
func (c *Council) has(authority string) bool {
	authority = strings.TrimSpace(authority)
	same := func(own string) bool { return strings.EqualFold(own, authority) }
	return same(c.LA) || same(c.GSS) || slices.ContainsFunc(c.Names, same)
}

// check returns every fault of the council.
func (c *Council) check() error {
	named := func(s string) bool { return record.NamesCouncil(s) && s == strings.TrimSpace(s) }
	return errors.Join(
		rule.Need(len(c.Names) > 0 && !slices.ContainsFunc(c.Names, func(s string) bool { return !named(s) }), "council.names", "the names of the council, each with two letters or more"),
		rule.Need(record.IsLANumber(c.LA), "council.la", "the LA number of the council: three digits"),
		rule.Need(record.IsGSSCode(c.GSS) && c.GSS == strings.ToUpper(c.GSS), "council.gss", "the GSS code of the council: E, N, S or W and eight digits"),
	)
}

// Council returns the authority that the policy belongs to.
func (p *Policy) Council() Council {
	c := p.par.Council
	c.Names = slices.Clone(c.Names)
	return c
}

// Source says where a rule comes from, in words that a policy officer knows. It
// names the council's own documents first.
func (p *Policy) Source(of rule.Definition) string { return of.SourceIn(p.par.Documents) }

// CheckCare returns a *rule.Invalid if the authority of an episode of care is
// neither the council nor another authority that record.AnotherAuthority
// recognises. The library does not guess who looks after the child.
func (p *Policy) CheckCare(care record.Care) error {
	for i := range care.Episodes {
		if a := care.Episodes[i].Authority; a != "" && !p.par.Council.has(a) && !record.AnotherAuthority(a) {
			return record.UnknownAuthority()
		}
	}
	return nil
}

// ours reports whether an authority that CheckCare has accepted is the council.
// An episode that names no authority counts as the council's.
func (par *Parameters) ours(authority string) bool {
	return authority == "" || par.Council.has(authority)
}
