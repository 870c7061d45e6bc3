package corpora

import (
	"embed"
	"errors"
	"io/fs"
	"path"

	"virtualschool.example/pep/ask"
)

//go:embed cases/*.json cases/*.csv
var files embed.FS

// Files returns the files of cases. Their paths begin with "cases/".
func Files() fs.FS { return files }

// All returns a corpus for each file, in the order of the file names. Each corpus has
// the name of its file and is for Lancashire's policy. All returns an error if a file is
// faulty; a test checks that no file is faulty.
func All() ([]ask.Corpus, error) {
	names, err := fs.Glob(files, "cases/*")
	var all []ask.Corpus
	for _, name := range names {
		c, fault := read(name)
		all, err = append(all, c), errors.Join(err, fault)
	}
	return all, err
}

func read(name string) (ask.Corpus, error) {
	f, err := files.Open(name)
	if err != nil {
		return ask.Corpus{}, err
	}
	defer f.Close()
	return ask.Read(path.Base(name), "lancashire", f)
}
