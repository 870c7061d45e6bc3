// Package dirblobs keeps attached files in a folder. [New] returns a Store, which is
// a storage.Blobs:
//
//	files, err := dirblobs.New("/var/lib/pep/files")
//	n, err := files.Put(ctx, id, r, limit)
//
// Its errors are those of package storage, and a *rule.Invalid.
//
// The name of a file is its id, and the file lies in one of 256 sub-folders, each
// named after the first two digits of the ids in it; no name comes from a user.
// Only the owner of the folders and files may use them. The files are not
// encrypted: put the folder on an encrypted disk.
//
// Put writes a file in the sub-folder "unfinished", makes the system write it to the
// disk, and then links it into its place. The link fails if the place is taken, even
// by another program. A file is therefore there as a whole or not at all, and if two
// files are put at once under one id, only one is kept. The file system must support
// hard links, as those of Linux, macOS and Windows do.
//
// A program that is killed can leave a file in "unfinished". Sweep removes the files
// there that nobody has written to since a given instant; a service's RunDay calls
// it. Sweep goes by age and not by locks, because locks differ between systems and
// some network file systems do not support them. A Put that is so slow that Sweep
// removes its file fails, and can be tried again.
package dirblobs
