package pgtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// script runs in a shell that starts the server and reads our pipe. Each line on
// the pipe is a signal for the server. When the pipe is closed, the script ends the
// server and removes its folder. The word KEEP, for a server that has already
// ended, ends the script and keeps the folder. The script's output stays open as
// long as the server runs.
const script = `
folder=$1
shift
exec 3<&0
"$@" </dev/null >&2 3<&- &
server=$!
{
	while read -r word; do
		[ "$word" != KEEP ] || exit 1
		kill -s "$word" "$server"
	done
	[ -e "$folder/ended" ] || kill -s QUIT "$server"
} <&3 >&2 &
reader=$!
wait "$server"
: >"$folder/ended"
exec >&-
wait "$reader" && rm -rf -- "$folder"
`

// supervisor is the process that runs the script. The operating system closes its
// pipe when the test binary ends, for whatever reason.
type supervisor struct {
	shell  *exec.Cmd
	pipe   *os.File
	output *os.File
}

// supervise starts the script, which writes to the log in the cluster's folder.
func supervise(folder string, a *account, arguments []string) (*supervisor, error) {
	_ = os.Remove(filepath.Join(folder, "ended"))
	log, err := os.OpenFile(filepath.Join(folder, "log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	in, pipe, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	output, out, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer out.Close()
	shell := exec.Command("/bin/sh", append([]string{"-c", script, "pgtest"}, arguments...)...)
	shell.Dir, shell.Env, shell.SysProcAttr = "/", environment(), a.process()
	shell.Stdin, shell.Stdout, shell.Stderr = in, out, log
	return &supervisor{shell, pipe, output}, shell.Start()
}

// ended waits until the server ends, for at most the given time, and reports whether
// the server has ended.
func (s *supervisor) ended(within time.Duration) bool {
	_ = s.output.SetReadDeadline(time.Now().Add(within))
	_, err := s.output.Read(make([]byte, 1))
	return !os.IsTimeout(err)
}

// tell writes one line to the script.
func (s *supervisor) tell(word string) error {
	_, err := s.pipe.WriteString(word + "\n")
	return err
}

// end closes the pipe and waits for the script.
func (s *supervisor) end() {
	_ = s.pipe.Close()
	_ = s.shell.Wait()
	_ = s.output.Close()
}
