#!/usr/bin/env bash
# Finds or builds Mailpit, a mail server that keeps what it is given, for the tests; prints the path of the program.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

version=1.30.5
program="$VISAVIS_CACHE/bin/mailpit"

if [ -n "${VISAVIS_TEST_MAILPIT:-}" ]; then echo "$VISAVIS_TEST_MAILPIT"; exit 0; fi
if has mailpit; then command -v mailpit; exit 0; fi
if [ -x "$program" ]; then echo "$program"; exit 0; fi
mkdir -p "$VISAVIS_CACHE/bin"

# 1. The ordinary way. The release page has no checksums, so what it gives is not taken: Go verifies what it fetches.
if [ "$(uname)" = Darwin ] && has brew; then
  say "installing mailpit with Homebrew, to read the mails of the tests"
  if brew install mailpit >&2 && has mailpit; then command -v mailpit; exit 0; fi
fi

# 2. From source. Its web page is not in the module; the tests ask its API.
if has go; then
  say "building Mailpit $version with Go, once (one to two minutes)"
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  if (cd "$repository/deploy/tools/mailpit" && GOFLAGS=-mod=readonly go build -trimpath -o "$work/mailpit" github.com/axllent/mailpit) >&2; then
    install -m 755 "$work/mailpit" "$program"
    echo "$program"
    exit 0
  fi
fi

stop "Mailpit $version, which the tests send mails to, could neither be found on PATH nor built with Go. Do one of these, then try again:
  put mailpit on PATH (https://mailpit.axllent.org/docs/install/, or: brew install mailpit), or name it in VISAVIS_TEST_MAILPIT
  install Go 1.26 or newer (https://go.dev/dl) and let this script build it"
