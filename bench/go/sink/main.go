// Sink is a collector that costs next to nothing: it takes whatever is sent by OTLP over HTTP, counts bytes, and throws
// it away. The first line of the output is its address; GET / says how much has come to which path.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

type taken struct {
	Posts int   `json:"posts"`
	Bytes int64 `json:"bytes"`
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("sink: ")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("sink: http://%s\n", listener.Addr())
	var mu sync.Mutex
	all := map[string]taken{}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			mu.Lock()
			defer mu.Unlock()
			json.NewEncoder(w).Encode(all)
			return
		}
		n, _ := io.Copy(io.Discard, r.Body)
		mu.Lock()
		defer mu.Unlock()
		so := all[r.URL.Path]
		all[r.URL.Path] = taken{so.Posts + 1, so.Bytes + n}
	})
	log.Fatal((&http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}).Serve(listener))
}
