#!/usr/bin/env bash
# Builds the browser half (styles, scripts, WebAssembly) into the cache, from where the server embeds it. Takes --dev.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/environment.sh"
exec cargo run --quiet --package xtask -- web "$@"
