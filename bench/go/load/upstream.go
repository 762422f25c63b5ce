package main

import (
	"archive/zip"
	"bytes"
	"flag"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// upstream is a mirror of made-up modules: every version of bench.test/… exists. The path says what is special:
// bench.test/none/… does not exist, bench.test/slow/… answers after the delay, and bench.test/kNNN/… has a zip of NNN KiB
// (4 KiB if it says nothing). /count answers how many requests there were.
func upstream(arguments []string) error {
	set := flag.NewFlagSet("upstream", flag.ExitOnError)
	listen := set.String("listen", "127.0.0.1:0", "address")
	delay := set.Duration("delay", time.Second, "of bench.test/slow")
	set.Parse(arguments)
	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		return err
	}
	fmt.Printf("http://%s\n", listener.Addr())
	return http.Serve(listener, &mirror{delay: *delay})
}

type mirror struct {
	delay time.Duration
	count atomic.Int64
	large sync.Map // zips over 1 MiB, by path
}

var (
	artifact = regexp.MustCompile(`^/(bench\.test/[a-z0-9/-]+)/@v/(v[0-9]+\.[0-9]+\.[0-9]+)\.(info|mod|zip)$`)
	kibibyte = regexp.MustCompile(`/k([0-9]+)/`)
)

func (m *mirror) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/count" {
		fmt.Fprintln(w, m.count.Load())
		return
	}
	m.count.Add(1)
	if strings.HasPrefix(r.URL.Path, "/bench.test/slow/") {
		time.Sleep(m.delay)
	}
	if strings.HasSuffix(r.URL.Path, "/@v/list") && !strings.Contains(r.URL.Path, "/none/") {
		fmt.Fprint(w, "v1.0.0\n")
		return
	}
	parts := artifact.FindStringSubmatch(r.URL.Path)
	if parts == nil || strings.HasPrefix(r.URL.Path, "/bench.test/none/") {
		http.Error(w, "not found: "+r.URL.Path, http.StatusNotFound)
		return
	}
	body := m.body(r.URL.Path, parts[1], parts[2], parts[3])
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Write(body)
}

func (m *mirror) body(path, module, version, kind string) []byte {
	switch kind {
	case "info":
		return []byte(fmt.Sprintf("{\"Version\":%q,\"Time\":\"2026-01-01T00:00:00Z\"}", version))
	case "mod":
		return []byte("module " + module + "\n\ngo 1.26\n")
	}
	if kept, found := m.large.Load(path); found {
		return kept.([]byte)
	}
	size := 4
	if stated := kibibyte.FindStringSubmatch(path); stated != nil {
		size, _ = strconv.Atoi(stated[1])
	}
	made := moduleZip(module, version, size)
	if len(made) > 1<<20 {
		m.large.Store(path, made)
	}
	return made
}

// moduleZip is a zip as x/mod/zip makes it, with a file of so many KiB that can't be packed.
func moduleZip(module, version string, kibibytes int) []byte {
	seed := fnv.New64a()
	seed.Write([]byte(module + "@" + version))
	random := rand.New(rand.NewPCG(seed.Sum64(), 0))
	content := make([]byte, kibibytes<<10)
	for i := 0; i+8 <= len(content); i += 8 {
		word := random.Uint64()
		for j := range 8 {
			content[i+j] = byte(word >> (8 * j))
		}
	}
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, file := range []struct {
		name string
		data []byte
	}{{"go.mod", []byte("module " + module + "\n\ngo 1.26\n")}, {"data.bin", content}} {
		entry, err := archive.Create(module + "@" + version + "/" + file.name)
		if err == nil {
			_, err = entry.Write(file.data)
		}
		if err != nil {
			panic(err) // a buffer takes everything
		}
	}
	if err := archive.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}
