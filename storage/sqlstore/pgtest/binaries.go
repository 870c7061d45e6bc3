package pgtest

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// installed lists the folders in which packages and builds of PostgreSQL put their
// binaries.
var installed = []string{
	"/usr/lib/postgresql/*/bin",
	"/usr/pgsql-*/bin",
	"/usr/local/pgsql/bin",
	"/usr/local/bin",
	"/usr/local/lib/postgresql*/bin",
	"/usr/local/opt/postgresql*/bin",
	"/opt/homebrew/opt/postgresql*/bin",
}

// folders returns the folders in which to look for the binaries, in order.
func folders() (all []string) {
	if path, err := exec.LookPath("postgres"); err == nil {
		all = append(all, beside(path))
	}
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		all = append(all, strings.TrimSpace(string(out)))
	}
	for _, pattern := range installed {
		found, _ := filepath.Glob(pattern)
		slices.SortFunc(found, func(a, b string) int { return cmp.Compare(version(b), version(a)) })
		all = append(all, found...)
	}
	return all
}

// beside returns the folder of a binary, following symbolic links.
func beside(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	return filepath.Dir(path)
}

// version returns the number in a folder's name, or 0 if there is none.
func version(folder string) int {
	notDigit := func(r rune) bool { return r < '0' || r > '9' }
	n, _ := strconv.Atoi(strings.TrimFunc(folder, notDigit))
	return n
}

// find returns the first folder that has all the binaries, or errAbsent.
func find(folders []string) (string, error) {
	for _, folder := range folders {
		if filepath.IsAbs(folder) && has(folder, "initdb") && has(folder, "postgres") {
			return folder, nil
		}
	}
	return "", errAbsent
}

func has(folder, binary string) bool {
	file, err := os.Stat(filepath.Join(folder, binary))
	return err == nil && file.Mode().IsRegular() && file.Mode()&0o111 != 0
}

// run runs one of the binaries as the account, in the cluster's folder, and waits
// until it ends.
func (c *Cluster) run(binary string, arguments ...string) error {
	cmd := exec.Command(filepath.Join(c.bin, binary), arguments...)
	cmd.Dir, cmd.Env, cmd.SysProcAttr = c.folder, environment(), c.account.process()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", binary, err, tail(out))
	}
	return nil
}

// environment returns the environment of every process that this package starts.
// It has none of the variables that PostgreSQL reads, and asks for messages in
// English and times in UTC.
func environment() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
}

// tail returns the last lines of a log.
func tail(log []byte) string {
	lines := strings.Split(strings.TrimSpace(string(log)), "\n")
	return strings.Join(lines[max(0, len(lines)-20):], "\n")
}
