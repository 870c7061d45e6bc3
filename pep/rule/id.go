package rule

// ID names one rule of the process. The text form of FINAL1, which people and
// documents use, is "FINAL-1". The zero ID names no rule.
//
// An ID is also an error, so that errors.Is(err, rule.FINAL1) reports whether err is
// a Refusal that has FINAL-1 among its reasons.
type ID uint8

// The rules, in the order of the Catalogue, which says what each of them is.
const (
	TERM1 ID = 1 + iota
	TERM2
	TERM3
	TERM4
	TERM5
	TERM6
	TERM7
	TERM8
	AGE1
	AGE2
	AGE3
	ELIG1
	ELIG2
	ELIG3
	ELIG4
	ELIG5
	ELIG6
	ELIG7
	ELIG8
	ELIG9
	ELIG10
	ELIG11
	YEAR1
	YEAR2
	YEAR3
	YEAR4
	YEAR5
	FORM1
	FORM2
	FORM3
	FORM4
	FORM5
	FORM6
	FORM7
	FORM8
	FORM9
	SECT1
	SECT2
	SECT3
	SECT4
	PRE1
	PRE2
	PRE3
	PRE4
	DELEG1
	DELEG2
	DELEG3
	DELEG4
	DELEG5
	DELEG6
	DELEG7
	DELEG8
	DELEG9
	ASSIGN1
	ASSIGN2
	ASSIGN3
	ASSIGN4
	DUE1
	DUE2
	DUE3
	DUE4
	DUE4b
	DUE5
	DUE6
	DUE7
	DUE8
	REM1
	REM2
	OOT1
	OOT2
	OOT3
	OOT4
	GRADE1
	GRADE2
	GRADE3
	GRADE4
	GRADE5
	GRADE6
	GRADE7
	GRADE8
	GRADE9
	FINAL1
	FINAL2
	FINAL3
	FINAL4
	START1
	START2
	START3
	AMEND1
	REPIN1
	CHG1
	CHG2
	CHG3
	CHG4
	CHG5
	CHG6
	MISS1
	MISS2
	PAY1
	PAY2
	PAY3
	PAY4
	PAY5
	PAY6
	PAY7
	PAY8
	PAY9
	PAY10
	PAY11
	PAY12
	NOTE1
	DOC1
	ID1
	RET1
	ids // one past the last
)

var idNames = [...]string{
	"",
	"TERM-1", "TERM-2", "TERM-3", "TERM-4", "TERM-5", "TERM-6", "TERM-7", "TERM-8",
	"AGE-1", "AGE-2", "AGE-3",
	"ELIG-1", "ELIG-2", "ELIG-3", "ELIG-4", "ELIG-5", "ELIG-6", "ELIG-7", "ELIG-8", "ELIG-9", "ELIG-10", "ELIG-11",
	"YEAR-1", "YEAR-2", "YEAR-3", "YEAR-4", "YEAR-5",
	"FORM-1", "FORM-2", "FORM-3", "FORM-4", "FORM-5", "FORM-6", "FORM-7", "FORM-8", "FORM-9",
	"SECT-1", "SECT-2", "SECT-3", "SECT-4",
	"PRE-1", "PRE-2", "PRE-3", "PRE-4",
	"DELEG-1", "DELEG-2", "DELEG-3", "DELEG-4", "DELEG-5", "DELEG-6", "DELEG-7", "DELEG-8", "DELEG-9",
	"ASSIGN-1", "ASSIGN-2", "ASSIGN-3", "ASSIGN-4",
	"DUE-1", "DUE-2", "DUE-3", "DUE-4", "DUE-4b", "DUE-5", "DUE-6", "DUE-7", "DUE-8",
	"REM-1", "REM-2",
	"OOT-1", "OOT-2", "OOT-3", "OOT-4",
	"GRADE-1", "GRADE-2", "GRADE-3", "GRADE-4", "GRADE-5", "GRADE-6", "GRADE-7", "GRADE-8", "GRADE-9",
	"FINAL-1", "FINAL-2", "FINAL-3", "FINAL-4",
	"START-1", "START-2", "START-3",
	"AMEND-1", "REPIN-1",
	"CHG-1", "CHG-2", "CHG-3", "CHG-4", "CHG-5", "CHG-6",
	"MISS-1", "MISS-2",
	"PAY-1", "PAY-2", "PAY-3", "PAY-4", "PAY-5", "PAY-6", "PAY-7", "PAY-8", "PAY-9", "PAY-10", "PAY-11", "PAY-12",
	"NOTE-1", "DOC-1", "ID-1", "RET-1",
}

// Parse returns the rule whose text form is s, such as "DUE-4b".
func Parse(s string) (ID, error) {
	return Find[ID](len(idNames), s, "rule", "the id of a rule, such as FINAL-1")
}

// String returns the text form of id, or "" for the zero ID.
func (id ID) String() string { return *Row(idNames[:], id) }

// Error returns the text form of id, so that an ID can be the target of errors.Is.
func (id ID) Error() string { return id.String() }

// MarshalText returns the text form of id.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads the text form of a rule as Parse does, and empty text as
// the zero ID.
func (id *ID) UnmarshalText(text []byte) error { return Unmarshal(text, id, Parse) }

// IDs holds the rules behind an answer, beginning with the rule that decided it. Unused
// places are zero. IDs is comparable, and the zero IDs names no rule.
type IDs [6]ID

// List returns the rules in ids, without the unused places.
func (ids IDs) List() []ID {
	for n, id := range ids {
		if id == 0 {
			return ids[:n:n]
		}
	}
	return ids[:]
}
