// Command oracle says what golang.org/x/mod says. It reads a request a line from standard input and
// writes an answer a line to standard output, in the same order.
//
// A request is an operation and its arguments, each in standard base64, with one space between:
//
//	checkpath Z29sYW5nLm9yZy94L21vZA==
//
// An answer is "yes" and the results, in base64 too; "no" and the reason, where x/mod returns an
// error or false; or "fault" and the reason: a request that can't be understood, or a panic.
//
// Operations are in maps, one for each package of x/mod: see ops.
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"strings"
)

// An op answers one request. It takes exactly the arguments that its answer needs; a missing one is
// a panic, and so a fault.
type op func(args []string) answer

// An answer is what x/mod says: yes with results, or no with a reason.
type answer struct {
	word   string // yes, no or fault
	values []string
}

func yes(values ...string) answer { return answer{"yes", values} }

func no(reason any) answer { return answer{"no", []string{fmt.Sprint(reason)}} }

func fault(reason any) answer { return answer{"fault", []string{fmt.Sprint(reason)}} }

// unless is yes with the values, or no with the error.
func unless(err error, values ...string) answer {
	if err != nil {
		return no(err)
	}
	return yes(values...)
}

// when is yes or no.
func when(ok bool) answer {
	if !ok {
		return no("false")
	}
	return yes()
}

// ops is every operation by name.
func ops() map[string]op {
	all := map[string]op{}
	for _, some := range []map[string]op{moduleOps, semverOps, dirhashOps, logOps, zipOps, infoOps, sumdbOps} {
		maps.Copy(all, some)
	}
	return all
}

func main() {
	all := ops()
	in := bufio.NewReaderSize(os.Stdin, 1<<16)
	out := bufio.NewWriterSize(os.Stdout, 1<<16)
	for {
		line, err := in.ReadString('\n')
		if err == io.EOF && line == "" {
			break
		}
		if err != nil {
			log.Fatal("the last request has no end of line: ", err)
		}
		write(out, respond(all, strings.TrimSuffix(line, "\n")))
		if in.Buffered() == 0 {
			// Who asks one by one waits for the answer.
			if err := out.Flush(); err != nil {
				log.Fatal(err)
			}
		}
	}
}

func respond(all map[string]op, line string) (a answer) {
	defer func() {
		if r := recover(); r != nil {
			a = fault(r)
		}
	}()
	words := strings.Split(line, " ")
	run, ok := all[words[0]]
	if !ok {
		return fault("no operation " + words[0])
	}
	var args []string
	for _, word := range words[1:] {
		arg, err := base64.StdEncoding.Strict().DecodeString(word)
		if err != nil {
			return fault(err)
		}
		args = append(args, string(arg))
	}
	return run(args)
}

func write(out *bufio.Writer, a answer) {
	out.WriteString(a.word)
	for _, value := range a.values {
		out.WriteByte(' ')
		out.WriteString(base64.StdEncoding.EncodeToString([]byte(value)))
	}
	out.WriteByte('\n')
}
