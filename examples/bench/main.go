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

// pair is a piece of work that the library and another library both do. Each call does
// the work once; n counts the calls.
type pair struct {
	work, peer   string
	ours, theirs func(n int) error
}

func main() {
	population := flag.Int("plans", 100_000, "how many plans the stores hold; at least 10000")
	flag.Parse()
	if err := run(*population); err != nil {
		log.Fatal(err)
	}
}

func run(population int) error {
	if population < 10_000 {
		return errors.New("-plans: must be at least 10000")
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
	fmt.Fprintln(out, "work\tours\tcompared with\ttheirs\ttheirs/ours")
	for _, p := range append(all, stores...) {
		ours, theirs, err := p.measure()
		if err != nil {
			return fmt.Errorf("%s: %w", p.work, err)
		}
		fmt.Fprintf(out, "%s\t%.0f ns\t%s\t%.0f ns\t%.1f\n", p.work, ours, p.peer, theirs, theirs/ours)
	}
	return out.Flush()
}

// measure runs the two libraries alternately, for two seconds of processor time in all,
// so that other load on the machine affects both. It returns the processor time of one
// call of each library, in nanoseconds.
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

// used returns the processor time that this process has used.
func used() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
