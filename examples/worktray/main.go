package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"time"
	_ "time/tzdata" // for Europe/London on machines without time zone files

	"virtualschool.example/storage/dirblobs"
	"virtualschool.example/term/civil"
)

// The exit codes.
const (
	done     = 0
	failed   = 1
	unusable = 2 // the flags are wrong, and nothing was done
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// options are the flags.
type options struct {
	db, addr string
	asOf     civil.Date
}

// parse reads the flags.
func parse(args []string, stderr io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("worktray", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.db, "db", "", "the SQLite `FILE`; by default a temporary one")
	flags.StringVar(&o.addr, "addr", "127.0.0.1:8080", "the `ADDRESS` of this machine to listen on")
	flags.TextVar(&o.asOf, "as-of", civil.MustParse("2026-02-12"), "the `DATE` of the morning on which the story opens")
	if err = flags.Parse(args); err != nil {
		return o, err
	}
	switch {
	case !loopback(o.addr):
		err = errors.New("-addr: must be an address that only this machine can reach, such as 127.0.0.1:8080, because anybody can sign in as anybody")
	case o.asOf.Year() != 2026:
		err = errors.New("-as-of: must be a day in 2026, the year of the story")
	}
	if err != nil {
		fmt.Fprintln(stderr, err)
	}
	return o, err
}

// run is main with its arguments and outputs passed in. It returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return done
	}
	if err != nil {
		return unusable
	}
	if err := onFile(ctx, o, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, err)
		return failed
	}
	return done
}

// onFile serves the council in a file. Without a file it uses a temporary one, which it
// removes at the end.
func onFile(ctx context.Context, o options, stdout, stderr io.Writer) error {
	if o.db == "" {
		dir, err := os.MkdirTemp("", "worktray")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		o.db = filepath.Join(dir, "worktray.db")
	}
	db, store, err := openFile(ctx, o.db)
	if err != nil {
		return err
	}
	defer db.Close()
	files, err := dirblobs.New(o.db + ".files")
	if err != nil {
		return err
	}
	defer files.Close()
	c, err := newCouncil(ctx, store, files, o.asOf)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", o.addr)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "the morning of %s, at http://%s\n", o.asOf.Words(), listener.Addr())
	return serve(ctx, listener, newSite(c, slog.New(slog.NewTextHandler(stderr, nil))).handler())
}

// serve serves until the context ends, and then waits for requests that have begun.
func serve(ctx context.Context, on net.Listener, h http.Handler) error {
	server := &http.Server{
		Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 5 * time.Minute,
		WriteTimeout: 5 * time.Minute, IdleTimeout: time.Minute, MaxHeaderBytes: 1 << 16,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(on) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return server.Shutdown(end)
}

// loopback reports whether an address can be reached only from this machine.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
