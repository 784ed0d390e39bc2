#!/usr/bin/env bash
# Draws the pages and the meeting in Chromium, into end2end/out (or the folder that is named).
# The README shows docs/screenshots/call-2-1440-dark.png: copy it there when the call looks different.
set -euo pipefail
. "$(dirname "$0")/../scripts/lib.sh"

"$repository/scripts/setup-node.sh" end2end
VISAVIS_LIVEKIT_BIN="$("$repository/scripts/setup-livekit.sh")"
VISAVIS_CHROMIUM="$("$repository/scripts/setup-chromium.sh")"
VISAVIS_BIN="${VISAVIS_BIN:-${CARGO_TARGET_DIR:-$VISAVIS_CACHE/target}/debug/visavis}"
export VISAVIS_LIVEKIT_BIN VISAVIS_CHROMIUM VISAVIS_BIN
[ -x "$VISAVIS_BIN" ] || stop "There is no $VISAVIS_BIN yet: cargo build --package visavis-app"
exec node "$repository/end2end/screenshots.mjs" "${1:-$repository/end2end/out}"
