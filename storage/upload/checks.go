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

// Checks says which files people may attach. The zero Checks has the defaults; it
// refuses every file, because it has no scanner.
type Checks struct {
	Size  int64 // the most bytes that a file may have, up to record.MaxFileSize; zero means 100 MiB
	Count int   // the most files that a plan may have; zero means 50

	// Scan reads a whole file and returns nil if the file is harmless. It returns a
	// *rule.Invalid for "file" if the file is harmful, and any other error if it could
	// not tell. A file is not kept if Scan returns an error, panics, or stops reading
	// before the end. The reader that Open returned then fails with an error that wraps
	// both ErrNotPassed and Scan's error; Scan's error must not show the content. A
	// host without a scanner uses Unscanned.
	Scan     func(context.Context, io.Reader) error
	Patience time.Duration // the time that Scan may take to read the next bytes, or to answer at the end; zero means a minute
}

// ErrNotPassed says that the scanner did not pass a file. The reader joins it with
// the scanner's error.
var ErrNotPassed = errors.New("upload: the scanner did not pass the file, and it was not stored")

// Unscanned is a Scan that passes every file.
func Unscanned(_ context.Context, r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	return err
}

// Largest returns the most bytes that a file may have.
func (c Checks) Largest() int64 {
	if c.Size <= 0 {
		return 100 << 20
	}
	return min(c.Size, record.MaxFileSize)
}

// Room returns a *rule.Invalid for "files" if a plan with that many files may not have
// another one.
func (c Checks) Room(kept int) error {
	most := cmp.Or(c.Count, 50)
	return rule.Need(kept < most, "files", "at most "+strconv.Itoa(most)+" on one plan")
}

// reserved holds the characters that a name must not contain, because they lead out
// of a folder or have a meaning to an operating system or in a header.
const reserved = `/\:*?"<>|`

// Name checks the name of a file. It returns a *rule.Invalid for "name" for each
// fault: a path, an invisible character (such as one that reverses the direction of
// the text), nothing before the extension, or an extension that is not one of
// Extensions.
func (c Checks) Name(name string) error {
	k := kindOf(name)
	return errors.Join(
		rule.NeedText("name", name, record.MaxFileName),
		rule.Need(!strings.ContainsAny(name, reserved) && !strings.HasPrefix(name, "."), "name", `a file name without a folder and without any of `+reserved),
		rule.Need(strings.IndexFunc(name, hidden) < 0, "name", "a name without hidden characters"),
		rule.Need(strings.TrimSpace(strings.TrimSuffix(name, path.Ext(name))) != "", "name", "a name with text before its extension"),
		rule.Need(k != nil, "name", "a file name that ends in one of these: "+strings.Join(Extensions(), " ")),
	)
}

// hidden reports whether a character is invisible.
func hidden(r rune) bool {
	return !unicode.IsGraphic(r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// Open returns a reader that passes on the bytes of r and checks them as the content of
// a file with the given name. The reader returns io.EOF, after the last bytes and not
// with them, once the whole file has passed. It returns a *rule.Invalid for
// "file" if the content does not match the name, a *rule.Invalid for "size" if the file
// is too large, ErrNotPassed if the scanner did not pass it, and an error from r
// unchanged. Open itself returns a *rule.Invalid if the name is invalid or there is no
// scanner. The caller must close the reader; this ends the scan but leaves r open.
func (c Checks) Open(ctx context.Context, name string, r io.Reader) (io.ReadCloser, error) {
	if err := errors.Join(c.Name(name), rule.Need(c.Scan != nil, "scan", "a scanner of files, or Unscanned")); err != nil {
		return nil, err
	}
	return &checked{from: r, left: c.Largest(), is: content{kind: kindOf(name)}, scan: c.start(ctx)}, nil
}

// checked is a reader that checks what it reads.
type checked struct {
	from io.Reader
	left int64 // how many more bytes the file may have
	is   content
	scan *scan
	end  error // the first error from the underlying reader, such as io.EOF; Read returns all bytes before it acts on the error
	err  error // the result of the checks; io.EOF if the file has passed
}

// Read returns the next bytes if they pass the checks.
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

// add checks the next bytes.
func (c *checked) add(p []byte) error {
	if c.left -= int64(len(p)); c.left < 0 {
		return &rule.Invalid{Member: "size", Want: "within the limit for a file"}
	}
	if err := c.is.add(p); err != nil {
		return err
	}
	return c.scan.add(p)
}

// finish returns io.EOF if the file has passed.
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
