#!/usr/bin/env bash
# setup-redis.sh           starts a Redis that keeps nothing, for the tests, and prints its URL
# setup-redis.sh stop URL  stops it and removes what it wrote
#
# A URL in VISAVIS_TEST_REDIS is taken as it is: that server is the user's, and the tests write to it under names of their own.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

running="$VISAVIS_CACHE/redis" # one file per server, named by its port
mkdir -p "$running"

# stop_server PORT
stop_server() {
  local folder number
  [ -e "$running/$1" ] || return 0
  read -r folder <"$running/$1"
  # The number alone could be another program's by now.
  if number="$(cat "$folder/redis.pid" 2>/dev/null)" && ps -p "$number" -o command= | grep -q "redis\|valkey"; then
    kill "$number" 2>/dev/null || true
  fi
  rm -rf "$folder"
  rm -f "$running/$1"
}

if [ "${1:-}" = stop ]; then
  port="${2##*:}"
  stop_server "${port%%/*}"
  exit 0
fi
if [ -n "${VISAVIS_TEST_REDIS:-}" ]; then echo "$VISAVIS_TEST_REDIS"; exit 0; fi

find_server() { command -v redis-server || command -v valkey-server; }
bin=$(find_server) || {
  install_packages "the tests run on Redis as well as without" redis-server && bin=$(find_server)
} || stop "The tests need Redis. Debian, Ubuntu: apt-get install redis-server; Fedora: dnf install valkey; macOS: brew install redis
Or name a server that is running: VISAVIS_TEST_REDIS=redis://host/0"

# What an interrupted run left behind.
find "$running" -type f -mmin +180 | while read -r file; do stop_server "$(basename "$file")"; done

port=$(free_port 63790 63860) || stop "no free port between 63790 and 63860 for the tests' Redis"
folder=$(mktemp -d "${TMPDIR:-/tmp}/visavis-redis.XXXXXX")
say "starting a Redis for the tests in $folder, on port $port"
printf '%s\n' "$folder" >"$running/$port"
"$bin" --port "$port" --bind 127.0.0.1 --save "" --appendonly no --dir "$folder" --daemonize yes \
  --pidfile "$folder/redis.pid" --logfile "$folder/redis.log" >&2 || stop "Redis did not start: $(tail -20 "$folder/redis.log")"
for _ in $(seq 100); do
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    echo "redis://127.0.0.1:$port/0"
    exit 0
  fi
  sleep 0.1
done
stop "Redis did not answer: $(tail -20 "$folder/redis.log")"
