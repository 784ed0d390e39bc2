#!/usr/bin/env bash
# fuzz.sh [SECONDS]: starts a server of its own and asks it what schemathesis makes up from its openapi.json, half of the time as a
# stranger, half as somebody signed in. No answer may be a fault of ours (5xx), and none may differ from what the document says.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

seconds="${1:-50}"
half=$((seconds / 2))
: "${VISAVIS_BIN:?names the program to be tested}"
schemathesis="$("$repository/scripts/setup-schemathesis.sh")"
livekit="${VISAVIS_LIVEKIT_BIN:-$("$repository/scripts/setup-livekit.sh")}"

VISAVIS_BIN="$(realpath "$VISAVIS_BIN")"
folder="$(mktemp -d)"
# schemathesis keeps notes where it runs.
cd "$folder"
server=""
clean_up() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# Five ports that nobody uses now.
read -r port api tcp udp turn < <(python3 - <<'PYTHON'
import socket
sockets = [socket.socket() for _ in range(5)]
for each in sockets:
    each.bind(("127.0.0.1", 0))
print(*(each.getsockname()[1] for each in sockets))
PYTHON
)
origin="http://127.0.0.1:$port"

# Nothing of the surrounding environment's settings; limits far away, or most answers would be 429.
clean=(env -i "PATH=$PATH" "HOME=$HOME" "$VISAVIS_BIN")
settings=(--data-dir "$folder/data" --listen "127.0.0.1:$port" --public-url "$origin" --log warn --rate-factor 1000
  --livekit-bin "$livekit" --livekit-node-ip 127.0.0.1 --livekit-port "$api" --livekit-tcp-port "$tcp" --livekit-udp-port "$udp"
  --livekit-turn-port "$turn")

"${clean[@]}" serve "${settings[@]}" >"$folder/out" 2>"$folder/log" &
server=$!
for _ in $(seq 150); do
  curl --silent --fail --output /dev/null "$origin/healthz" && break
  kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; stop "the server does not start"; }
  sleep 0.2
done

"${clean[@]}" user add fuzz@example.org --name Fuzz "${settings[@]}" >/dev/null
link="$("${clean[@]}" user link fuzz@example.org "${settings[@]}" | grep -o 'http[^ ]*/link/[A-Za-z0-9_-]*')"
jar="$folder/jar"
curl --silent --fail --output /dev/null --cookie-jar "$jar" --data "" "$link"
cookie() { awk -v name="$1" '$6 == name { print $7 }' "$jar"; }
session="$(cookie sessionid)"
token="$(cookie csrftoken)"
[ -n "$session" ] && [ -n "$token" ] || stop "signing in by link set no cookies"

# run NAME ARGUMENT…
run() {
  local name="$1"
  shift
  say "$name, $half s"
  "$schemathesis" run "$origin/api/v1.0/openapi.json" --max-time "$half" --max-examples 100000 --request-timeout 10 --no-color \
    --continue-on-failure --warnings off --generation-with-security-parameters false --generation-database none --report-dir "$folder" \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance,unsupported_method \
    "$@"
}

status=0
run "as a stranger" || status=$?
run "signed in" -H "Cookie: sessionid=$session; csrftoken=$token" -H "X-CSRFToken: $token" \
  --report ndjson --report-ndjson-path "$folder/signed-in.ndjson" || status=$?
# A fault that only the log knows of.
if grep -E '^[^ ]+ +ERROR|panicked' "$folder/log" >&2; then
  say "the log tells of faults"
  status=1
fi
# Requests that never come past the door would find nothing.
made="$(grep -c '"status_code": *201' "$folder/signed-in.ndjson")" || made=0
say "$made times something was made"
[ "$made" -gt 0 ] || status=1
exit "$status"
