package record

import (
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
)

// The limits of what people write and attach. The limit of an answer is
// forms.MaxAnswer.
const (
	MaxText     = 20_000  // characters in a reason, a comment, feedback, a note, a description or a reply
	MaxLine     = 255     // characters in a name, an address or a number of a request
	MaxFileName = 255     // characters in the name of a file
	MaxFileSize = 1 << 30 // bytes in an attached file: 1 GiB
)

// CheckText returns a *rule.Invalid of the given member if a text is not UTF-8
// or has more characters than allowed. The argument most is the greatest number
// allowed.
func CheckText(member string, t private.Text, most int) error {
	return rule.NeedText(member, t.Reveal(private.Deciding), most)
}
