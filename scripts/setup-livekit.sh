#!/usr/bin/env bash
# Finds or builds LiveKit's server, which carries all sound and pictures, and prints the path of the program.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

version=1.13.5
program="$VISAVIS_CACHE/bin/livekit-server"

if [ -n "${VISAVIS_LIVEKIT_BIN:-}" ]; then echo "$VISAVIS_LIVEKIT_BIN"; exit 0; fi
if has livekit-server; then command -v livekit-server; exit 0; fi
if [ -x "$program" ]; then echo "$program"; exit 0; fi
mkdir -p "$VISAVIS_CACHE/bin"

# 1. The ordinary way: Homebrew, or the program of the release page.
if [ "$(uname)" = Darwin ] && has brew; then
  say "installing livekit $version with Homebrew, to carry sound and pictures"
  if brew install livekit >&2 && has livekit-server; then command -v livekit-server; exit 0; fi
fi
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) file="livekit_${version}_linux_amd64.tar.gz" ;;
  Linux-aarch64) file="livekit_${version}_linux_arm64.tar.gz" ;;
  *) file="" ;;
esac
if [ -n "$file" ] && has curl && has sha256sum; then
  page="https://github.com/livekit/livekit/releases/download/v$version"
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  say "fetching LiveKit $version from its release page, to carry sound and pictures"
  if curl -fsSL --connect-timeout 10 --max-time 300 -o "$work/$file" "$page/$file" &&
    curl -fsSL --connect-timeout 10 --max-time 60 -o "$work/sums" "$page/checksums.txt" &&
    (cd "$work" && grep " $file\$" sums | sha256sum -c - >/dev/null) &&
    tar -xzf "$work/$file" -C "$work" livekit-server; then
    install -m 755 "$work/livekit-server" "$program"
    echo "$program"
    exit 0
  fi
  say "the release page could not be reached, or its file was not what its checksum says"
fi

# 2. From source: Go verifies what it fetches against its own checksum database.
if has go; then
  say "building LiveKit $version with Go, once (about three minutes)"
  work=$(mktemp -d)
  if GOBIN="$work" GOFLAGS=-mod=mod go install "github.com/livekit/livekit-server/cmd/server@v$version" >&2; then
    install -m 755 "$work/server" "$program"
    rm -rf "$work"
    echo "$program"
    exit 0
  fi
  rm -rf "$work"
fi

stop "LiveKit's server $version could neither be found on PATH, fetched from its release page nor built with Go. Do one of these, then try again:
  put livekit-server on PATH (https://github.com/livekit/livekit/releases, or: brew install livekit), or name it in VISAVIS_LIVEKIT_BIN
  install Go 1.26 or newer (https://go.dev/dl) and let this script build it
  run it elsewhere, for example: docker run --net host livekit/livekit-server:v$version --dev
    and start Visavis with --livekit-url, --livekit-api-key and --livekit-api-secret"
