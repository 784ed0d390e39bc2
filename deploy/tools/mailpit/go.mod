module visavis.invalid/tools/mailpit

go 1.26

require github.com/axllent/mailpit v1.30.5
