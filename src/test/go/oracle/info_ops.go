package main

import (
	"encoding/json"
	"time"
)

// revInfo has the fields that the go command reads of an .info file (cmd/go, modfetch.RevInfo).
type revInfo struct {
	Version string
	Time    time.Time
	Origin  *struct {
		VCS, URL, Subdir, Hash, TagPrefix, TagSum, Ref, RepoSum string
	}
}

var infoOps = map[string]op{
	// json: the version
	"info": func(a []string) answer {
		var read revInfo
		if err := json.Unmarshal([]byte(a[0]), &read); err != nil {
			return no(err)
		}
		return nonEmpty(read.Version)
	},
}
