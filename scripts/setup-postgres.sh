#!/usr/bin/env bash
# setup-postgres.sh         starts a PostgreSQL that forgets everything, for the tests, and prints its URL
# setup-postgres.sh stop URL  stops it and removes what it wrote
# setup-postgres.sh durable   starts another one that keeps what it has acknowledged, for tests that do the following to it:
# setup-postgres.sh halt URL    kills it
# setup-postgres.sh resume URL  starts it again, over the same data
#
# A URL in VISAVIS_TEST_POSTGRES is taken as it is: that server is the user's.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

running="$VISAVIS_CACHE/postgres" # one file per server, named by its port
mkdir -p "$running"

# PostgreSQL refuses to run as root; Debian's package brings the user `postgres`.
as_owner() {
  if [ "$(id -u)" != 0 ]; then "$@"; else setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; fi
}

# stop_server PORT
stop_server() {
  local folder bin
  [ -e "$running/$1" ] || return 0
  { read -r folder; read -r bin; } <"$running/$1"
  if [ -d "$folder" ]; then
    (cd / && as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate -s stop) || true
    rm -rf "$folder"
  fi
  rm -f "$running/$1"
}

if [ "${1:-}" = stop ]; then
  port="${2##*:}"
  stop_server "${port%%/*}"
  exit 0
fi

# start_server PORT FOLDER BIN DURABLE
start_server() {
  # Nothing here has to survive a power cut.
  (cd / && as_owner "$3/pg_ctl" -D "$2/data" -l "$2/data/server.log" -s -w -t 60 start -o "-p $1 -k $2 \
    -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=$4 -c full_page_writes=off -c max_connections=300") >&2 ||
    stop "PostgreSQL did not start: $(tail -20 "$2/data/server.log")"
}

if [ "${1:-}" = halt ] || [ "${1:-}" = resume ]; then
  port="${2##*:}"
  port="${port%%/*}"
  { read -r folder; read -r bin; } <"$running/$port"
  if [ "$1" = halt ]; then
    (cd / && as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate -s stop)
  else
    start_server "$port" "$folder" "$bin" on
  fi
  exit 0
fi
if [ "${1:-}" != durable ] && [ -n "${VISAVIS_TEST_POSTGRES:-}" ]; then echo "$VISAVIS_TEST_POSTGRES"; exit 0; fi

find_server() {
  local folder
  if has initdb && has pg_ctl; then dirname "$(command -v initdb)"; return 0; fi
  for folder in $(compgen -G '/usr/lib/postgresql/*/bin' | sort -rV) /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then echo "$folder"; return 0; fi
  done
  return 1
}

bin=$(find_server) || {
  install_packages "the tests run on PostgreSQL as well as on SQLite" postgresql && bin=$(find_server)
} || stop "The tests need PostgreSQL's server programs. Debian, Ubuntu: apt-get install postgresql; Fedora: dnf install postgresql-server; macOS: brew install postgresql
Or name a server whose user may create databases: VISAVIS_TEST_POSTGRES=postgres://user:password@host/database"

# What an interrupted run left behind.
find "$running" -type f -mmin +180 | while read -r file; do stop_server "$(basename "$file")"; done

port=$(free_port 54329 54399) || stop "no free port between 54329 and 54399 for the tests' PostgreSQL"
# Not in the cache: its folder is often closed to the user that PostgreSQL runs as.
folder=$(mktemp -d "${TMPDIR:-/tmp}/visavis-postgres.XXXXXX")
if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
cd /
say "starting a PostgreSQL for the tests in $folder, on port $port"
as_owner "$bin/initdb" -D "$folder/data" -U visavis -A trust -E UTF8 --locale=C --no-sync >"$folder/initdb.log" ||
  stop "initdb failed: $(cat "$folder/initdb.log")"
printf '%s\n' "$folder" "$bin" >"$running/$port"
if [ "${1:-}" = durable ]; then start_server "$port" "$folder" "$bin" on; else start_server "$port" "$folder" "$bin" off; fi
echo "postgres://visavis@127.0.0.1:$port/postgres"
