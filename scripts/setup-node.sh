#!/usr/bin/env bash
# setup-node.sh FOLDER…: installs what FOLDER/package-lock.json names (app/js: esbuild and the LiveKit client;
# end2end: the browser driver), once per lock file, into the cache. FOLDER/node_modules becomes a link to it.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

if ! has node || ! has npm; then
  install_packages "Node.js bundles scripts and styles and drives the end-to-end tests" nodejs npm ||
    stop "Node.js 20 or newer and npm are needed: install them from https://nodejs.org or with your package manager (packages nodejs npm)."
fi

for folder in "$@"; do
  lock="$repository/$folder/package-lock.json"
  hash=$(cat "$repository/$folder/package.json" "$lock" | sha256sum | cut -c1-16)
  installed="$VISAVIS_CACHE/node/$hash"
  if [ ! -e "$installed/.done" ]; then
    say "installing the packages of $folder/package-lock.json with npm"
    rm -rf "$installed"
    mkdir -p "$installed"
    cp "$repository/$folder/package.json" "$lock" "$installed/"
    # No package's own script runs: none of ours needs one.
    (cd "$installed" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2) ||
      stop "npm could not install the packages of $folder. With a connection to the npm registry, run: cd $installed && npm ci"
    touch "$installed/.done"
  fi
  link="$repository/$folder/node_modules"
  if [ "$(readlink "$link" 2>/dev/null)" != "$installed/node_modules" ]; then
    rm -rf "$link"
    ln -s "$installed/node_modules" "$link"
  fi
done
