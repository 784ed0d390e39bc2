#!/usr/bin/env bash
# Everything that must hold before a change is taken, each step with its time. Fails when it takes over 75 minutes.
# test.sh all: also what is too slow for every change.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/step.sh"

postgres=""
redis=""
stop_servers() {
  if [ -n "$postgres" ]; then "$repository/scripts/setup-postgres.sh" stop "$postgres"; fi
  if [ -n "$redis" ]; then "$repository/scripts/setup-redis.sh" stop "$redis"; fi
  rm -f "$VISAVIS_TEST_REPORT"
}
VISAVIS_TEST_REPORT="$(mktemp)"
export VISAVIS_TEST_REPORT
trap stop_servers EXIT
trap 'exit 130' INT TERM

set_up() {
  . "$repository/scripts/environment.sh" || return
  "$repository/scripts/setup-node.sh" end2end || return
  VISAVIS_LIVEKIT_BIN="$(scripts/setup-livekit.sh)" || return
  VISAVIS_CHROMIUM="$(scripts/setup-chromium.sh)" || return
  VISAVIS_TEST_MAILPIT="$(scripts/setup-smtp.sh)" || return
  if [ -z "${VISAVIS_TEST_POSTGRES:-}" ]; then
    postgres="$(scripts/setup-postgres.sh)" || return
    export VISAVIS_TEST_POSTGRES="$postgres"
  fi
  if [ -z "${VISAVIS_TEST_REDIS:-}" ]; then
    redis="$(scripts/setup-redis.sh)" || return
    export VISAVIS_TEST_REDIS="$redis"
  fi
  export VISAVIS_LIVEKIT_BIN VISAVIS_CHROMIUM VISAVIS_TEST_MAILPIT
}

# The linter for the browser half, where its tool chain has one; the compiler's own checks otherwise.
check_browser_half() {
  local cargo=(cargo) what=(clippy)
  local settings=(--lib -p visavis-app --target wasm32-unknown-unknown --no-default-features --features hydrate --target-dir "$VISAVIS_CACHE/target-web")
  if [[ "$WASM_TOOLCHAIN" == */* ]]; then
    cargo=(env "RUSTC=$WASM_TOOLCHAIN/bin/rustc" "PATH=$WASM_TOOLCHAIN/bin:$PATH" "$WASM_TOOLCHAIN/bin/cargo")
    [ -x /usr/bin/clippy-driver ] || what=(check)
  elif [ -n "$WASM_TOOLCHAIN" ]; then
    cargo=(rustup run "$WASM_TOOLCHAIN" cargo)
    rustup run "$WASM_TOOLCHAIN" cargo-clippy --version >/dev/null 2>&1 || what=(check)
  fi
  if [ "${what[0]}" = clippy ]; then
    "${cargo[@]}" clippy "${settings[@]}" -- -D warnings
  else
    echo "no clippy for the browser half's compiler: cargo check instead"
    "${cargo[@]}" check "${settings[@]}"
  fi
}

# A command that is a function of this file knows no time limit; the whole has one.
step "set up" set_up || { finish; exit 1; }
step "formatting" cargo fmt --all --check || true
step "no unused translations" cargo run --quiet --package xtask -- locales || true
step "browser half" cargo run --quiet --package xtask -- web || { finish; exit 1; }
step "types of the scripts" app/js/node_modules/.bin/tsc -p app/js/types.json || true
step "lints" cargo clippy -p visavis -p visavis-app -p xtask --all-targets -- -D warnings || true
step "lints of the browser half" check_browser_half || true
step "unit, store and route tests on SQLite and PostgreSQL" cargo test --no-fail-fast -p visavis -p visavis-app -p xtask || true
if step "binary" cargo build -p visavis-app; then
  export VISAVIS_BIN="$CARGO_TARGET_DIR/debug/visavis"
  if [ -x end2end/run.sh ]; then
    step "end to end in Chromium, with weights" end2end/run.sh || true
  else
    skip "end to end" "end2end/run.sh does not exist yet"
  fi
fi
if [ -n "${VISAVIS_BIN:-}" ]; then
  step "made-up requests against a running server" scripts/fuzz.sh 50 || true
fi
if [ "${1:-}" = all ]; then
  if step "release binary" cargo build --release -p visavis-app && [ -x end2end/run.sh ]; then
    VISAVIS_BIN="$CARGO_TARGET_DIR/release/visavis" step "end to end, slow parts, with the release binary" end2end/run.sh all || true
  fi
fi
finish
