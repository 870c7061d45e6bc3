package forms

import "virtualschool.example/pep/rule"

// KeyStage is a stage of the curriculum. The zero KeyStage is not a key stage.
type KeyStage uint8

// The key stages; EYFS is the Early Years Foundation Stage.
const (
	EYFS KeyStage = 1 + iota
	KS1
	KS2
	KS3
	KS4
	KS5
)

var stageNames = [...]struct{ name, words string }{
	EYFS: {"EYFS", "Early Years Foundation Stage"},
	KS1:  {"KS1", "Key Stage 1"},
	KS2:  {"KS2", "Key Stage 2"},
	KS3:  {"KS3", "Key Stage 3"},
	KS4:  {"KS4", "Key Stage 4"},
	KS5:  {"KS5", "Key Stage 5"},
}

// stages is YEAR-5: "EYFS <= R; KS1 Y1-2; KS2 Y3-6; KS3 Y7-9; KS4 Y10-11; KS5
// Y12-13".
var stages = [...]KeyStage{
	PreNursery: EYFS, N1: EYFS, N2: EYFS, R: EYFS,
	Y1: KS1, Y2: KS1,
	Y3: KS2, Y4: KS2, Y5: KS2, Y6: KS2,
	Y7: KS3, Y8: KS3, Y9: KS3,
	Y10: KS4, Y11: KS4,
	Y12: KS5, Y13: KS5,
}

// KeyStage returns the key stage of y (YEAR-5), or zero if y is not a year
// group.
func (y YearGroup) KeyStage() KeyStage {
	if y > Y13 {
		return 0
	}
	return stages[y]
}

// ParseKeyStage returns the key stage whose text form is s, such as "KS2". For
// any other text it returns a *rule.Invalid of member "keyStage".
func ParseKeyStage(s string) (KeyStage, error) {
	return rule.Find[KeyStage](len(stageNames), s, "keyStage", "a key stage: EYFS or KS1 to KS5")
}

// String returns the text form of k, or "" if k is zero.
func (k KeyStage) String() string { return rule.Row(stageNames[:], k).name }

// Words returns k in full, such as "Key Stage 2".
func (k KeyStage) Words() string { return rule.Row(stageNames[:], k).words }

// MarshalText returns the text form of k.
func (k KeyStage) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads a key stage as ParseKeyStage does. Empty text is the zero
// KeyStage.
func (k *KeyStage) UnmarshalText(text []byte) error { return rule.Unmarshal(text, k, ParseKeyStage) }
