#!/usr/bin/env bash
# Finds wasm-opt, which makes the meeting's WebAssembly smaller, and prints its path; prints nothing where there is none,
# for the meeting works without it.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

if [ -n "${WASM_OPT:-}" ]; then echo "$WASM_OPT"; exit 0; fi
# Older ones (Debian 12 has 108) write a module that Chromium refuses: they mix up the tables of reference types.
recent() { [ "$(wasm-opt --version 2>/dev/null | grep -o '[0-9]\+' | head -1)" -ge 120 ] 2>/dev/null; }
if has wasm-opt && recent; then command -v wasm-opt; exit 0; fi

# The same program from npm, as JavaScript.
folder=deploy/tools/binaryen
if "$repository/scripts/setup-node.sh" "$folder" && [ -e "$repository/$folder/node_modules/.bin/wasm-opt" ]; then
  echo "$repository/$folder/node_modules/.bin/wasm-opt"
  exit 0
fi
say "wasm-opt could not be had from npm (package binaryen), and none of version 120 or later is installed; the meeting will be heavier to load"
