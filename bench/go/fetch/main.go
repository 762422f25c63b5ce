// Fetch is the clients of a proxy. What it reads of a body it checks by length and throws away in the kernel, so that the
// client's share of the processors is small beside the proxy's; once compares every byte.
//
//	fetch once  -parallel N BASE PATHS [FOLDER]     each path in the file PATHS, compared with FOLDER's files
//	fetch load  -connections N -seconds S BASE PATH  one path over and over
//	fetch burst -clients N BASE PATH                 N connections ask at the same moment, once
//
// Prints one JSON object. An answer counts only if it is a 200 with all bytes that it promised.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net/url"
	"os"
	"slices"
	"time"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("fetch: ")
	if len(os.Args) < 4 {
		log.Fatal("usage: fetch once|load|burst [flags] BASE PATH")
	}
	flags := flag.NewFlagSet(os.Args[1], flag.ExitOnError)
	parallel := flags.Int("parallel", 8, "requests at once")
	connections := flags.Int("connections", 16, "connections")
	clients := flags.Int("clients", 1, "clients")
	seconds := flags.Float64("seconds", 3, "how long")
	timeout := flags.Duration("timeout", 10*time.Minute, "for the whole")
	flags.Parse(os.Args[2:])
	base, err := url.Parse(flags.Arg(0))
	if err != nil || flags.NArg() < 2 {
		log.Fatalf("not a base and a path: %q", flags.Args())
	}
	time.AfterFunc(*timeout, func() {
		if os.Args[1] == "burst" {
			fmt.Println(`{"late": true}`)
			os.Exit(0)
		}
		log.Fatalf("not done after %s", *timeout)
	})
	var result any
	switch os.Args[1] {
	case "once":
		result, err = once(flags.Arg(0), flags.Arg(1), flags.Arg(2), *parallel)
	case "load":
		result = load(base.Host, base.Path+flags.Arg(1), *connections, time.Duration(*seconds*float64(time.Second)))
	case "burst":
		result = burst(base.Host, base.Path+flags.Arg(1), *clients)
	default:
		err = fmt.Errorf("not once, load or burst: %q", os.Args[1])
	}
	if err != nil {
		log.Fatal(err)
	}
	json.NewEncoder(os.Stdout).Encode(result)
}

// What came of many requests; times in seconds.
type outcome struct {
	Requests int     `json:"requests"` // that were answered in full
	Bytes    int64   `json:"bytes"`    // of their bodies
	Seconds  float64 `json:"seconds"`
	Errors   int     `json:"errors"`
	Error    string  `json:"error"` // one of them
	P50      float64 `json:"p50"`
	P99      float64 `json:"p99"`
	First    float64 `json:"first"` // to the last byte of the client that had it first
	Last     float64 `json:"last"`
}

// What one connection has seen.
type seen struct {
	times  []float64
	bytes  int64
	errors int
	err    error
}

func sum(all []seen, elapsed time.Duration) outcome {
	o := outcome{Seconds: elapsed.Seconds()}
	var times []float64
	for _, s := range all {
		times = append(times, s.times...)
		o.Bytes += s.bytes
		o.Errors += s.errors
		if s.err != nil {
			o.Error = s.err.Error()
		}
	}
	o.Requests = len(times)
	if len(times) == 0 {
		return o
	}
	slices.Sort(times)
	at := func(q float64) float64 { return times[min(int(q*float64(len(times))), len(times)-1)] }
	o.P50, o.P99, o.First, o.Last = at(0.5), at(0.99), times[0], times[len(times)-1]
	return o
}
