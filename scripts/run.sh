#!/usr/bin/env bash
# Sets up what is missing, builds what changed, and starts Visavis with its own LiveKit. Arguments go to `visavis serve`.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/environment.sh"

if [ -z "${VISAVIS_LIVEKIT_URL:-}${VISAVIS_LIVEKIT_INTERNAL_URL:-}" ] && [[ " $* " != *" --livekit-"*"url"* ]]; then
  VISAVIS_LIVEKIT_BIN="$(scripts/setup-livekit.sh)"
  export VISAVIS_LIVEKIT_BIN
fi
say "building the browser half"
cargo run --quiet --package xtask -- web
say "building the server"
cargo build --package visavis-app
say "starting; stop with Ctrl+C"
exec "$CARGO_TARGET_DIR/debug/visavis" serve "$@"
