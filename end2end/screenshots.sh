#!/usr/bin/env bash
# Draws the pages and the meeting in Chromium, into docs/screenshots, and lists the pictures there.
#   end2end/screenshots.sh                    everything (some minutes)
#   end2end/screenshots.sh /tmp/x pages ends  only these of end2end/pictures/states, into another folder
set -euo pipefail
. "$(dirname "$0")/../scripts/lib.sh"

"$repository/scripts/setup-node.sh" end2end
VISAVIS_LIVEKIT_BIN="$("$repository/scripts/setup-livekit.sh")"
VISAVIS_CHROMIUM="$("$repository/scripts/setup-chromium.sh")"
VISAVIS_BIN="${VISAVIS_BIN:-${CARGO_TARGET_DIR:-$VISAVIS_CACHE/target}/debug/visavis}"
export VISAVIS_LIVEKIT_BIN VISAVIS_CHROMIUM VISAVIS_BIN
[ -x "$VISAVIS_BIN" ] || stop "There is no $VISAVIS_BIN yet: cargo build --package visavis-app"
[ -e "$repository/app/js/node_modules/livekit-client" ] || stop "The crowd of the pictures joins with LiveKit's client: make web"
# Names in many scripts, and one face for the system's font wherever the pictures are made.
if has fc-list && [ -z "$(fc-list Inter)" ]; then
  install_packages "the pictures are drawn with it" fonts-inter fonts-droid-fallback fonts-noto-color-emoji || say "without the font Inter the pictures look different"
fi
export FONTCONFIG_FILE="$repository/end2end/pictures/fonts.conf"
folder="${1:-$repository/docs/screenshots}"
[ $# = 0 ] || shift
exec node "$repository/end2end/screenshots.mjs" "$folder" "$@"
