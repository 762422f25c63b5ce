package main

import (
	"encoding/json"
	"net/http"
	"sync"
)

// What was asked for since the start or the last reset.
type counts struct {
	mu      sync.Mutex
	paths   map[string]int
	unknown map[string]int
}

func newCounts() *counts {
	return &counts{paths: map[string]int{}, unknown: map[string]int{}}
}

func (c *counts) asked(path string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.paths[path]++
}

// A path of which the tape knows neither an answer nor that there is none: then the benchmark is not what it says.
func (c *counts) hole(path string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.unknown[path]++
}

func (c *counts) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch r.Method + " " + r.URL.Path {
	case "GET /counts":
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(map[string]any{"paths": c.paths, "unknown": c.unknown})
	case "POST /reset":
		clear(c.paths)
		clear(c.unknown)
	default:
		http.NotFound(w, r)
	}
}
