package main

import (
	"io"
	"strings"

	"golang.org/x/mod/sumdb/dirhash"
)

// dirhashOps are those of package sumdb/dirhash.
var dirhashOps = map[string]op{
	// name, content, name, content, …, no name twice: the h1: hash
	"hash1": func(a []string) answer {
		var names []string
		contents := map[string]string{}
		for ; len(a) > 0; a = a[2:] {
			names = append(names, a[0])
			contents[a[0]] = a[1]
		}
		return other(dirhash.Hash1(names, func(name string) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(contents[name])), nil
		}))
	},
}
