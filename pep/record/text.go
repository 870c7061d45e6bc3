package record

import (
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
)

// Bounds of what people write and attach. An answer has a bound of its own,
// forms.MaxAnswer.
const (
	MaxText     = 20_000  // how many characters a reason, a comment, feedback, a note, a description or a reply may have
	MaxLine     = 255     // how many characters a name, an address or a number of a request may have
	MaxFileName = 255     // how many characters the name of a file may have
	MaxFileSize = 1 << 30 // how many bytes an attached file may have: 1 GiB
)

// CheckText returns a *rule.Invalid that names the member where a text is not
// UTF-8 or has more characters than most.
func CheckText(member string, t private.Text, most int) error {
	return rule.NeedText(member, t.Reveal(private.Deciding), most)
}
