// Rulesamples reads the rules of gitleaks (a TOML file, its one argument) and prints, for each rule with a regular
// expression, its name and texts that match it: a line each, words in base64. The texts are made out of the parsed
// expression, and each is held against Go's own regexp before it is printed. A rule for which none is found has no text.
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"regexp/syntax"
	"strings"
)

const (
	samples = 5
	tries   = 400
	most    = 40 // repetitions of what has no bound
)

func main() {
	file, err := os.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	id := ""
	for lines.Scan() {
		line := lines.Text()
		if line == "[[rules]]" {
			id = ""
		} else if value, ok := strings.CutPrefix(line, "id = "); ok && id == "" {
			id = strings.Trim(value, `"`)
		} else if value, ok := strings.CutPrefix(line, "regex = "); ok && id != "" {
			show(id, strings.Trim(value, "'"))
		}
	}
	if lines.Err() != nil {
		panic(lines.Err())
	}
}

func show(id, expression string) {
	words := []string{encoded(id)}
	whole := regexp.MustCompile(expression)
	parsed, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		panic(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for i := 0; i < tries && len(words) <= samples; i++ {
		var text strings.Builder
		write(&text, parsed, random)
		groups := whole.FindStringSubmatch(text.String())
		if groups == nil {
			continue
		}
		// As gitleaks does: the first group that is not empty is the secret, or else all of it.
		secret := groups[0]
		for _, group := range groups[1:] {
			if group != "" {
				secret = group
				break
			}
		}
		words = append(words, encoded(text.String())+":"+encoded(secret))
	}
	fmt.Println(strings.Join(words, " "))
}

func encoded(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

func write(text *strings.Builder, node *syntax.Regexp, random *rand.Rand) {
	switch node.Op {
	case syntax.OpLiteral:
		text.WriteString(string(node.Rune))
	case syntax.OpCharClass:
		text.WriteRune(one(node.Rune, random))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		text.WriteRune(one([]rune{'!', '~'}, random))
	case syntax.OpCapture, syntax.OpConcat:
		for _, sub := range node.Sub {
			write(text, sub, random)
		}
	case syntax.OpAlternate:
		write(text, node.Sub[random.IntN(len(node.Sub))], random)
	case syntax.OpStar:
		repeat(text, node, 0, -1, random)
	case syntax.OpPlus:
		repeat(text, node, 1, -1, random)
	case syntax.OpQuest:
		repeat(text, node, 0, 1, random)
	case syntax.OpRepeat:
		repeat(text, node, node.Min, node.Max, random)
	}
}

func repeat(text *strings.Builder, node *syntax.Regexp, min, max int, random *rand.Rand) {
	if max < 0 || max > min+most {
		max = min + most
	}
	for n := min + random.IntN(max-min+1); n > 0; n-- {
		write(text, node.Sub[0], random)
	}
}

// one of the class that is printable ASCII, if there is any
func one(ranges []rune, random *rand.Rand) rune {
	var members []rune
	for i := 0; i < len(ranges); i += 2 {
		for r := max(ranges[i], ' '); r <= min(ranges[i+1], '~'); r++ {
			members = append(members, r)
		}
	}
	if len(members) == 0 {
		return ranges[0]
	}
	return members[random.IntN(len(members))]
}
