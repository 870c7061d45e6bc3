// Package dirblobs keeps attached files in a folder. A Store is a storage.Blobs.
//
// A file is named after its id and lies in one of 256 sub-folders, by the first two
// digits of the id; no name comes from outside. Folders and files are open to their
// owner alone. They are not encrypted: put the folder on an encrypted disk.
//
// Put writes a file in the sub-folder "unfinished", has the system write it to the
// disk, and then links it into its place, which fails where the place is taken, in
// this program or another one. So a file is there whole or not at all, and of two at
// once one is kept. The file system must have hard links, as those of Linux, macOS
// and Windows do.
//
// A program that is killed can leave a file in "unfinished". Sweep removes those
// that nobody has written to since an instant; a service's RunDay calls it. It goes
// by age rather than by locks, because locks are not the same on every system and
// are not kept by every network. A Put that is slower than that fails when its
// file is removed, and can be tried again.
package dirblobs
