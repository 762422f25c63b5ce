"""What bench/run is made of.

programs  child processes: their addresses, CPU time, memory and end
tools     nginx, wrk, and the Go programs of bench/go
tape      the recorded mirror
servers   the peers: how each is started, and what it can't do
load      clients; an answer that is not right is never counted
rows      what is measured
report    tables, targets, ratios; history: the committed ones; plot: pictures
selftest  that what must fail does fail
"""
