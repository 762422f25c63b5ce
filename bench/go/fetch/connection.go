package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"syscall"
	"unsafe"
)

// A connection to a proxy, kept alive as long as answers are right.
type connection struct {
	socket  *net.TCPConn
	raw     syscall.RawConn
	request []byte
	head    [16 << 10]byte
	nowhere []byte // where nothing is ever written: see discard
}

func dial(host, path string) (*connection, error) {
	socket, err := net.Dial("tcp", host)
	if err != nil {
		return nil, err
	}
	c := &connection{socket: socket.(*net.TCPConn), nowhere: make([]byte, 1<<20)}
	c.request = []byte("GET " + strings.ReplaceAll(path, "!", "%21") + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
	c.raw, err = c.socket.SyscallConn()
	return c, err
}

// Asks once. Returns the length of the body, all of which has come.
func (c *connection) get() (int64, error) {
	if _, err := c.socket.Write(c.request); err != nil {
		return 0, err
	}
	n, end := 0, -1
	for end < 0 {
		more, err := c.socket.Read(c.head[n:])
		if err != nil {
			return 0, fmt.Errorf("before the end of the head: %w", err)
		}
		n += more
		end = bytes.Index(c.head[:n], []byte("\r\n\r\n"))
		if end < 0 && n == len(c.head) {
			return 0, errors.New("the head is too long")
		}
	}
	length, err := promised(c.head[:end+4])
	if err != nil {
		return 0, err
	}
	rest := length - int64(n-end-4)
	if rest < 0 {
		return 0, errors.New("more bytes came than were promised")
	}
	return length, c.discard(rest)
}

// The length of the body by its head.
func promised(head []byte) (int64, error) {
	status, rest, _ := strings.Cut(string(head), "\r\n")
	if words := strings.SplitN(status, " ", 3); len(words) < 2 || words[1] != "200" {
		return 0, fmt.Errorf("the answer is %q", status)
	}
	fields, err := textproto.NewReader(bufio.NewReader(strings.NewReader(rest))).ReadMIMEHeader()
	if err != nil {
		return 0, err
	}
	length, err := strconv.ParseInt(fields.Get("Content-Length"), 10, 64)
	if err != nil || length < 0 {
		return 0, errors.New("the answer does not say its length")
	}
	return length, nil
}

// Takes n bytes off the socket without copying them: MSG_TRUNC, see tcp(7).
func (c *connection) discard(n int64) error {
	for n > 0 {
		var got uintptr
		var errno syscall.Errno
		err := c.raw.Read(func(fd uintptr) bool {
			got, _, errno = syscall.Syscall6(syscall.SYS_RECVFROM, fd, uintptr(unsafe.Pointer(&c.nowhere[0])),
				uintptr(min(n, int64(len(c.nowhere)))), syscall.MSG_TRUNC|syscall.MSG_DONTWAIT, 0, 0)
			return errno != syscall.EAGAIN
		})
		switch {
		case err != nil:
			return err
		case errno == syscall.EINTR:
			continue
		case errno != 0:
			return errno
		case got == 0:
			return fmt.Errorf("%d bytes before the end: %w", n, io.ErrUnexpectedEOF)
		}
		n -= int64(got)
	}
	return nil
}
