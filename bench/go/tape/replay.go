package main

import (
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

type player struct {
	files  string
	absent map[string]bool
	link   link
	counts *counts
}

func newPlayer(folder string, link link) *player {
	p := &player{files: filepath.Join(folder, "files"), absent: map[string]bool{}, link: link, counts: newCounts()}
	known, _ := os.ReadFile(filepath.Join(folder, "absent"))
	for line := range strings.Lines(string(known)) {
		p.absent[strings.TrimSuffix(line, "\n")] = true
	}
	return p
}

func (p *player) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	asked := request.URL.Path
	if !clean(asked) {
		http.Error(w, "not a path of a mirror", http.StatusBadRequest)
		return
	}
	p.counts.asked(asked)
	file := filepath.Join(p.files, filepath.FromSlash(asked))
	if info, err := os.Stat(file); err != nil || info.IsDir() {
		if !p.absent[asked] {
			p.counts.hole(asked)
		}
		p.link.wait()
		http.Error(w, "not found: not on the tape", http.StatusNotFound)
		return
	}
	send(w, request, file, p.link)
}

func clean(asked string) bool {
	return strings.HasPrefix(asked, "/") && path.Clean(asked) == asked && !strings.Contains(asked, "/.")
}

func send(w http.ResponseWriter, request *http.Request, name string, link link) {
	file, err := os.Open(name)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	link.wait()
	w.Header().Set("Content-Type", contentType(request.URL.Path))
	w.Header().Set("Content-Length", strconv.FormatInt(info.Size(), 10))
	if request.Method == http.MethodHead {
		return
	}
	if link.isFree() {
		io.Copy(w, file)
		return
	}
	link.copy(w, file)
}

func contentType(asked string) string {
	switch {
	case strings.HasSuffix(asked, ".zip"):
		return "application/zip"
	case strings.HasSuffix(asked, ".info"), strings.HasSuffix(asked, "/@latest"):
		return "application/json"
	case strings.Contains(asked, "/tile/"):
		return "application/octet-stream"
	default:
		return "text/plain; charset=utf-8"
	}
}
