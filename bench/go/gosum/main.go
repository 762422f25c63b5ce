// Gosum proves the lines of a go.sum by golang.org/x/mod's client of the checksum database, as ./modgate verify does by
// its own: the same relay, as many lookups at once, and a folder that keeps what was proven.
//
//	gosum GO_SUM GOPROXY FOLDER
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb"
)

const (
	database = "sum.golang.org"
	// As the go command has it built in.
	key = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
	// As many as SumCheck.CONCURRENCY.
	concurrency = 32
)

// What a client keeps between runs, in a folder.
type ops struct {
	relay  string
	folder string
	config sync.Mutex
}

func (o *ops) ReadRemote(path string) ([]byte, error) {
	answer, err := http.Get(o.relay + "/sumdb/" + database + path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, answer.Status)
	}
	return io.ReadAll(answer.Body)
}

func (o *ops) ReadConfig(file string) ([]byte, error) {
	if file == "key" {
		return []byte(key), nil
	}
	data, err := os.ReadFile(filepath.Join(o.folder, "config", file))
	if errors.Is(err, os.ErrNotExist) {
		return []byte{}, nil
	}
	return data, err
}

func (o *ops) WriteConfig(file string, old, new []byte) error {
	o.config.Lock()
	defer o.config.Unlock()
	if now, err := o.ReadConfig(file); err != nil || !bytes.Equal(now, old) {
		return sumdb.ErrWriteConflict
	}
	return write(filepath.Join(o.folder, "config", file), new)
}

func (o *ops) ReadCache(file string) ([]byte, error) {
	return os.ReadFile(filepath.Join(o.folder, "cache", file))
}

func (o *ops) WriteCache(file string, data []byte) {
	if err := write(filepath.Join(o.folder, "cache", file), data); err != nil {
		log.Fatal(err)
	}
}

func (o *ops) Log(string)                   {}
func (o *ops) SecurityError(message string) { log.Fatal(message) }

// Other readers see the old file or the new one.
func write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".tmp")
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 4 {
		log.Fatal("usage: gosum GO_SUM GOPROXY FOLDER")
	}
	sums, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	client := sumdb.NewClient(&ops{relay: os.Args[2], folder: os.Args[3]})
	lines := strings.Split(strings.TrimSuffix(string(sums), "\n"), "\n")
	failed := make([]error, len(lines))
	var running sync.WaitGroup
	room := make(chan struct{}, concurrency)
	for i, line := range lines {
		running.Go(func() {
			room <- struct{}{}
			failed[i] = prove(client, line)
			<-room
		})
	}
	running.Wait()
	if err := errors.Join(failed...); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s: %d lines: %d proven\n", database, len(lines), len(lines))
}

func prove(client *sumdb.Client, line string) error {
	words := strings.Fields(line)
	if len(words) != 3 {
		return fmt.Errorf("not a line of a go.sum: %q", line)
	}
	logged, err := client.Lookup(words[0], words[1])
	if err == nil && !slices.Contains(logged, line) {
		err = fmt.Errorf("%s, but the log has %q", line, logged)
	}
	return err
}
