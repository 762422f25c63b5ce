package main

import (
	"io"
	"net/http"
	"sync"
	"time"
)

// A quantum is short beside the latency of a link: 1.3 ms at 25 MB/s.
const quantum = 32 << 10

// A link does not lose its rate because the sender got no processor for a while: so much of the time it may catch up.
const slack = 100 * time.Millisecond

// The link between the mirror and whoever asks it. Each answer has a connection's rate of its own: nobody pipelines.
type link struct {
	latency    time.Duration // from the request to the first byte; 0: none
	connection float64       // bytes a second; 0: no bound
	total      *pace         // shared by all answers; nil: no bound
}

func (l link) isFree() bool { return l.connection == 0 && l.total == nil }

func (l link) wait() {
	if l.latency > 0 {
		time.Sleep(l.latency)
	}
}

func (l link) copy(w http.ResponseWriter, from io.Reader) {
	own := newPace(l.connection)
	flush := http.NewResponseController(w)
	buffer := make([]byte, quantum)
	for {
		n, err := io.ReadFull(from, buffer)
		if n > 0 {
			until := later(own.take(n), l.total.take(n))
			time.Sleep(time.Until(until))
			if _, err := w.Write(buffer[:n]); err != nil {
				return
			}
			flush.Flush()
		}
		if err != nil {
			return
		}
	}
}

// A rate that whoever takes from it keeps to by waiting until the time it is told.
type pace struct {
	rate float64 // bytes a second
	mu   sync.Mutex
	free time.Time
	used bool
}

func newPace(rate float64) *pace {
	if rate == 0 {
		return nil
	}
	return &pace{rate: rate}
}

// When the last of n bytes has crossed.
func (p *pace) take(n int) time.Time {
	if p == nil {
		return time.Time{}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if !p.used {
		p.free, p.used = now, true
	}
	p.free = later(p.free, now.Add(-slack))
	p.free = p.free.Add(time.Duration(float64(n) / p.rate * float64(time.Second)))
	return p.free
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
