// Load makes the load of bench/growth, bench/overload and bench/soak, and is the mirror behind them.
//
//	load closed   a number of connections, each asks again as soon as it is answered
//	load open     requests at a rate, whether the earlier ones are answered or not
//	load probe    one request every so often, a line for each
//	load hold     idle kept-alive connections
//	load slowread clients that take an answer a few bytes at a time
//	load slowhead clients that send the head of a request a byte at a time
//	load mix      mixed work of builds: hits, misses, zips, aborts, what is not there
//	load upstream a mirror of made-up modules
//
// What was measured goes to standard output as one JSON object; load COMMAND -h names the flags.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"
)

var commands = map[string]func([]string) error{
	"closed":   closedLoop,
	"open":     openLoop,
	"probe":    probe,
	"hold":     hold,
	"slowread": slowRead,
	"slowhead": slowHead,
	"mix":      mix,
	"upstream": upstream,
}

func main() {
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "load: one of closed, open, probe, hold, slowread, slowhead, mix, upstream is needed")
		os.Exit(2)
	}
	if err := commands[os.Args[1]](os.Args[2:]); err != nil {
		fmt.Fprintf(os.Stderr, "load %s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
}

// tally is what one worker has seen; workers don't share one.
type tally struct {
	took    map[int][]int32 // by status, in µs, from the moment of sending
	waited  map[int][]int32 // the same from when it should have been sent
	retry   int             // answers of 503 with Retry-After
	errors  map[string]int
	givenUp int         // not sent: every connection waited for its answer
	missed  int         // not sent: this process was late
	good    map[int]int // answers of 200, by the second in which they came
}

func newTally() *tally {
	return &tally{took: map[int][]int32{}, waited: map[int][]int32{}, errors: map[string]int{}, good: map[int]int{}}
}

func (t *tally) add(a answer, took, waited time.Duration) {
	t.took[a.status] = append(t.took[a.status], int32(took.Microseconds()))
	t.waited[a.status] = append(t.waited[a.status], int32(waited.Microseconds()))
	if a.status == 503 && a.retryAfter {
		t.retry++
	}
}

func (t *tally) failed(err error) { t.errors[kind(err)]++ }

// kind is the end of an error's text, which says what happened without saying to whom.
func kind(err error) string {
	text := err.Error()
	return text[strings.LastIndex(text, ": ")+1:]
}

type spread struct {
	Count int     `json:"count"`
	P50   float64 `json:"p50"`
	P90   float64 `json:"p90"`
	P99   float64 `json:"p99"`
	Max   float64 `json:"max"`
}

// spreadOf is of times in µs, and in ms.
func spreadOf(times []int32) spread {
	if len(times) == 0 {
		return spread{}
	}
	slices.Sort(times)
	at := func(part float64) float64 { return float64(times[int(part*float64(len(times)-1))]) / 1000 }
	return spread{len(times), at(0.5), at(0.9), at(0.99), at(1)}
}

type report struct {
	Seconds float64        `json:"seconds"`
	CPU     float64        `json:"cpu"`     // seconds that this process used
	Offered int            `json:"offered"` // requests that should have been sent; of a closed loop, that were
	GivenUp int            `json:"givenUp"` // not sent, because every connection was busy
	Missed  int            `json:"missed"`  // not sent, because this process was late
	Late    spread         `json:"late"`    // by how much it was
	Took    map[int]spread `json:"took"`
	Waited  map[int]spread `json:"waited"`
	Retry   int            `json:"retryAfter"`
	Errors  map[string]int `json:"errors"`
	Good    []int          `json:"goodBySecond"`
}

func print(seconds float64, offered int, tallies []*tally, late spread) error {
	all := newTally()
	for _, t := range tallies {
		for status, times := range t.took {
			all.took[status] = append(all.took[status], times...)
			all.waited[status] = append(all.waited[status], t.waited[status]...)
		}
		for text, count := range t.errors {
			all.errors[text] += count
		}
		for second, count := range t.good {
			all.good[second] += count
		}
		all.retry += t.retry
		all.givenUp += t.givenUp
		all.missed += t.missed
	}
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	r := report{Seconds: seconds, CPU: float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9, Offered: offered, GivenUp: all.givenUp, Missed: all.missed, Late: late, Took: map[int]spread{}, Waited: map[int]spread{},
		Retry: all.retry, Errors: all.errors, Good: make([]int, int(seconds)+1)}
	sent := 0
	for status, times := range all.took {
		r.Took[status] = spreadOf(times)
		r.Waited[status] = spreadOf(all.waited[status])
		sent += len(times)
	}
	for second, count := range all.good {
		if second < len(r.Good) {
			r.Good[second] = count
		}
	}
	if offered == 0 {
		r.Offered = sent
	}
	return json.NewEncoder(os.Stdout).Encode(r)
}
