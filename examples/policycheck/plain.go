package main

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"
)

// plain writes text so that nothing in it can control a terminal. It writes each control
// character, except line ends and tabs, as its JSON escape, such as \u001b. In JSON, the
// escape means the same.
type plain struct {
	to   io.Writer
	half []byte // an incomplete character at the end of the last write
}

// Write writes a text. It keeps back an incomplete character at the end until the rest
// arrives.
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

// escaped returns a text with control characters and invalid UTF-8 escaped. If there is
// nothing to escape, it returns the text itself.
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
