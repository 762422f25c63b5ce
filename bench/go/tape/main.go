// Tape stands in for a module mirror and the checksum database that it relays, so that a benchmark needs no network.
//
//	tape record FOLDER UPSTREAM    passes on what UPSTREAM answers, and keeps it in FOLDER/files
//	tape replay FOLDER [flags]     answers from FOLDER/files only, over a link of a given shape
//
// FOLDER/files is laid out as GOPROXY=file:// wants it. The first line of the output names the address of the mirror and
// of a second listener, which counts: GET /counts, POST /reset.
//
// Every lookup on a tape carries the tree head that was the newest when the recording began. A client that has seen no
// other then asks for the same tiles in whatever order it works, and those are on the tape.
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("tape: ")
	if len(os.Args) < 3 {
		log.Fatal("usage: tape record FOLDER UPSTREAM | tape replay FOLDER [flags]")
	}
	folder := os.Args[2]
	switch os.Args[1] {
	case "record":
		if len(os.Args) != 4 {
			log.Fatal("usage: tape record FOLDER UPSTREAM")
		}
		recorder, err := newRecorder(folder, strings.TrimSuffix(os.Args[3], "/"))
		if err != nil {
			log.Fatal(err)
		}
		serve(recorder, recorder.counts)
	case "replay":
		flags := flag.NewFlagSet("replay", flag.ExitOnError)
		latency := flags.Duration("latency", 0, "between a request and the first byte of its answer")
		connection := flags.Float64("connection", 0, "bytes a second of one connection; 0: as fast as it goes")
		total := flags.Float64("total", 0, "bytes a second of all connections together; 0: as fast as they go")
		flags.Parse(os.Args[3:])
		player := newPlayer(folder, link{latency: *latency, connection: *connection, total: newPace(*total)})
		serve(player, player.counts)
	default:
		log.Fatalf("not record or replay: %q", os.Args[1])
	}
}

func serve(mirror http.Handler, counts *counts) {
	listener, control := listen(), listen()
	fmt.Printf("tape: http://%s (control http://%s)\n", listener.Addr(), control.Addr())
	go func() { log.Fatal(http.Serve(control, counts)) }()
	server := &http.Server{Handler: mirror, ReadHeaderTimeout: time.Minute}
	log.Fatal(server.Serve(listener))
}

func listen() net.Listener {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	return listener
}
