package notify

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

// Sender sends e-mails. It may be given an e-mail that it has sent already, with
// the same Message-ID.
type Sender interface {
	// Send sends one e-mail; nil says that somebody else has taken it over. An
	// error wraps ErrRefused where another attempt with the same e-mail is of no
	// use. No error holds an address.
	Send(ctx context.Context, e Email) error
}

// ErrRefused says that an e-mail, or the address to which it goes, was refused for
// good.
var ErrRefused = errors.New("notify: the e-mail was refused for good")

// Folder is a Sender that writes each e-mail to a file of its own in the folder of
// that name, for examples, tests and trials. The file is named by the ID of the
// e-mail, such as "6b0b….eml", so that a repeat replaces the same file. The folder
// is made where it is missing. Only the owner can read it and the files in it.
type Folder string

// Send writes the file. An error of the file system comes out as it is.
func (f Folder) Send(_ context.Context, e Email) error {
	if err := os.MkdirAll(string(f), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(filepath.Join(string(f), e.ID().String()+".eml"), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = e.WriteTo(file)
	return errors.Join(err, file.Close())
}
