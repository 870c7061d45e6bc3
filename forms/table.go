package forms

import "virtualschool.example/pep/rule"

// Rows holds the form type of each year group in each setting. The entries of
// the zero YearGroup and of the zero Setting must be zero. Any other zero means
// that there is no form for that year group and setting.
type Rows [Y13 + 1][Special + 1]Type

// Table holds a policy's form types. It is immutable. The zero Table has no
// forms.
type Table struct{ rows Rows }

// NewTable returns a table of rows. It returns a *rule.Invalid of member
// "formTypes" if an entry is not a form type, or if an entry that must be zero
// is not.
func NewTable(rows Rows) (*Table, error) {
	for y, row := range rows {
		for s, t := range row {
			if t > SecondarySpecial || t != 0 && (y == 0 || s == 0) {
				return nil, &rule.Invalid{Member: "formTypes", Want: "a form type for each year group and setting"}
			}
		}
	}
	return &Table{rows}, nil
}

// lancashire is FORM-1 to FORM-6, and FORM-8 for a child who attends no school:
// "mainstream column by DOB year; age 4 below Reception -> EARLY_YEARS".
var lancashire = Table{Rows{
	PreNursery: {NoSetting: EarlyYears, Mainstream: EarlyYears, Special: EarlyYears},
	N1:         {NoSetting: EarlyYears, Mainstream: EarlyYears, Special: EarlyYears},
	N2:         {NoSetting: EarlyYears, Mainstream: EarlyYears, Special: EarlyYears},
	R:          {NoSetting: EarlyYears, Mainstream: EarlyYears, Special: EarlyYears},
	Y1:         {NoSetting: PrimaryMainstream, Mainstream: PrimaryMainstream, Special: PrimarySpecial},
	Y2:         {NoSetting: PrimaryMainstream, Mainstream: PrimaryMainstream, Special: PrimarySpecial},
	Y3:         {NoSetting: PrimaryMainstream, Mainstream: PrimaryMainstream, Special: PrimarySpecial},
	Y4:         {NoSetting: PrimaryMainstream, Mainstream: PrimaryMainstream, Special: PrimarySpecial},
	Y5:         {NoSetting: PrimaryMainstream, Mainstream: PrimaryMainstream, Special: PrimarySpecial},
	Y6:         {NoSetting: PrimaryMainstream, Mainstream: PrimaryMainstream, Special: PrimarySpecial},
	Y7:         {NoSetting: SecondaryMainstream, Mainstream: SecondaryMainstream, Special: SecondarySpecial},
	Y8:         {NoSetting: SecondaryMainstream, Mainstream: SecondaryMainstream, Special: SecondarySpecial},
	Y9:         {NoSetting: SecondaryMainstream, Mainstream: SecondaryMainstream, Special: SecondarySpecial},
	Y10:        {NoSetting: SecondaryMainstream, Mainstream: SecondaryMainstream, Special: SecondarySpecial},
	Y11:        {NoSetting: SecondaryMainstream, Mainstream: SecondaryMainstream, Special: SecondarySpecial},
	Y12:        {NoSetting: KeyStage5, Mainstream: KeyStage5, Special: SecondarySpecial},
	Y13:        {NoSetting: KeyStage5, Mainstream: KeyStage5, Special: SecondarySpecial},
}}

// Lancashire returns the council's form types. It returns the same table every
// time.
func Lancashire() *Table { return &lancashire }

// Rows returns a copy of the table's entries.
func (t *Table) Rows() Rows { return t.rows }

// Type returns the form type of year group y in setting s (FORM-1 to FORM-6,
// and FORM-8 for a child who attends no school). It returns a *rule.Invalid if
// y or s is not set, and a *rule.Refusal of YEAR-4 if the table has no form for
// them.
func (t *Table) Type(y YearGroup, s Setting) (Type, error) {
	var k Type
	if y <= Y13 && s <= Special {
		k = t.rows[y][s]
	}
	if k == 0 {
		return 0, noType(y, s)
	}
	return k, nil
}

// noType returns the error that says why the table has no form type.
func noType(y YearGroup, s Setting) error {
	switch {
	case y == 0:
		return &rule.Invalid{Member: "yearGroup", Want: "a year group"}
	case s == 0 || s > Special:
		return &rule.Invalid{Member: "setting", Want: "a setting: none, mainstream or special"}
	}
	return rule.Refuse("forms.type", rule.Reason{Rule: rule.YEAR4, Code: rule.NoFormType})
}
