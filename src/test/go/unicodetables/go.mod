module modgate.test/unicodetables

go 1.26
