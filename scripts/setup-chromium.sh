#!/usr/bin/env bash
# Finds Chromium or Chrome for the end-to-end tests and prints its path. Nothing is downloaded outside the package manager.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

find_browser() {
  if [ -n "${VISAVIS_CHROMIUM:-}" ]; then echo "$VISAVIS_CHROMIUM"; return 0; fi
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if has "$name"; then command -v "$name"; return 0; fi
  done
  for name in "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" /Applications/Chromium.app/Contents/MacOS/Chromium; do
    if [ -x "$name" ]; then echo "$name"; return 0; fi
  done
  return 1
}

find_browser && exit 0
install_packages "Chromium plays two people in a call in the end-to-end tests" chromium fonts-dejavu-core && find_browser && exit 0
stop "The end-to-end tests need Chromium or Chrome. Debian: apt-get install chromium; Fedora: dnf install chromium; macOS: brew install --cask chromium.
Or name the program in VISAVIS_CHROMIUM."
