package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/tlog"
)

const database = "/sumdb/sum.golang.org/"

type recorder struct {
	files    string
	absent   string
	upstream string
	counts   *counts
	head     []byte // the signed note that every lookup on this tape carries
	tree     tlog.Tree
	locks    sync.Map // path to *sync.Mutex: one fetch of each at a time
	appends  sync.Mutex
}

func newRecorder(folder, upstream string) (*recorder, error) {
	r := &recorder{
		files: filepath.Join(folder, "files"), absent: filepath.Join(folder, "absent"),
		upstream: upstream, counts: newCounts(),
	}
	path := database + "latest"
	if _, err := os.Stat(r.file(path)); errors.Is(err, os.ErrNotExist) {
		status, body, err := r.ask(path)
		if err != nil {
			return nil, err
		}
		if status != http.StatusOK {
			return nil, fmt.Errorf("%s: status %d", path, status)
		}
		if err := write(r.file(path), body); err != nil {
			return nil, err
		}
	}
	var err error
	if r.head, err = os.ReadFile(r.file(path)); err != nil {
		return nil, err
	}
	r.tree, err = tlog.ParseTree(r.head)
	return r, err
}

func (r *recorder) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	path := request.URL.Path
	if !clean(path) {
		http.Error(w, "not a path of a mirror", http.StatusBadRequest)
		return
	}
	r.counts.asked(path)
	lock, _ := r.locks.LoadOrStore(path, &sync.Mutex{})
	lock.(*sync.Mutex).Lock()
	defer lock.(*sync.Mutex).Unlock()
	if _, err := os.Stat(r.file(path)); err == nil {
		send(w, request, r.file(path), link{})
		return
	}
	status, body, err := r.ask(request.URL.EscapedPath())
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	if status == http.StatusOK {
		if body, err = r.underHead(path, body); err == nil {
			err = write(r.file(path), body)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		send(w, request, r.file(path), link{})
		return
	}
	if status == http.StatusNotFound || status == http.StatusGone {
		r.remember(path)
	}
	w.WriteHeader(status)
	w.Write(body)
}

// The same record under this tape's head.
func (r *recorder) underHead(path string, body []byte) ([]byte, error) {
	if !strings.HasPrefix(path, database+"lookup/") {
		return body, nil
	}
	id, text, _, err := tlog.ParseRecord(body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if id >= r.tree.N {
		return nil, fmt.Errorf("%s: record %d is newer than the tape's head of %d", path, id, r.tree.N)
	}
	record, err := tlog.FormatRecord(id, text)
	return append(record, r.head...), err
}

func (r *recorder) ask(path string) (int, []byte, error) {
	answer, err := http.Get(r.upstream + path)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return answer.StatusCode, body, err
}

func (r *recorder) remember(path string) {
	r.appends.Lock()
	defer r.appends.Unlock()
	known, _ := os.ReadFile(r.absent)
	if !bytes.Contains(known, []byte(path+"\n")) {
		os.WriteFile(r.absent, append(known, path+"\n"...), 0o666)
	}
}

func (r *recorder) file(path string) string { return filepath.Join(r.files, filepath.FromSlash(path)) }

// Other readers see no file or the whole one.
func write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".tmp")
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err := errors.Join(err, file.Chmod(0o644), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
