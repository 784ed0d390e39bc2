#!/usr/bin/env bash
# Finds wasm-opt, which makes the meeting's WebAssembly smaller, and prints its path; prints nothing where there is none,
# for the meeting works without it.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

if [ -n "${WASM_OPT:-}" ]; then echo "$WASM_OPT"; exit 0; fi
if has wasm-opt; then command -v wasm-opt; exit 0; fi
if install_packages "wasm-opt makes the meeting smaller to load" binaryen && has wasm-opt; then command -v wasm-opt; exit 0; fi

# The same program from npm, as JavaScript: slower, no packages needed.
folder=deploy/tools/binaryen
if "$repository/scripts/setup-node.sh" "$folder" && [ -e "$repository/$folder/node_modules/.bin/wasm-opt" ]; then
  echo "$repository/$folder/node_modules/.bin/wasm-opt"
  exit 0
fi
say "wasm-opt could not be had from apt (package binaryen) or npm; the meeting will be heavier to load"
