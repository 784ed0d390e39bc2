# shellcheck shell=bash
# Sets up what building needs, then sets the variables that building reads. Source it after lib.sh.
# shellcheck disable=SC2154  # `repository` is set there

"$repository/scripts/setup-rust.sh" || return
"$repository/scripts/setup-node.sh" app/js || return
WASM_TOOLCHAIN="$("$repository/scripts/setup-wasm.sh")" || return
WASM_TOOLCHAIN="${WASM_TOOLCHAIN#WASM_TOOLCHAIN=}"
WASM_OPT="$("$repository/scripts/setup-binaryen.sh")" || return
CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$VISAVIS_CACHE/target}"
export WASM_TOOLCHAIN WASM_OPT CARGO_TARGET_DIR
cd "$repository" || return
