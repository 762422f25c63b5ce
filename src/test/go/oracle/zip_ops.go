package main

import (
	"os"
	"path/filepath"

	"golang.org/x/mod/module"
	"golang.org/x/mod/sumdb/dirhash"
	"golang.org/x/mod/zip"
)

// zipOps are those of package zip, in the order of cmd/go: hash, then unpack.
var zipOps = map[string]op{
	// path, version, zip: the h1: hash of a zip that can be hashed and unpacked
	"modulezip": func(a []string) answer {
		dir, err := os.MkdirTemp("", "modulezip")
		if err != nil {
			return fault(err)
		}
		defer os.RemoveAll(dir)
		file := filepath.Join(dir, "zip")
		if err := os.WriteFile(file, []byte(a[2]), 0o600); err != nil {
			return fault(err)
		}
		hash, err := dirhash.HashZip(file, dirhash.Hash1)
		if err != nil {
			return no(err)
		}
		return unless(zip.Unzip(filepath.Join(dir, "files"), module.Version{Path: a[0], Version: a[1]}, file), hash)
	},
}
