package notify

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

// Sender sends e-mails. It may be given an e-mail that it has sent already; a repeat has
// the same Message-ID.
type Sender interface {
	// Send sends one e-mail. It returns nil once the next system has accepted the
	// e-mail, and an error that wraps ErrRefused if no other attempt can succeed. No
	// error may hold an address.
	Send(ctx context.Context, e Email) error
}

// ErrRefused says that an e-mail, or its address, was refused for good.
var ErrRefused = errors.New("notify: the e-mail was refused for good")

// Folder is a Sender for examples, tests and trials. It writes each e-mail to a file in the
// folder of that name. The file is named after the e-mail's ID, such as "6b0b….eml", so a
// repeat replaces it. Send creates a missing folder. Only the owner can read the folder
// and its files.
type Folder string

// Send writes the file. It returns errors of the file system unchanged.
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
