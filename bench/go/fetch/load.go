package main

import (
	"sync"
	"time"
)

func load(host, path string, connections int, lasting time.Duration) outcome {
	all := make([]seen, connections)
	start := time.Now()
	end := start.Add(lasting)
	var running sync.WaitGroup
	for i := range all {
		running.Go(func() { all[i] = ask(host, path, end) })
	}
	running.Wait()
	return sum(all, time.Since(start))
}

// One connection's requests until the end; a new connection after an error, but not faster than every 10 ms.
func ask(host, path string, end time.Time) (s seen) {
	for time.Now().Before(end) {
		c, err := dial(host, path)
		for err == nil && time.Now().Before(end) {
			begin := time.Now()
			var n int64
			if n, err = c.get(); err == nil {
				s.times = append(s.times, time.Since(begin).Seconds())
				s.bytes += n
			}
		}
		if c != nil {
			c.socket.Close()
		}
		if err != nil {
			s.errors++
			s.err = err
			time.Sleep(10 * time.Millisecond)
		}
	}
	return s
}

func burst(host, path string, clients int) outcome {
	all := make([]seen, clients)
	var ready, running sync.WaitGroup
	var start time.Time
	begin := make(chan struct{})
	for i := range all {
		ready.Add(1)
		running.Go(func() {
			c, err := dial(host, path)
			ready.Done()
			<-begin
			var n int64
			if err == nil {
				n, err = c.get()
			}
			if err != nil {
				all[i] = seen{errors: 1, err: err}
				return
			}
			all[i] = seen{times: []float64{time.Since(start).Seconds()}, bytes: n}
		})
	}
	ready.Wait()
	start = time.Now()
	close(begin)
	running.Wait()
	return sum(all, time.Since(start))
}
