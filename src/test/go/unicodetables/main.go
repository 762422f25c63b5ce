// Command unicodetables prints the two Unicode tables that module and file names need, as the go
// command itself sees them: "letters" (unicode.IsLetter) or "folds" (unicode.SimpleFold); or the
// "version" of Unicode. The tables are kept in src/main/resources/dev/modgate/verify/module:
//
//	go run . letters >letters.txt
//	go run . folds >folds.txt
package main

import (
	"fmt"
	"log"
	"os"
	"unicode"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: unicodetables letters | folds | version")
	}
	switch os.Args[1] {
	case "letters":
		letters()
	case "folds":
		folds()
	case "version":
		fmt.Println(unicode.Version)
	default:
		log.Fatal("no table ", os.Args[1])
	}
}

// letters prints ranges of letters beyond ASCII: first and last code point in hex, a range a line.
func letters() {
	first := rune(-1)
	for r := rune(0x80); r <= unicode.MaxRune+1; r++ {
		is := r <= unicode.MaxRune && unicode.IsLetter(r)
		if is && first < 0 {
			first = r
		}
		if !is && first >= 0 {
			fmt.Printf("%x %x\n", first, r-1)
			first = -1
		}
	}
}

// folds prints each code point beyond ASCII that has others in its orbit: itself and the least of
// the orbit, in hex.
func folds() {
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		least := r
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			least = min(least, f)
		}
		if unicode.SimpleFold(r) != r {
			fmt.Printf("%x %x\n", r, least)
		}
	}
}
