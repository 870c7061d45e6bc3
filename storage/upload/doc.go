// Package upload checks the files that people attach, while they are read.
//
// Checks says how large a file may be, how many a plan may have, and who scans them.
// Name checks the name, before anything is read. Open returns a reader that checks
// what passes through it: the type by the extension and by the content, the size,
// and, by the host's scanner, whether it is harmful. The reader says that the file
// ends only when all of it has passed. A storage.Blobs that reads from it therefore
// keeps nothing of a file that does not, and no more than a few kilobytes of any
// file are in memory.
//
// What is taken is a list of types (Extensions); everything else is refused. The
// content must be what the extension says: it begins as such a file does, an office
// document has the parts that it needs and no macro, and a text is UTF-8 and no
// markup. That a file is harmless only the scanner can tell. A page that offers
// files should send them as attachments, with "X-Content-Type-Options: nosniff".
package upload
