// Package upload checks the files that people attach, while they are read.
//
// Checks says how large a file may be, how many files a plan may have, and which
// scanner looks at them. Name checks a file's name before anything is read. Open
// returns a reader that checks the bytes that pass through it. It checks that the
// content is of the type that the extension says, that the file is not too large and,
// through the host's scanner, that the file is not harmful:
//
//	r, err := upload.Checks{Scan: scan}.Open(ctx, "report.pdf", body)
//	n, err := files.Put(ctx, id, r, checks.Largest())
//
// The reader reports the end of the file only if the whole file has passed. A
// storage.Blobs that reads from it therefore keeps nothing of a file that fails, and
// no more than a few kilobytes of any file are in memory. The error
// for a file that fails is a *rule.Invalid, or ErrNotPassed if the scanner did not
// pass it.
//
// Only the types of Extensions are accepted. The content must be what the extension
// says: a file must begin like a file of its type, an office document must have the
// parts that it needs and no macro, and a text must be UTF-8 and not markup. Only
// the scanner can tell whether a file is harmless. A page that offers files should
// send them as attachments, with "X-Content-Type-Options: nosniff".
package upload
