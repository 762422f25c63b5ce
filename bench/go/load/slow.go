package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"
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
	open   int            // when the time was over
	openAt map[string]int // the same by kind
	status map[int]int
}

func newEnds() *ends {
	return &ends{begun: time.Now(), after: map[string][]int32{}, openAt: map[string]int{}, status: map[int]int{}}
}

func (e *ends) add(how string, since time.Time) {
	e.Lock()
	defer e.Unlock()
	e.after[how] = append(e.after[how], int32(min(time.Since(since).Microseconds(), 1<<31-1)))
}

func (e *ends) answered(status int) {
	e.Lock()
	defer e.Unlock()
	e.status[status]++
}

func (e *ends) took(bytes int64) {
	e.Lock()
	defer e.Unlock()
	e.bytes += bytes
}

func (e *ends) stillOpen(kind string) {
	e.Lock()
	defer e.Unlock()
	e.open++
	e.openAt[kind]++
}

func (e *ends) print() error {
	seconds := map[string]spread{}
	for how, times := range e.after {
		s := spreadOf(times)
		seconds[how] = spread{s.Count, s.P50 / 1000, s.P90 / 1000, s.P99 / 1000, s.Max / 1000}
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{
		"open": e.open, "openAt": e.openAt, "endedAfterSeconds": seconds, "bytes": e.bytes, "status": e.status})
}

// slowRead asks for a path on each connection and takes so many bytes a second of the answer; of several rates, connections
// have one after the other.
func slowRead(arguments []string) error {
	rates := "1024"
	l, err := flags("slowread", arguments, func(set *flag.FlagSet) {
		set.StringVar(&rates, "bytes", rates, "a second, 0: none; several with commas")
	})
	if err != nil {
		return err
	}
	var perSecond []int
	for text := range strings.SplitSeq(rates, ",") {
		rate, err := strconv.Atoi(text)
		if err != nil || rate < 0 {
			return fmt.Errorf("%q is no rate", text)
		}
		perSecond = append(perSecond, rate)
	}
	clients, err := l.clients()
	if err != nil {
		return err
	}
	var dialers errgroup
	for _, c := range clients {
		// A small window: otherwise the system takes megabytes for the client that does not read them.
		c.receive = 4096
		dialers.run(c.open)
	}
	if err := dialers.wait(); err != nil {
		return err
	}
	all := newEnds()
	var next atomic.Int64
	l.each(clients, func(c *client, _ *tally) {
		slowReader(c, l, perSecond[int(next.Add(1)-1)%len(perSecond)], all)
	})
	return all.print()
}

func slowReader(c *client, l *load, perSecond int, all *ends) {
	kind := fmt.Sprintf("%d B/s", perSecond)
	begun := time.Now()
	if err := c.send("GET", l.paths[0]); err != nil {
		all.add(kind+" not sent", begun)
		return
	}
	a, _, err := c.head()
	if err != nil {
		all.add(kind+" no head", begun)
		return
	}
	all.answered(a.status)
	if a.status != 200 {
		return
	}
	end := all.begun.Add(time.Duration(l.seconds * float64(time.Second)))
	for step := 0; time.Now().Before(end); step++ {
		if perSecond > 0 {
			c.conn.SetDeadline(end)
			count, err := io.CopyN(io.Discard, c.in, int64(perSecond))
			all.took(count)
			if err != nil && time.Now().Before(end) {
				all.add(kind+" cut", begun)
				return
			}
		} else if isCut(c.conn.(*net.TCPConn)) {
			all.add(kind+" cut", begun)
			return
		}
		time.Sleep(time.Until(begun.Add(time.Duration(step+1) * time.Second)))
	}
	all.stillOpen(kind)
}

// isCut says whether the other side has ended the connection, without reading what it sent: its state (tcp_info) is no longer
// that of one that is open both ways.
func isCut(conn *net.TCPConn) bool {
	const established = 1
	raw, err := conn.SyscallConn()
	if err != nil {
		return true
	}
	state := -1
	if err := raw.Control(func(fd uintptr) {
		var info [1]byte
		size := uint32(len(info))
		if _, _, errno := syscall.Syscall6(syscall.SYS_GETSOCKOPT, fd, syscall.IPPROTO_TCP, syscall.TCP_INFO,
			uintptr(unsafe.Pointer(&info)), uintptr(unsafe.Pointer(&size)), 0); errno == 0 {
			state = int(info[0])
		}
	}); err != nil {
		return true
	}
	return state != established
}

// slowHead sends a request's head byte by byte, and notes when the server has had enough. One that is whole is answered.
func slowHead(arguments []string) error {
	every, whole := time.Second, false
	l, err := flags("slowhead", arguments, func(set *flag.FlagSet) {
		set.DurationVar(&every, "every", every, "between two bytes")
		set.BoolVar(&whole, "whole", false, "the head comes to its end, instead of growing for ever")
	})
	if err != nil {
		return err
	}
	clients, err := l.connected()
	if err != nil {
		return err
	}
	all := newEnds()
	l.each(clients, func(c *client, _ *tally) { slowHeader(c, l, every, whole, all) })
	return all.print()
}

func slowHeader(c *client, l *load, every time.Duration, whole bool, all *ends) {
	begun := time.Now()
	end := all.begun.Add(time.Duration(l.seconds * float64(time.Second)))
	head := "GET /bench.test/known/m0/@v/v1.0.0.mod HTTP/1.1\r\nHost: bench\r\n"
	if whole {
		head += "\r\n"
	} else {
		head += "X-Slow: "
	}
	for i := 0; time.Now().Before(end); i++ {
		next := []byte("a")
		if i < len(head) {
			next[0] = head[i]
		} else if whole {
			next = nil
		}
		c.conn.SetDeadline(time.Now().Add(every))
		if _, err := c.conn.Write(next); err != nil {
			all.add("cut", begun)
			return
		}
		// The wait is a read: the end of the connection shows at once.
		if _, err := c.in.Peek(12); err == nil {
			if a, _, err := c.head(); err == nil {
				all.answered(a.status)
				all.add("answered", begun)
				return
			}
			all.add("cut", begun)
			return
		} else if timeout, ok := err.(net.Error); !ok || !timeout.Timeout() {
			all.add("cut", begun)
			return
		}
	}
	all.stillOpen("")
}
