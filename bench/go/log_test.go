package bench

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/module"
	"golang.org/x/mod/sumdb"
)

// As the go command has it built in.
const key = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"

// A recorded log in memory, which answers as a cache or as a server.
type recordedLog struct {
	latest  []byte
	cached  map[string][]byte // by "sum.golang.org/lookup/…" and "sum.golang.org/tile/…"
	modules []module.Version
}

func readLog(b *testing.B) *recordedLog {
	latest, err := os.ReadFile(filepath.Join(recording(b), "pkg", "sumdb", database, "latest"))
	if err != nil {
		b.Fatal(err)
	}
	log := &recordedLog{latest: latest, cached: make(map[string][]byte)}
	root := filepath.Join(downloads(b), "sumdb")
	for _, path := range files(b, filepath.Join(root, database), "") {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		name := filepath.ToSlash(strings.TrimPrefix(path, root+string(filepath.Separator)))
		log.cached[name] = data
		if lookup, ok := strings.CutPrefix(name, database+"/lookup/"); ok {
			log.modules = append(log.modules, parse(b, lookup))
		}
	}
	return log
}

func parse(b *testing.B, lookup string) module.Version {
	path, version, _ := strings.Cut(lookup, "@")
	path, err := module.UnescapePath(path)
	if err != nil {
		b.Fatal(err)
	}
	version, err = module.UnescapeVersion(version)
	if err != nil {
		b.Fatal(err)
	}
	return module.Version{Path: path, Version: version}
}

// What a client keeps between runs; without a cache, everything comes from the server.
type ops struct {
	log    *recordedLog
	warm   bool
	latest []byte
}

func (o *ops) ReadRemote(path string) ([]byte, error) {
	if data, ok := o.log.cached[database+path]; ok && !o.warm {
		return data, nil
	}
	return nil, errors.New("not recorded: " + path)
}

func (o *ops) ReadConfig(file string) ([]byte, error) {
	if file == "key" {
		return []byte(key), nil
	}
	return o.latest, nil
}

func (o *ops) WriteConfig(_ string, _, new []byte) error {
	o.latest = new
	return nil
}

func (o *ops) ReadCache(file string) ([]byte, error) {
	if data, ok := o.log.cached[file]; ok && o.warm {
		return data, nil
	}
	return nil, os.ErrNotExist
}

func (o *ops) WriteCache(string, []byte)    {}
func (o *ops) Log(string)                   {}
func (o *ops) SecurityError(message string) { panic(message) }

func (log *recordedLog) warmClient() *sumdb.Client {
	return sumdb.NewClient(&ops{log: log, warm: true, latest: log.latest})
}

func lookUp(b *testing.B, client *sumdb.Client, wanted module.Version) {
	lines, err := client.Lookup(wanted.Path, wanted.Version)
	if err != nil || len(lines) != 1 {
		b.Fatal(wanted, lines, err)
	}
}

// One operation is a new client that proves every module.
func BenchmarkWarmLookups(b *testing.B) {
	log := readLog(b)
	loop(b, func() {
		client := log.warmClient()
		for _, wanted := range log.modules {
			lookUp(b, client, wanted)
		}
	})
}

// One operation is a new client for each module.
func BenchmarkWarmLookupsOfNewClients(b *testing.B) {
	log := readLog(b)
	loop(b, func() {
		for _, wanted := range log.modules {
			lookUp(b, log.warmClient(), wanted)
		}
	})
}

// One operation is a client with nothing but the newest head, which has to check every note.
func BenchmarkColdLookups(b *testing.B) {
	log := readLog(b)
	loop(b, func() {
		client := sumdb.NewClient(&ops{log: log, latest: log.latest})
		for _, wanted := range log.modules {
			lookUp(b, client, wanted)
		}
	})
}
