//! The scripts of `app/js`: one bundle per entry point, loaded by hashed URL when a page needs it.

use super::{Output, model, stamp, tools::Tools};
use crate::place;
use anyhow::{Context, Result, ensure};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

const ENTRIES: [&str; 9] = ["backgrounds", "call", "devices", "host", "inside", "lobby", "page", "shims", "wait"];

/// What `backgrounds.ts` loads when somebody chooses a background, from the packages that `package.json` names: the file, and what we
/// call it. Every browser with WebRTC worth supporting has SIMD.
const VISION: [(&str, &str); 2] = [
    ("@mediapipe/tasks-vision/wasm/vision_wasm_internal.js", "vision.js"),
    ("@mediapipe/tasks-vision/wasm/vision_wasm_internal.wasm", "vision.wasm"),
];
/// Tells people from what is behind them; made for pictures that are wider than high.
const MODEL: (&str, &str) = ("@mediapipe/selfie_segmentation/selfie_segmentation_landscape.tflite", "segmenter.tflite");

/// What our calls do without, an eighth of the client library: file below its sources, and what stands in `left-out` for it.
const LEFT_OUT: [(&str, &str); 3] = [
    ("e2ee", "E2eeManager.ts"),
    ("room/data-track/incoming", "IncomingDataTrackManager.ts"),
    ("room/data-track/outgoing", "OutgoingDataTrackManager.ts"),
];

/// The client library from its sources: what its package holds ready made is compiled for browsers without WebRTC, an eighth
/// more to load. Its fields mean what they mean to its own compiler (target ES2015). Shims come as a script of their own.
fn from_source(command: &mut Command, library: &Path) {
    command
        .arg(format!("--alias:livekit-client={}", library.join("src/index.ts").display()))
        .arg("--alias:webrtc-adapter=./no-shims.ts")
        .arg(r#"--tsconfig-raw={"compilerOptions":{"useDefineForClassFields":false}}"#);
}

/// A copy of the client library's sources without what is left out.
fn library(source: &Path, folder: &Path) -> Result<PathBuf> {
    let (package, copy) = (source.join("node_modules/livekit-client"), folder.join("livekit-client"));
    if copy.exists() {
        std::fs::remove_dir_all(&copy)?;
    }
    for file in place::files_below(&package.join("src"))? {
        let to = copy.join("src").join(file.strip_prefix(package.join("src"))?);
        std::fs::create_dir_all(to.parent().context("a folder")?)?;
        std::fs::copy(&file, &to)?;
    }
    std::fs::copy(package.join("package.json"), copy.join("package.json"))?;
    for (below, name) in LEFT_OUT {
        let there = copy.join("src").join(below).join(name);
        ensure!(there.exists(), "the client library has no {below}/{name} any more: look at LEFT_OUT");
        std::fs::copy(source.join("left-out").join(name), there)?;
    }
    Ok(copy)
}

/// Each entry point that exists, as one ES module.
pub fn build(repository: &Path, folder: &Path, tools: &Tools) -> Result<Vec<Output>> {
    let source = repository.join("app/js");
    let entries: Vec<&str> = ENTRIES.into_iter().filter(|name| source.join(format!("{name}.ts")).exists()).collect();
    // The lock file is among them and stands for what the packages contain.
    let inputs = place::files_below(&source)?;
    stamp::unless_unchanged(folder, &[&tools.versions], &inputs, || {
        let library = library(&source, folder)?;
        for entry in &entries {
            tools.esbuild(|command| {
                command.current_dir(&source).env("NODE_PATH", source.join("node_modules"));
                command.args(["--format=esm", "--target=es2022"]);
                match *entry {
                    "call" => from_source(command, &library),
                    "backgrounds" => drop(command.arg("--alias:livekit-client=./left-out/livekit.ts")),
                    _ => {}
                }
                command.arg(format!("{entry}.ts")).arg(format!("--outdir={}", folder.display()));
            })?;
        }
        let (packaged, name) = MODEL;
        let described = model::described(&std::fs::read(source.join("node_modules").join(packaged))?)?;
        Ok(std::fs::write(folder.join(name), described)?)
    })?;
    let named = entries.iter().map(|name| format!("{name}.js")).chain([MODEL.1.to_owned()]);
    let made = named.map(|name| Output::new(&name, folder.join(&name)));
    let packaged = VISION.iter().map(|(packaged, name)| Output::new(name, source.join("node_modules").join(packaged)));
    Ok(made.chain(packaged).collect())
}
