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
play() {
  node --test --test-timeout=300000 --test-concurrency=1 --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=./support/failed.mjs --test-reporter-destination="$failed" "$@"
}
failed="$(mktemp)"
trap 'rm -f "$failed"' EXIT
status=0
play "${files[@]}" || status=$?
# What failed is tried once more by itself: one busy moment among two hundred meetings is no fault of the change. It is named all
# the same, as flaky, with its error: a test that is there often is to be mended. Many failures at once are not tried again.
if [ "$status" != 0 ]; then
  report="${VISAVIS_TEST_REPORT:-$failed.report}"
  cp "$failed" "$failed.first"
  trap 'rm -f "$failed" "$failed.first" "$failed.report"' EXIT
  if [ -s "$failed" ] && [ "$(wc -l <"$failed")" -le 3 ]; then
    status=0
    while read -r line; do
      mapfile -t test < <(node support/failed.mjs "$line")
      printf '\n== once more: %s\n' "${test[1]}"
      if play --test-name-pattern="${test[0]}" "${test[2]}" </dev/null; then
        node support/failed.mjs "$line" flaky >>"$report"
      else
        status=1
        node support/failed.mjs "$line" failed >>"$report"
      fi
    done <"$failed.first"
  else
    while read -r line; do node support/failed.mjs "$line" failed >>"$report"; done <"$failed.first"
  fi
  if [ -z "${VISAVIS_TEST_REPORT:-}" ]; then cat "$report"; fi
fi
exit "$status"
