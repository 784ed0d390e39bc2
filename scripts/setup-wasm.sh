#!/usr/bin/env bash
# Makes Rust able to compile for the browser (wasm32-unknown-unknown): the meeting runs there as WebAssembly.
#
# In this order: what is there already; `rustup target add`; Debian's compiler with a standard library that we build
# once into the cache (nothing outside the cache is touched, except for installing Debian packages).
# Standard output carries only the result, for `eval`: WASM_TOOLCHAIN=<empty, or the folder of a tool chain>.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

target=wasm32-unknown-unknown
toolchain="$VISAVIS_CACHE/wasm-toolchain"

answer() {
  echo "WASM_TOOLCHAIN=${1-}"
  exit 0
}

# The user's own choice.
if [ -n "${WASM_TOOLCHAIN:-}" ]; then answer "$WASM_TOOLCHAIN"; fi

has_std() { compgen -G "$("$@" --print sysroot 2>/dev/null)/lib/rustlib/$target/lib/libstd-*.rlib" >/dev/null; }

# 1. The compiler on PATH knows the target already.
if has rustc && has_std rustc; then answer; fi

# 2. We built a tool chain earlier, with the compiler that is still installed.
debian_version() { /usr/bin/rustc --version 2>/dev/null || true; }
if [ -e "$toolchain/version" ] && [ "$(cat "$toolchain/version")" = "$(debian_version)" ]; then answer "$toolchain"; fi

# 3. The ordinary way.
if has rustup; then
  say "adding Rust's $target target with rustup, to compile the meeting for the browser"
  if timeout 300 rustup target add "$target" >&2 2>&1 && has_std rustc; then answer; fi
  say "rustup could not fetch it; trying Debian's compiler"
fi

# 4. Debian packages a recent compiler as rustc-web, with sources but without a standard library for the browser.
packages="rustc-web cargo-web rust-web-src lld-19"
if ! { [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && [ -x /usr/lib/llvm-19/bin/lld ] && compgen -G '/usr/src/rustc-*/library/std' >/dev/null; }; then
  # shellcheck disable=SC2086
  install_packages "a Rust compiler whose standard library can be built for the browser" $packages ||
    stop "Rust cannot compile for the browser here. Do one of these, then try again:
  rustup target add $target
  apt-get install $packages     (Debian 12)
or set WASM_TOOLCHAIN to a rustup tool chain that has the target."
fi

say "building Rust's standard library for the browser, once (one to three minutes)"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
: >"$work/src/lib.rs"
cat >"$work/Cargo.toml" <<'TOML'
[package]
name = "stdbuild"
version = "0.0.0"
edition = "2021"
[workspace]
[profile.release]
opt-level = "s"
TOML
(
  cd "$work"
  # The user's build settings are for the user's compiler.
  unset CARGO_TARGET_DIR CARGO RUSTUP_TOOLCHAIN RUSTFLAGS
  RUSTC=/usr/bin/rustc RUSTDOC=/usr/bin/rustdoc RUSTC_BOOTSTRAP=1 /usr/bin/cargo build -q -Zbuild-std=std,panic_abort \
    --release --target "$target" --target-dir "$work/target" >&2
)

# A tool chain folder as rustup expects one: Debian's programs, and a root that also holds the new library.
host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
new="$toolchain.new"
rm -rf "$new"
mkdir -p "$new/bin" "$new/lib/rustlib/$host/bin" "$new/lib/rustlib/$target/lib"
ln -s "/usr/lib/rustlib/$host/lib" "$new/lib/rustlib/$host/lib"
ln -s /usr/lib/llvm-19/bin/lld "$new/lib/rustlib/$host/bin/rust-lld"
cp "$work/target/$target/release/deps/"lib*.rlib "$new/lib/rustlib/$target/lib/"
rm -f "$new/lib/rustlib/$target/lib/"libstdbuild*
for program in cargo rustdoc cargo-clippy; do ln -s "/usr/bin/$program" "$new/bin/$program"; done
for program in rustc clippy-driver; do
  cat >"$new/bin/$program" <<SH
#!/bin/sh
# Debian's $program, with a standard library for the browser beside the usual one.
exec /usr/bin/$program --sysroot "$toolchain" "\$@"
SH
  chmod +x "$new/bin/$program"
done
debian_version >"$new/version"
rm -rf "$toolchain"
mv "$new" "$toolchain"
answer "$toolchain"
