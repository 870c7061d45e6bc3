package main

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"
)

// plain writes text so that nothing in it can steer a terminal: a control character
// but for line ends and tabs is written as its escape in JSON, such as \u001b,
// which means the same where the text is JSON.
type plain struct {
	to   io.Writer
	half []byte // what the last write ended with of a character
}

// Write writes all of a text but half a character at its end, which waits for the
// other half.
func (p *plain) Write(text []byte) (int, error) {
	all := text
	if len(p.half) > 0 {
		all = append(p.half, text...)
	}
	whole := len(all)
	for n := whole - 1; n >= max(0, whole-utf8.UTFMax); n-- {
		if utf8.RuneStart(all[n]) {
			if !utf8.FullRune(all[n:]) {
				whole = n
			}
			break
		}
	}
	out := escaped(all[:whole])
	p.half = bytes.Clone(all[whole:])
	if _, err := p.to.Write(out); err != nil {
		return 0, err
	}
	return len(text), nil
}

// escaped returns a text without control characters and without bytes that are no
// characters, itself where there are none.
func escaped(text []byte) []byte {
	if utf8.Valid(text) && bytes.IndexFunc(text, controls) < 0 {
		return text
	}
	out := make([]byte, 0, 2*len(text))
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if controls(r) || r == utf8.RuneError {
			out = fmt.Appendf(out, "\\u%04x", r)
		} else {
			out = append(out, text[:size]...)
		}
		text = text[size:]
	}
	return out
}

func controls(r rune) bool { return r != '\n' && r != '\t' && (r < ' ' || r >= 0x7f && r < 0xa0) }
