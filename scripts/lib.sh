# shellcheck shell=bash
# What the set-up scripts share. They speak on standard error; standard output carries results.

VISAVIS_CACHE="${VISAVIS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/visavis}"
# Not exported: cargo would see a changed environment and build again what `cargo build` alone had built.
mkdir -p "$VISAVIS_CACHE"
# shellcheck disable=SC2034
repository="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

# Shells that read no profile (services, CI) often lack the usual places. Rustup's goes first, as rustup itself puts it:
# the cargo of /usr/bin may be Debian's, which setup-wasm.sh installs for the browser half alone.
case ":$PATH:" in
  *":$HOME/.cargo/bin:"*) ;;
  *) if [ -x "$HOME/.cargo/bin/cargo" ]; then PATH="$HOME/.cargo/bin:$PATH"; fi ;;
esac
case ":$PATH:" in
  *":/usr/local/go/bin:"*) ;;
  *) if [ -d /usr/local/go/bin ]; then PATH="$PATH:/usr/local/go/bin"; fi ;;
esac

has() { command -v "$1" >/dev/null 2>&1; }
say() { echo "   $*" >&2; }
stop() {
  echo "!! $*" >&2
  exit 1
}

# install_packages WHY PACKAGE…: with apt, as root or through sudo without a question. Fails where neither works.
install_packages() {
  local why="$1" sudo=""
  shift
  has apt-get || return 1
  if [ "$(id -u)" != 0 ]; then
    if has sudo && sudo -n true 2>/dev/null; then sudo="sudo -n"; else return 1; fi
  fi
  say "installing $* with apt: $why"
  local try
  for try in 1 2; do
    # shellcheck disable=SC2086
    if DEBIAN_FRONTEND=noninteractive $sudo apt-get -o DPkg::Lock::Timeout=300 install -y -q --no-install-recommends "$@" >&2; then return 0; fi
    # The lists may be old or, in a container, missing.
    [ "$try" = 1 ] && $sudo apt-get -o DPkg::Lock::Timeout=300 update -q >&2
  done
  return 1
}

# free_port FIRST LAST: a port of this machine on which nobody listens.
free_port() {
  local port
  for port in $(seq "$1" "$2"); do
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then echo "$port"; return 0; fi
  done
  return 1
}
