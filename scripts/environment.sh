# shellcheck shell=bash
# Sets up what building needs, then sets the variables that building reads. Source it after lib.sh.

"$repository/scripts/setup-rust.sh"
"$repository/scripts/setup-node.sh" app/js
wasm_toolchain="$("$repository/scripts/setup-wasm.sh")"
export WASM_TOOLCHAIN="${wasm_toolchain#WASM_TOOLCHAIN=}"
WASM_OPT="$("$repository/scripts/setup-binaryen.sh")"
export WASM_OPT
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$VISAVIS_CACHE/target}"
cd "$repository"
