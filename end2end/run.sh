#!/usr/bin/env bash
# Plays whole meetings in Chromium against the built binary and a real LiveKit server.
#   end2end/run.sh                every test of every change
#   end2end/run.sh all            the slow ones too
#   end2end/run.sh sign-in call   only these files of end2end/tests
set -euo pipefail
. "$(dirname "$0")/../scripts/lib.sh"

"$repository/scripts/setup-node.sh" end2end
VISAVIS_LIVEKIT_BIN="$("$repository/scripts/setup-livekit.sh")"
VISAVIS_CHROMIUM="$("$repository/scripts/setup-chromium.sh")"
VISAVIS_BIN="${VISAVIS_BIN:-${CARGO_TARGET_DIR:-$VISAVIS_CACHE/target}/debug/visavis}"
export VISAVIS_LIVEKIT_BIN VISAVIS_CHROMIUM VISAVIS_BIN
[ -x "$VISAVIS_BIN" ] || stop "There is no $VISAVIS_BIN yet: cargo build --package visavis-app"

cd "$repository/end2end"
files=()
if [ "${1:-}" = all ]; then
  export VISAVIS_END2END_ALL=1
  shift
fi
for name in "$@"; do files+=("tests/$name.test.mjs"); done
[ "${#files[@]}" -gt 0 ] || files=(tests/*.test.mjs)
# One after another: two cores decode and encode every picture themselves.
# A test that hangs must not hold up the others for ever.
exec node --test --test-timeout=300000 --test-concurrency=1 --test-reporter=spec "${files[@]}"
