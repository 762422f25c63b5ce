package main

import (
	"fmt"
	"strconv"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// logOps are those of packages note and tlog.
var logOps = map[string]op{
	// key: name, hash
	"verifierkey": func(a []string) answer {
		v, err := note.NewVerifier(a[0])
		if err != nil {
			return no(err)
		}
		return yes(v.Name(), fmt.Sprintf("%08x", v.KeyHash()))
	},

	// note, keys: text, then verified and unverified signatures
	"opennote": func(a []string) answer {
		var known []note.Verifier
		for _, key := range a[1:] {
			v, err := note.NewVerifier(key)
			if err != nil {
				panic(err)
			}
			known = append(known, v)
		}
		n, err := note.Open([]byte(a[0]), note.VerifierList(known...))
		if err != nil {
			return no(err)
		}
		values := []string{n.Text}
		for _, sigs := range [][]note.Signature{n.Sigs, n.UnverifiedSigs} {
			values = append(values, strconv.Itoa(len(sigs)))
			for _, sig := range sigs {
				values = append(values, fmt.Sprintf("%s+%08x+%s", sig.Name, sig.Hash, sig.Base64))
			}
		}
		return yes(values...)
	},

	// text: size, root
	"parsetree": func(a []string) answer {
		tree, err := tlog.ParseTree([]byte(a[0]))
		return unless(err, strconv.FormatInt(tree.N, 10), tree.Hash.String())
	},

	// message: id, text, rest
	"parserecord": func(a []string) answer {
		id, text, rest, err := tlog.ParseRecord([]byte(a[0]))
		return unless(err, strconv.FormatInt(id, 10), string(text), string(rest))
	},

	// path: height, level, number, width
	"parsetile": func(a []string) answer {
		tile, err := tlog.ParseTilePath(a[0])
		return unless(err, strconv.Itoa(tile.H), strconv.Itoa(tile.L),
			strconv.FormatInt(tile.N, 10), strconv.Itoa(tile.W))
	},

	// size, root, id, hash of the record, hashes of the proof
	"checkrecord": func(a []string) answer {
		return unless(tlog.CheckRecord(hashes(a[4:]), number(a[0]), hash(a[1]), number(a[2]), hash(a[3])))
	},

	// size, root, older size, older root, hashes of the proof
	"checktree": func(a []string) answer {
		return unless(tlog.CheckTree(hashes(a[4:]), number(a[0]), hash(a[1]), number(a[2]), hash(a[3])))
	},
}

func number(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		panic(err)
	}
	return n
}

func hash(text string) tlog.Hash {
	h, err := tlog.ParseHash(text)
	if err != nil {
		panic(err)
	}
	return h
}

func hashes(texts []string) []tlog.Hash {
	var all []tlog.Hash
	for _, text := range texts {
		all = append(all, hash(text))
	}
	return all
}
