package main

import (
	"strconv"

	"golang.org/x/mod/semver"
)

// semverOps are those of package semver.
var semverOps = map[string]op{
	// version
	"semvervalid": func(a []string) answer { return when(semver.IsValid(a[0])) },

	// version: canonical, major, major and minor, pre-release, build; each may be empty
	"semverparts": func(a []string) answer {
		v := a[0]
		return yes(semver.Canonical(v), semver.Major(v), semver.MajorMinor(v), semver.Prerelease(v), semver.Build(v))
	},

	// version, version: -1, 0 or 1
	"semvercompare": func(a []string) answer { return yes(strconv.Itoa(semver.Compare(a[0], a[1]))) },
}
