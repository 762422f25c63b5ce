package main

import (
	"strings"
	"time"

	"golang.org/x/mod/module"
)

// moduleOps are those of package module, and strings.EqualFold, which it compares names with.
var moduleOps = map[string]op{
	// path
	"checkpath":   func(a []string) answer { return unless(module.CheckPath(a[0])) },
	"checkimport": func(a []string) answer { return unless(module.CheckImportPath(a[0])) },
	"checkfile":   func(a []string) answer { return unless(module.CheckFilePath(a[0])) },

	// path: the suffix that names the major version, of a valid path
	"pathmajor": func(a []string) answer {
		if err := module.CheckPath(a[0]); err != nil {
			return no(err)
		}
		_, major, _ := module.SplitPathVersion(a[0])
		return yes(major)
	},

	// text: the text in its other form
	"escapepath":      func(a []string) answer { return other(module.EscapePath(a[0])) },
	"unescapepath":    func(a []string) answer { return other(module.UnescapePath(a[0])) },
	"escapeversion":   func(a []string) answer { return other(module.EscapeVersion(a[0])) },
	"unescapeversion": func(a []string) answer { return other(module.UnescapeVersion(a[0])) },

	// path, version
	"check": func(a []string) answer { return unless(module.Check(a[0], a[1])) },

	// version: the canonical version, or no if it is empty
	"canonicalversion": func(a []string) answer { return nonEmpty(module.CanonicalVersion(a[0])) },

	// version
	"pseudo":     func(a []string) answer { return when(module.IsPseudoVersion(a[0])) },
	"pseudobase": func(a []string) answer { return other(module.PseudoVersionBase(a[0])) },
	"pseudorev":  func(a []string) answer { return other(module.PseudoVersionRev(a[0])) },

	// version: the time in RFC 3339
	"pseudotime": func(a []string) answer {
		t, err := module.PseudoVersionTime(a[0])
		return unless(err, t.UTC().Format(time.RFC3339))
	},

	// globs, path
	"matchprefix": func(a []string) answer { return when(module.MatchPrefixPatterns(a[0], a[1])) },

	// text, text
	"equalfold": func(a []string) answer { return when(strings.EqualFold(a[0], a[1])) },
}

// other is yes with the value, or no with the error.
func other(value string, err error) answer { return unless(err, value) }

// nonEmpty is yes with the value, or no if there is none.
func nonEmpty(value string) answer {
	if value == "" {
		return no("empty")
	}
	return yes(value)
}
