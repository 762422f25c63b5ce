package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A client of one connection that does as little as HTTP/1.1 needs: net/http would cost more than the server.
type client struct {
	address string // host:port
	conn    net.Conn
	in      *bufio.Reader
	asked   int // requests on this connection
	receive int // bytes of the system's buffer for what comes in; 0: as it likes
}

// No answer takes longer: a request that does is an error.
const patience = 60 * time.Second

type answer struct {
	status     int
	retryAfter bool
	body       int64
}

func newClient(base string) (*client, error) {
	parsed, err := url.Parse(base)
	if err != nil || parsed.Host == "" {
		return nil, fmt.Errorf("%q is no URL", base)
	}
	return &client{address: parsed.Host}, nil
}

func (c *client) open() error {
	if c.conn != nil {
		return nil
	}
	dialer := net.Dialer{Timeout: 10 * time.Second}
	if c.receive > 0 {
		dialer.Control = func(_, _ string, raw syscall.RawConn) error {
			var set error
			err := raw.Control(func(fd uintptr) {
				set = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, c.receive)
			})
			return errors.Join(err, set)
		}
	}
	conn, err := dialer.Dial("tcp", c.address)
	if err != nil {
		return err
	}
	c.conn, c.asked = conn, 0
	if c.in == nil {
		c.in = bufio.NewReaderSize(conn, 4096)
	} else {
		c.in.Reset(conn)
	}
	return nil
}

func (c *client) close() {
	if c.conn != nil {
		c.conn.Close()
		c.conn = nil
	}
}

// ask sends one request and reads all of its answer. The connection is opened if there is none, and closed after an error.
func (c *client) ask(method, path string) (answer, error) {
	if err := c.send(method, path); err != nil {
		return answer{}, err
	}
	a, length, err := c.head()
	if err == nil && method != "HEAD" {
		a.body, err = io.CopyN(io.Discard, c.in, length)
	}
	if err != nil {
		c.close()
	}
	return a, err
}

func (c *client) send(method, path string) error {
	if err := c.open(); err != nil {
		return err
	}
	c.asked++
	c.conn.SetDeadline(time.Now().Add(patience))
	_, err := c.conn.Write([]byte(method + " " + path + " HTTP/1.1\r\nHost: " + c.address + "\r\n\r\n"))
	if err != nil {
		c.close()
	}
	return err
}

var errFraming = errors.New("an answer that is none")

// head reads the head of an answer, and how many bytes follow.
func (c *client) head() (answer, int64, error) {
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return answer{}, 0, err
	}
	if len(line) < 12 || !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) {
		return answer{}, 0, errFraming
	}
	status, err := strconv.Atoi(string(line[9:12]))
	if err != nil {
		return answer{}, 0, errFraming
	}
	a, length, last := answer{status: status}, int64(0), false
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return a, 0, err
		}
		name, value, found := bytes.Cut(bytes.TrimSpace(line), []byte(":"))
		if !found {
			break
		}
		switch strings.ToLower(string(name)) {
		case "content-length":
			if length, err = strconv.ParseInt(string(bytes.TrimSpace(value)), 10, 64); err != nil {
				return a, 0, errFraming
			}
		case "retry-after":
			a.retryAfter = true
		case "connection":
			last = strings.EqualFold(string(bytes.TrimSpace(value)), "close")
		}
	}
	if last {
		return a, length, c.lastAnswer(length)
	}
	return a, length, nil
}

// lastAnswer makes the next request open a connection; the body of this answer is still to be read.
func (c *client) lastAnswer(length int64) error {
	body := make([]byte, length)
	if _, err := io.ReadFull(c.in, body); err != nil {
		return err
	}
	c.close()
	c.in.Reset(bytes.NewReader(body))
	return nil
}

// lines of a file, none of them empty.
func lines(file string) ([]string, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	found := strings.Fields(string(content))
	if len(found) == 0 {
		return nil, fmt.Errorf("%s is empty", file)
	}
	return found, nil
}
