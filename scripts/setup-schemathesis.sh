#!/usr/bin/env bash
# Prints where schemathesis is, which makes requests up from an OpenAPI document. Installed from PyPI when it is not there.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

version=4.32.5
folder="$VISAVIS_CACHE/schemathesis-$version"

if [ ! -x "$folder/bin/schemathesis" ]; then
  has python3 || install_packages "schemathesis is written in it" python3 python3-venv || stop "python3 is needed for schemathesis"
  python3 -c 'import ensurepip' 2>/dev/null || install_packages "schemathesis lives in an environment of its own" python3-venv || stop "python3-venv is needed"
  say "installing schemathesis $version from PyPI"
  rm -rf "$folder.new"
  python3 -m venv "$folder.new"
  "$folder.new/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version" >&2
  # Scripts hold the path of their environment: made anew where it will stay.
  rm -rf "$folder"
  mv "$folder.new" "$folder"
  sed -i "1s|.*|#!$folder/bin/python3|" "$folder/bin/schemathesis"
fi
echo "$folder/bin/schemathesis"
