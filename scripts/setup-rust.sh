#!/usr/bin/env bash
# Checks for Rust 1.95 or newer: everything of ours is compiled with it. Says how to get it; rustup is the user's to install.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

wanted=95
if ! has cargo || ! has rustc; then
  stop "Rust 1.$wanted or newer is needed and cargo is not on PATH. Install it from https://rustup.rs (or add ~/.cargo/bin to PATH), then try again."
fi
minor=$(rustc --version | sed -n 's/^rustc 1\.\([0-9]*\).*/\1/p')
if [ "${minor:-0}" -lt "$wanted" ]; then
  stop "Rust 1.$wanted or newer is needed; found $(rustc --version). With rustup: rustup update stable"
fi
if ! has cc; then
  install_packages "a C compiler and linker, for SQLite and cryptography" gcc libc6-dev ||
    stop "A C compiler is needed (SQLite and cryptography are written in C). Debian, Ubuntu: apt-get install gcc libc6-dev; Fedora: dnf install gcc; macOS: xcode-select --install"
fi
