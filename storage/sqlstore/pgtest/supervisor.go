package pgtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// script is what holds a server: a shell that starts it and reads our pipe.
// Each line on the pipe is a signal for the server; the end of the pipe ends
// it, and then its folder goes. KEEP ends the script alone, for a server that
// has ended. Its output is open for as long as the server runs.
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

// supervisor is the process of the script. The system closes its pipe with the
// test, however that ends.
type supervisor struct {
	shell  *exec.Cmd
	pipe   *os.File
	output *os.File
}

// supervise starts the script, which writes to the log in the folder.
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

// ended waits for the end of the server, for no longer than given, and reports
// whether it has come.
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
