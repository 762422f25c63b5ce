package main

import (
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// What the loops have in common.
type load struct {
	url, file   string
	connections int
	seconds     float64
	paths       []string
}

func flags(name string, arguments []string, more func(*flag.FlagSet)) (*load, error) {
	l := &load{}
	set := flag.NewFlagSet(name, flag.ExitOnError)
	set.StringVar(&l.url, "url", "", "of the server")
	set.StringVar(&l.file, "paths", "", "a file with a path a line")
	set.IntVar(&l.connections, "connections", 1, "at one time")
	set.Float64Var(&l.seconds, "seconds", 5, "to measure")
	more(set)
	set.Parse(arguments)
	if l.file == "" {
		return l, nil
	}
	var err error
	l.paths, err = lines(l.file)
	return l, err
}

func (l *load) clients() ([]*client, error) {
	clients := make([]*client, l.connections)
	for i := range clients {
		var err error
		if clients[i], err = newClient(l.url); err != nil {
			return nil, err
		}
	}
	return clients, nil
}

// connected opens all connections, some at a time: thousands at once would wait for the system to try again, a second and
// more, because the queue of those that are to be accepted is full.
func (l *load) connected() ([]*client, error) {
	clients, err := l.clients()
	if err != nil {
		return nil, err
	}
	var dialers errgroup
	for _, c := range clients {
		dialers.run(c.open)
	}
	return clients, dialers.wait()
}

// each runs a worker for each connection and waits for all.
func (l *load) each(clients []*client, work func(*client, *tally)) []*tally {
	tallies := make([]*tally, len(clients))
	var workers sync.WaitGroup
	for i, c := range clients {
		tallies[i] = newTally()
		workers.Go(func() {
			work(c, tallies[i])
			c.close()
		})
	}
	workers.Wait()
	return tallies
}

// errgroup runs some things at once and keeps the first error.
type errgroup struct {
	wg    sync.WaitGroup
	once  sync.Once
	err   error
	slots chan struct{}
}

func (g *errgroup) run(task func() error) {
	if g.slots == nil {
		g.slots = make(chan struct{}, 32)
	}
	g.slots <- struct{}{}
	g.wg.Go(func() {
		if err := task(); err != nil {
			g.once.Do(func() { g.err = err })
		}
		<-g.slots
	})
}

func (g *errgroup) wait() error {
	g.wg.Wait()
	return g.err
}

// closedLoop asks as fast as it is answered: a random path for so many seconds, or each path once.
func closedLoop(arguments []string) error {
	once := false
	l, err := flags("closed", arguments, func(set *flag.FlagSet) {
		set.BoolVar(&once, "once", false, "each path once, however long it takes")
	})
	if err != nil {
		return err
	}
	clients, err := l.connected()
	if err != nil {
		return err
	}
	begun := time.Now()
	end := begun.Add(time.Duration(l.seconds * float64(time.Second)))
	var next atomic.Int64
	tallies := l.each(clients, func(c *client, t *tally) {
		for {
			at := rand.IntN(len(l.paths))
			if once {
				if at = int(next.Add(1)) - 1; at >= len(l.paths) {
					return
				}
			} else if !time.Now().Before(end) {
				return
			}
			request(c, t, l.paths[at], time.Now(), begun)
		}
	})
	return print(time.Since(begun).Seconds(), 0, tallies, spread{})
}

func request(c *client, t *tally, path string, due, begun time.Time) {
	sent := time.Now()
	a, err := c.ask("GET", path)
	now := time.Now()
	if err != nil {
		t.failed(err)
		return
	}
	t.add(a, now.Sub(sent), now.Sub(due))
	if a.status == 200 {
		t.good[int(now.Sub(begun).Seconds())]++
	}
}

// openLoop has a time for each request. A free connection takes the next one; if all are busy, requests become late, and
// those that are later than their client would wait are given up. Why they were is told apart: because every connection
// waited for its answer, or because this process did not get to its connections (see clock).
func openLoop(arguments []string) error {
	rate, wait, once, fresh := 0.0, time.Second, false, false
	l, err := flags("open", arguments, func(set *flag.FlagSet) {
		set.BoolVar(&fresh, "fresh", false, "a connection for each request, made for it")
		set.Float64Var(&rate, "rate", 100, "requests a second")
		set.DurationVar(&wait, "wait", time.Second, "for a free connection, before a request is given up")
		set.BoolVar(&once, "once", false, "paths in order, none twice")
	})
	if err != nil {
		return err
	}
	offered := int64(rate * l.seconds)
	if once {
		offered = min(offered, int64(len(l.paths)))
	}
	connect := l.connected
	if fresh {
		connect = l.clients
	}
	clients, err := connect()
	if err != nil {
		return err
	}
	watch := newClock()
	// A moment for all workers to be there.
	begun := time.Now().Add(50 * time.Millisecond)
	var next atomic.Int64
	tallies := l.each(clients, func(c *client, t *tally) {
		for {
			number := next.Add(1) - 1
			if number >= offered {
				return
			}
			due := begun.Add(time.Duration(float64(number) / rate * float64(time.Second)))
			if early := time.Until(due); early > 0 {
				time.Sleep(early)
			} else if -early > wait {
				if watch.isLate() {
					t.missed++
				} else {
					t.givenUp++
				}
				continue
			}
			path := l.paths[rand.IntN(len(l.paths))]
			if once {
				path = l.paths[number]
			}
			request(c, t, path, due, begun)
			if fresh {
				c.close()
			}
		}
	})
	return print(time.Since(begun).Seconds(), int(offered), tallies, watch.stop())
}

// How much later than it should a goroutine of this process may run before what is late counts as this process's fault.
const tolerated = 10 * time.Millisecond

// clock wants to run every millisecond and notes how late it does. It waits in the same queue as those that have an answer to
// read or a request to send, so that it is as late as they are.
type clock struct {
	late  atomic.Bool
	times []int32 // µs
	ended chan struct{}
	done  chan struct{}
}

func newClock() *clock {
	c := &clock{ended: make(chan struct{}), done: make(chan struct{})}
	go func() {
		defer close(c.done)
		for {
			select {
			case <-c.ended:
				return
			default:
			}
			due := time.Now().Add(time.Millisecond)
			time.Sleep(time.Millisecond)
			late := time.Since(due)
			c.late.Store(late > tolerated)
			c.times = append(c.times, int32(late.Microseconds()))
		}
	}()
	return c
}

// isLate says whether it was the last time.
func (c *clock) isLate() bool { return c.late.Load() }

func (c *clock) stop() spread {
	close(c.ended)
	<-c.done
	return spreadOf(c.times)
}

// probe asks now and then, on one connection, until its standard input ends; a JSON line for each request.
func probe(arguments []string) error {
	every := 50 * time.Millisecond
	l, err := flags("probe", arguments, func(set *flag.FlagSet) {
		set.DurationVar(&every, "every", every, "between two requests")
	})
	if err != nil {
		return err
	}
	c, err := newClient(l.url)
	if err != nil {
		return err
	}
	out := json.NewEncoder(os.Stdout)
	ended := inputEnds()
	for {
		select {
		case <-ended:
			return nil
		case <-time.After(every):
		}
		sent := time.Now()
		a, err := c.ask("GET", l.paths[rand.IntN(len(l.paths))])
		if err != nil {
			a.status = 0
		}
		out.Encode(map[string]any{
			"at": float64(sent.UnixMicro()) / 1e6, "status": a.status, "ms": float64(time.Since(sent).Microseconds()) / 1000})
	}
}

func inputEnds() <-chan struct{} {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for buffer := make([]byte, 64); ; {
			if _, err := os.Stdin.Read(buffer); err != nil {
				return
			}
		}
	}()
	return ended
}
