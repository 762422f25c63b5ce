// Package bench measures golang.org/x/mod on the recording that the Java benchmarks read: a GOPATH
// that the go command has filled.
package bench

import (
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
	"testing"
)

const database = "sum.golang.org"

// The GOPATH that is read.
func recording(b *testing.B) string {
	dir := os.Getenv("MODGATE_BENCH_GOPATH")
	if dir == "" {
		b.Fatal("MODGATE_BENCH_GOPATH names no GOPATH to read")
	}
	return dir
}

func downloads(b *testing.B) string {
	return filepath.Join(recording(b), "pkg", "mod", "cache", "download")
}

// Every file below a folder, sorted, without those below skip.
func files(b *testing.B, root, skip string) []string {
	var found []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && path == skip {
			return filepath.SkipDir
		}
		if !entry.IsDir() {
			found = append(found, path)
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	sort.Strings(found)
	return found
}

// All module zips, sorted by their paths.
func zips(b *testing.B) []string {
	var found []string
	root := downloads(b)
	for _, path := range files(b, root, filepath.Join(root, "sumdb")) {
		if strings.HasSuffix(path, ".zip") {
			found = append(found, path)
		}
	}
	if len(found) == 0 {
		b.Fatal("no zips below " + root)
	}
	return found
}

// Does an operation again and again, and reports the processor time of the whole process for each.
func loop(b *testing.B, operation func()) {
	b.ReportAllocs()
	before := processorTime(b)
	for b.Loop() {
		operation()
	}
	b.ReportMetric(float64(processorTime(b)-before)/float64(b.N), "cpu-ns/op")
}

// In nanoseconds, the garbage collector's included.
func processorTime(b *testing.B) int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}
