//! The meeting island: compiled by cargo, made callable by wasm-bindgen, shrunk by wasm-opt, its glue bundled by esbuild.

use super::{
    Mode, Output, stamp,
    tools::{Tools, run},
};
use crate::place;
use anyhow::Result;
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// What the compiler may use because every browser with WebRTC worth supporting has it; nothing newer.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-reference-types",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-multivalue",
];

/// `meeting.js` and `meeting_bg.wasm`.
pub fn build(repository: &Path, folder: &Path, tools: &Tools, mode: Mode) -> Result<Vec<Output>> {
    let compiled = compile(repository, mode)?;
    let words = [tools.versions.as_str(), if mode == Mode::Dev { "dev" } else { "release" }];
    let glue = folder.join("meeting.js");
    let wasm = folder.join("bindgen/meeting_bg.wasm");
    stamp::unless_unchanged(folder, &words, std::slice::from_ref(&compiled), || {
        Bindgen::new()
            .input_path(&compiled)
            .web(true)?
            .typescript(false)
            // The page says where the file lies, because its name carries a hash.
            .omit_default_module_path(true)
            .remove_name_section(mode == Mode::Release)
            .remove_producers_section(true)
            .out_name("meeting")
            .generate(folder.join("bindgen"))?;
        if let Some(program) = &tools.wasm_opt {
            run(Command::new(program).arg("-Oz").args(FEATURES).arg(&wasm).arg("-o").arg(&wasm))?;
        }
        // The glue may import snippets; in one file they need no names of their own.
        tools.esbuild(|command| {
            // wasm-bindgen names a snippet once for each of its uses.
            command.args(["--format=esm", "--target=es2022", "--log-override:duplicate-object-key=silent"]);
            command.arg(folder.join("bindgen/meeting.js")).arg(format!("--outfile={}", glue.display()));
        })
    })?;
    Ok(vec![Output::new("meeting.js", glue), Output::new("meeting_bg.wasm", wasm)])
}

/// Always asks cargo: it knows best what changed.
fn compile(repository: &Path, mode: Mode) -> Result<PathBuf> {
    let (profile, folder) = match mode {
        Mode::Release => ("wasm-release", "wasm-release"),
        Mode::Dev => ("dev", "debug"),
    };
    let target = place::cache()?.join("target-web");
    let mut command = cargo();
    command
        .current_dir(repository)
        .args([
            "build",
            "--lib",
            "--package",
            "visavis-app",
            "--target",
            TARGET,
            "--no-default-features",
            "--features",
            "hydrate",
        ])
        .args(["--profile", profile, "--target-dir"])
        .arg(&target);
    if mode == Mode::Release {
        // Views as trait objects: half the code, for a dozen views that change a few times a second.
        command.env("RUSTFLAGS", "--cfg erase_components");
    }
    run(&mut command)?;
    Ok(target.join(TARGET).join(folder).join("visavis_app.wasm"))
}

/// The cargo that can compile for the browser. `WASM_TOOLCHAIN` is a rustup tool chain or the folder of one
/// (`scripts/setup-wasm.sh`); without it, the usual cargo.
fn cargo() -> Command {
    let chosen = env::var("WASM_TOOLCHAIN").unwrap_or_default();
    let mut command = if chosen.contains('/') {
        let mut command = Command::new(format!("{chosen}/bin/cargo"));
        command.env("RUSTC", format!("{chosen}/bin/rustc"));
        command
    } else if chosen.is_empty() {
        Command::new("cargo")
    } else {
        let mut command = Command::new("rustup");
        command.args(["run", &chosen, "cargo"]);
        command
    };
    // What the cargo that runs this helper left in the environment is meant for its own compiler.
    for variable in ["CARGO", "RUSTDOC", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
        command.env_remove(variable);
    }
    if !chosen.is_empty() {
        command.env_remove("RUSTUP_TOOLCHAIN");
        if !chosen.contains('/') {
            command.env_remove("RUSTC");
        }
    }
    command
}
