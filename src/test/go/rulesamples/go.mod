module modgate.test/rulesamples

go 1.26
