package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"syscall"
	"text/tabwriter"
	"time"
)

// pair is the same work done by the library and by another one. Each call does
// it once, for the nth time.
type pair struct {
	work, peer   string
	ours, theirs func(n int) error
}

func main() {
	population := flag.Int("plans", 100_000, "how many plans the stores hold, 10000 at least")
	flag.Parse()
	if err := run(*population); err != nil {
		log.Fatal(err)
	}
}

func run(population int) error {
	if population < 10_000 {
		return errors.New("plans: 10000 at least")
	}
	all, err := rules()
	if err != nil {
		return err
	}
	stores, err := stores(population)
	if err != nil {
		return err
	}
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "work\tours\tbeside\ttheirs\ttheirs/ours")
	for _, p := range append(all, stores...) {
		ours, theirs, err := p.measure()
		if err != nil {
			return fmt.Errorf("%s: %w", p.work, err)
		}
		fmt.Fprintf(out, "%s\t%.0f ns\t%s\t%.0f ns\t%.1f\n", p.work, ours, p.peer, theirs, theirs/ours)
	}
	return out.Flush()
}

// measure has both do their work in turns, for a while of processor time, so
// that what else the machine does falls on both. It returns the nanoseconds of
// processor time that each takes.
func (p pair) measure() (ours, theirs float64, err error) {
	const turn, enough = 500, 2 * time.Second
	var took [2]time.Duration
	n := 0
	for ; took[0]+took[1] < enough; n += turn {
		for i, do := range [...]func(int) error{p.ours, p.theirs} {
			from := used()
			for i := range turn {
				if err := do(n + i); err != nil {
					return 0, 0, err
				}
			}
			took[i] += used() - from
		}
	}
	return float64(took[0]) / float64(n), float64(took[1]) / float64(n), nil
}

// used is the processor time of this process.
func used() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
