package bench

import (
	"os"
	"sort"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/dirhash"
)

// How many of the zips count as large.
const largest = 5

// One operation is one reading of every zip.
func BenchmarkZips(b *testing.B) {
	hashAll(b, zips(b))
}

// One operation is one reading of each of the largest zips.
func BenchmarkLargestZips(b *testing.B) {
	found := zips(b)
	size := func(path string) int64 {
		info, err := os.Stat(path)
		if err != nil {
			b.Fatal(err)
		}
		return info.Size()
	}
	sort.SliceStable(found, func(i, j int) bool { return size(found[i]) > size(found[j]) })
	hashAll(b, found[:min(largest, len(found))])
}

func hashAll(b *testing.B, found []string) {
	expected := make([]string, len(found))
	for i, path := range found {
		text, err := os.ReadFile(path + "hash")
		if err != nil {
			b.Fatal(err)
		}
		expected[i] = strings.TrimSpace(string(text))
	}
	loop(b, func() {
		for i, path := range found {
			hash, err := dirhash.HashZip(path, dirhash.Hash1)
			if err != nil || hash != expected[i] {
				b.Fatal(path, hash, expected[i], err)
			}
		}
	})
}
