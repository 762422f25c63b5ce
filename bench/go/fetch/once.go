package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Which answers were not what they should be.
type findings struct {
	Right int      `json:"right"`
	Bytes int64    `json:"bytes"`
	Wrong []string `json:"wrong"`
}

// Asks for each path once; what comes is compared with the file of that path in the folder, if one is named.
func once(base, list, folder string, parallel int) (findings, error) {
	text, err := os.ReadFile(list)
	if err != nil {
		return findings{}, err
	}
	found := findings{Wrong: []string{}}
	var mu sync.Mutex
	var running sync.WaitGroup
	paths := make(chan string)
	for range parallel {
		running.Go(func() {
			for path := range paths {
				n, err := compare(base, path, folder)
				mu.Lock()
				if err != nil {
					found.Wrong = append(found.Wrong, fmt.Sprintf("%s: %s", path, err))
				} else {
					found.Right++
					found.Bytes += n
				}
				mu.Unlock()
			}
		})
	}
	for path := range strings.Lines(string(text)) {
		paths <- strings.TrimSuffix(path, "\n")
	}
	close(paths)
	running.Wait()
	return found, nil
}

func compare(base, path, folder string) (int64, error) {
	answer, err := http.Get(base + path)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err
	}
	if answer.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s", answer.Status)
	}
	if folder == "" {
		return int64(len(body)), nil
	}
	recorded, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(path)))
	if err != nil {
		return 0, err
	}
	if !bytes.Equal(means(path, body), means(path, recorded)) {
		return 0, fmt.Errorf("%d other bytes than the %d of the tape", len(body), len(recorded))
	}
	return int64(len(body)), nil
}

// A lookup may come with another signed head: what is compared is the record. An .info may be written otherwise: what is
// compared is the version and its time.
func means(path string, body []byte) []byte {
	if strings.HasSuffix(path, ".info") {
		var info struct {
			Version string
			Time    time.Time
		}
		if json.Unmarshal(body, &info) != nil {
			return body
		}
		return []byte(info.Version + " " + info.Time.UTC().String())
	}
	if strings.Contains(path, "/lookup/") {
		record, _, _ := bytes.Cut(body, []byte("\n\n"))
		return record
	}
	return body
}
