package main

import (
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"sync/atomic"
	"time"
)

// Modules whose artifacts are in the store after a while.
const known = 400

// A connection lives for so many requests, as those of a go command do.
const requestsOfConnection = 100

// mixer makes the requests of builds. Its numbers go up for ever, so that misses stay misses.
type mixer struct {
	fresh  atomic.Int64
	builds atomic.Int64
}

// An action makes one or more requests; it says what it expects by the statuses that are right.
type action struct {
	weight int
	name   string
	run    func(*mixer, *client, *tally) error
}

var actions = []action{
	{600, "hit", func(m *mixer, c *client, t *tally) error {
		return expect(c, t, "GET", knownPath(""), 200)
	}},
	{100, "zip", func(m *mixer, c *client, t *tally) error {
		return expect(c, t, "GET", fmt.Sprintf("/bench.test/k%d/m%d/@v/v1.0.0.zip", 10<<(2*rand.IntN(4)), rand.IntN(20)), 200)
	}},
	{100, "build", (*mixer).build},
	{60, "head", func(m *mixer, c *client, t *tally) error { return expect(c, t, "HEAD", knownPath(""), 200) }},
	{40, "abort", (*mixer).abort},
	{30, "none", func(m *mixer, c *client, t *tally) error {
		return expect(c, t, "GET", fmt.Sprintf("/bench.test/none/m%d/@v/v1.0.0.mod", m.fresh.Add(1)), 404)
	}},
	{20, "list", func(m *mixer, c *client, t *tally) error {
		return expect(c, t, "GET", fmt.Sprintf("/bench.test/known/m%d/@v/list", rand.IntN(known)), 200)
	}},
	{20, "malformed", func(m *mixer, c *client, t *tally) error {
		return expect(c, t, "GET", "/bench.test/A/@v/v1.0.0.mod", 400)
	}},
	{20, "miss", func(m *mixer, c *client, t *tally) error {
		module := fmt.Sprintf("/bench.test/fresh/m%d/@v/v1.0.0", m.fresh.Add(1))
		for _, kind := range []string{".info", ".mod", ".zip"} {
			if err := expect(c, t, "GET", module+kind, 200); err != nil {
				return err
			}
		}
		return nil
	}},
}

// build asks as a build of its own for ten hits.
func (m *mixer) build(c *client, t *tally) error {
	prefix := fmt.Sprintf("/~soak-%d", m.builds.Add(1))
	for range 10 {
		if err := expect(c, t, "GET", knownPath(prefix), 200); err != nil {
			return err
		}
	}
	return nil
}

// abort goes away in the middle of a zip of 4 MiB.
func (m *mixer) abort(c *client, t *tally) error {
	begun := time.Now()
	if err := c.send("GET", fmt.Sprintf("/bench.test/k4096/m%d/@v/v1.0.0.zip", rand.IntN(4))); err != nil {
		return err
	}
	a, _, err := c.head()
	if err == nil {
		_, err = io.CopyN(io.Discard, c.in, rand.Int64N(1<<20))
	}
	c.close()
	if err == nil {
		t.add(a, time.Since(begun), time.Since(begun))
	}
	return err
}

func knownPath(prefix string) string {
	kinds := []string{".info", ".mod", ".mod", ".zip"}
	return fmt.Sprintf("%s/bench.test/known/m%d/@v/v1.0.0%s", prefix, rand.IntN(known), kinds[rand.IntN(len(kinds))])
}

func expect(c *client, t *tally, method, path string, status int) error {
	sent := time.Now()
	a, err := c.ask(method, path)
	if err != nil {
		return err
	}
	t.add(a, time.Since(sent), time.Since(sent))
	if a.status != status {
		return fmt.Errorf("%s: %d, not %d", path, a.status, status)
	}
	return nil
}

// mix does so many actions a second. With -leak it also opens a connection every second that it keeps busy and never
// closes: whoever watches the server must notice.
func mix(arguments []string) error {
	rate, leak := 0.0, false
	l, err := flags("mix", arguments, func(set *flag.FlagSet) {
		set.Float64Var(&rate, "rate", 200, "actions a second")
		set.BoolVar(&leak, "leak", false, "keep one connection more each second")
	})
	if err != nil {
		return err
	}
	sum := 0
	for _, each := range actions {
		sum += each.weight
	}
	m := &mixer{}
	begun := time.Now()
	end := begun.Add(time.Duration(l.seconds * float64(time.Second)))
	var next atomic.Int64
	if leak {
		go l.leak(end)
	}
	clients, err := l.clients()
	if err != nil {
		return err
	}
	tallies := l.each(clients, func(c *client, t *tally) {
		for {
			due := begun.Add(time.Duration(float64(next.Add(1)) / rate * float64(time.Second)))
			time.Sleep(time.Until(due))
			if !time.Now().Before(end) {
				return
			}
			number, at := rand.IntN(sum), 0
			for number -= actions[0].weight; number >= 0; number -= actions[at].weight {
				at++
			}
			if err := actions[at].run(m, c, t); err != nil {
				t.errors[actions[at].name+": "+kind(err)]++
				c.close()
			}
			if c.asked >= requestsOfConnection {
				c.close()
			}
		}
	})
	return print(time.Since(begun).Seconds(), 0, tallies, spread{})
}

func (l *load) leak(end time.Time) {
	var held []*client
	for time.Now().Before(end) {
		if c, err := newClient(l.url); err == nil {
			held = append(held, c)
		}
		// Each asks again before the server takes it for idle.
		for i := len(held) % 20; i < len(held); i += 20 {
			held[i].ask("GET", "/bench.test/known/m0/@v/v1.0.0.mod")
		}
		held[len(held)-1].ask("GET", "/bench.test/known/m0/@v/v1.0.0.mod")
		time.Sleep(time.Second)
	}
}
