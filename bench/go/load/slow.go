package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"net"
	"os"
	"sync"
	"time"
)

// hold keeps connections that have asked once and are idle, until standard input ends.
func hold(arguments []string) error {
	l, err := flags("hold", arguments, func(*flag.FlagSet) {})
	if err != nil {
		return err
	}
	clients, err := l.clients()
	if err != nil {
		return err
	}
	failed := 0
	for i, c := range clients {
		if a, err := c.ask("GET", l.paths[i%len(l.paths)]); err != nil || a.status != 200 {
			failed++
		}
	}
	fmt.Printf("{\"held\":%d,\"failed\":%d}\n", len(clients)-failed, failed)
	<-inputEnds()
	open := 0
	for _, c := range clients {
		if c.conn == nil {
			continue
		}
		c.conn.SetReadDeadline(time.Now().Add(100 * time.Microsecond))
		_, err := c.in.ReadByte()
		if timeout, ok := err.(net.Error); ok && timeout.Timeout() {
			open++
		}
		c.close()
	}
	fmt.Printf("{\"open\":%d}\n", open)
	return nil
}

// ends is how connections ended, and after how many seconds.
type ends struct {
	sync.Mutex
	begun  time.Time
	after  map[string][]int32 // in µs
	bytes  int64
	open   int // when the time was over
	status map[int]int
}

func newEnds() *ends {
	return &ends{begun: time.Now(), after: map[string][]int32{}, status: map[int]int{}}
}

func (e *ends) add(how string, since time.Time) {
	e.Lock()
	defer e.Unlock()
	e.after[how] = append(e.after[how], int32(min(time.Since(since).Microseconds(), 1<<31-1)))
}

func (e *ends) print() error {
	seconds := map[string]spread{}
	for how, times := range e.after {
		s := spreadOf(times)
		seconds[how] = spread{s.Count, s.P50 / 1000, s.P90 / 1000, s.P99 / 1000, s.Max / 1000}
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{
		"open": e.open, "endedAfterSeconds": seconds, "bytes": e.bytes, "status": e.status})
}

// slowRead asks for a path on each connection and takes so many bytes a second of the answer.
func slowRead(arguments []string) error {
	perSecond := 1024
	l, err := flags("slowread", arguments, func(set *flag.FlagSet) {
		set.IntVar(&perSecond, "bytes", perSecond, "a second")
	})
	if err != nil {
		return err
	}
	clients, err := l.connected()
	if err != nil {
		return err
	}
	all := newEnds()
	l.each(clients, func(c *client, _ *tally) { slowReader(c, l, perSecond, all) })
	return all.print()
}

func slowReader(c *client, l *load, perSecond int, all *ends) {
	if err := c.open(); err != nil {
		all.add("not connected", all.begun)
		return
	}
	// A small window: otherwise the system takes megabytes for the client that does not read them.
	c.conn.(*net.TCPConn).SetReadBuffer(4096)
	begun := time.Now()
	if err := c.send("GET", l.paths[0]); err != nil {
		all.add("not sent", begun)
		return
	}
	a, _, err := c.head()
	if err != nil {
		all.add("no head", begun)
		return
	}
	all.Lock()
	all.status[a.status]++
	all.Unlock()
	if a.status != 200 {
		return
	}
	buffer := make([]byte, perSecond)
	end := all.begun.Add(time.Duration(l.seconds * float64(time.Second)))
	for time.Now().Before(end) {
		c.conn.SetDeadline(end)
		count, err := c.in.Read(buffer)
		all.Lock()
		all.bytes += int64(count)
		all.Unlock()
		if err != nil {
			if time.Now().Before(end) {
				all.add("cut", begun)
				return
			}
			break
		}
		time.Sleep(time.Second * time.Duration(count) / time.Duration(perSecond))
	}
	all.Lock()
	all.open++
	all.Unlock()
}

// slowHead sends a request's head, a byte a second, and notes when the server has had enough.
func slowHead(arguments []string) error {
	l, err := flags("slowhead", arguments, func(*flag.FlagSet) {})
	if err != nil {
		return err
	}
	clients, err := l.connected()
	if err != nil {
		return err
	}
	all := newEnds()
	l.each(clients, func(c *client, _ *tally) { slowHeader(c, l, all) })
	return all.print()
}

func slowHeader(c *client, l *load, all *ends) {
	if err := c.open(); err != nil {
		all.add("not connected", all.begun)
		return
	}
	begun := time.Now()
	end := all.begun.Add(time.Duration(l.seconds * float64(time.Second)))
	head := "GET /bench.test/known/m0/@v/v1.0.0.mod HTTP/1.1\r\nHost: bench\r\nX-Slow: "
	for i := 0; time.Now().Before(end); i++ {
		next := byte('a')
		if i < len(head) {
			next = head[i]
		}
		c.conn.SetDeadline(time.Now().Add(time.Second))
		if _, err := c.conn.Write([]byte{next}); err != nil {
			all.add("cut", begun)
			return
		}
		// The wait of a second is a read: the end of the connection shows at once.
		if _, err := c.in.ReadByte(); err == nil {
			all.add("answered", begun)
			return
		} else if timeout, ok := err.(net.Error); !ok || !timeout.Timeout() {
			all.add("cut", begun)
			return
		}
	}
	all.Lock()
	all.open++
	all.Unlock()
}
