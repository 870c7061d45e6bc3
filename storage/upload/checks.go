package upload

import (
	"cmp"
	"context"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode"

	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// Checks says which files people may attach. The zero Checks has the defaults, and
// refuses every file for want of a scanner.
type Checks struct {
	Size  int64 // how many bytes a file may have; zero and anything above it mean record.MaxFileSize
	Count int   // how many files a plan may have; zero means 50

	// Scan reads a whole file and returns nil where it is harmless. A *rule.Invalid
	// of "file" says that it is harmful, and any other error that nobody can tell.
	// No file is kept whose Scan returns an error, panics, or stops reading before
	// the end; the error comes out as ErrNotPassed and is not to show the content.
	// Unscanned is for a host without a scanner.
	Scan     func(context.Context, io.Reader) error
	Patience time.Duration // how long Scan may take over some bytes, and over its answer; zero means a minute
}

// ErrNotPassed says that the scanner did not pass a file. It wraps the scanner's
// error.
var ErrNotPassed = errors.New("upload: the scanner rejected the file, and it was not stored")

// Unscanned is a Scan that passes every file.
func Unscanned(_ context.Context, r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	return err
}

// Largest returns how many bytes a file may have.
func (c Checks) Largest() int64 {
	if c.Size <= 0 || c.Size > record.MaxFileSize {
		return record.MaxFileSize
	}
	return c.Size
}

// Room returns a *rule.Invalid of "files" where a plan has so many files that it may
// have no more.
func (c Checks) Room(kept int) error {
	most := cmp.Or(c.Count, 50)
	return rule.Need(kept < most, "files", "at most "+strconv.Itoa(most)+" on one plan")
}

// reserved are the characters that are not taken in a name, because they lead out of
// a folder or mean something to an operating system or in a header.
const reserved = `/\:*?"<>|`

// Name returns a *rule.Invalid of "name" for each thing that is wrong with the name
// of a file: a path, a character that cannot be seen (such as one that turns the
// direction of the text), nothing before the extension, or an extension that is not
// one of Extensions.
func (c Checks) Name(name string) error {
	k := kindOf(name)
	return errors.Join(
		rule.NeedText("name", name, record.MaxFileName),
		rule.Need(!strings.ContainsAny(name, reserved) && !strings.HasPrefix(name, "."), "name", `the name of a file without its folder, and without any of `+reserved),
		rule.Need(strings.IndexFunc(name, hidden) < 0, "name", "a name whose characters can all be seen"),
		rule.Need(strings.TrimSpace(strings.TrimSuffix(name, path.Ext(name))) != "", "name", "a name with text before its extension"),
		rule.Need(k != nil, "name", "the name of a file of one of these types: "+strings.Join(Extensions(), " ")),
	)
}

// hidden reports whether nothing is seen of a character.
func hidden(r rune) bool {
	return !unicode.IsGraphic(r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// Open returns a reader of what r gives, which is checked as the content of a file
// with this name. It says io.EOF, after the last bytes and not with them, once the
// whole file has passed. A *rule.Invalid of "file" says that the content is not what
// the name says, one of "size" that it is too large, and ErrNotPassed that the
// scanner did not pass it; an error of r comes out as it is. Whoever opened it closes
// it, which ends the scan and leaves r open.
func (c Checks) Open(ctx context.Context, name string, r io.Reader) (io.ReadCloser, error) {
	if err := errors.Join(c.Name(name), rule.Need(c.Scan != nil, "scan", "a scanner of files, or Unscanned")); err != nil {
		return nil, err
	}
	return &checked{from: r, left: c.Largest(), is: content{kind: kindOf(name)}, scan: c.start(ctx)}, nil
}

// checked is a reader that checks what it reads.
type checked struct {
	from io.Reader
	left int64 // how many bytes more the file may have
	is   content
	scan *scan
	end  error // that the reader ended with, given once its bytes have been
	err  error // what became of the file; io.EOF where it has passed
}

// Read reads bytes that have passed so far.
func (c *checked) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n := 0
	if c.end == nil {
		n, c.end = c.from.Read(p)
	}
	c.err = c.add(p[:n])
	if c.err == nil && n == 0 && c.end != nil {
		c.err = c.finish()
	}
	if c.err != nil {
		return 0, c.err
	}
	return n, nil
}

// add checks further bytes.
func (c *checked) add(p []byte) error {
	if c.left -= int64(len(p)); c.left < 0 {
		return &rule.Invalid{Member: "size", Want: "no more bytes than a file may have"}
	}
	if err := c.is.add(p); err != nil {
		return err
	}
	return c.scan.add(p)
}

// finish returns io.EOF where the file has passed.
func (c *checked) finish() error {
	if c.end != io.EOF {
		return c.end
	}
	if err := c.is.finish(); err != nil {
		return err
	}
	return cmp.Or(c.scan.finish(), io.EOF)
}

// Close ends the scan.
func (c *checked) Close() error {
	c.scan.stop(context.Canceled)
	return nil
}
