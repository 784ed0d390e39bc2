//! The scripts of `app/js`: one bundle per entry point, loaded by hashed URL when a page needs it.

use super::{Output, stamp, tools::Tools};
use crate::place;
use anyhow::Result;
use std::path::Path;

const ENTRIES: [&str; 6] = ["call", "devices", "lobby", "page", "shims", "wait"];

/// The client library from its sources: what its package holds ready made is compiled for browsers without WebRTC, an eighth
/// more to load. Its fields mean what they mean to its own compiler (target ES2015). Shims come as a script of their own.
const FROM_SOURCE: [&str; 3] = [
    "--alias:livekit-client=./node_modules/livekit-client/src/index.ts",
    "--alias:webrtc-adapter=./no-shims.ts",
    r#"--tsconfig-raw={"compilerOptions":{"useDefineForClassFields":false}}"#,
];

/// Each entry point that exists, as one ES module.
pub fn build(repository: &Path, folder: &Path, tools: &Tools) -> Result<Vec<Output>> {
    let source = repository.join("app/js");
    let entries: Vec<&str> = ENTRIES.into_iter().filter(|name| source.join(format!("{name}.ts")).exists()).collect();
    // The lock file is among them and stands for what the packages contain.
    let inputs = place::files_below(&source)?;
    stamp::unless_unchanged(folder, &[&tools.versions], &inputs, || {
        for entry in &entries {
            tools.esbuild(|command| {
                command.current_dir(&source).args(["--format=esm", "--target=es2022"]);
                if *entry == "call" {
                    command.args(FROM_SOURCE);
                }
                command.arg(format!("{entry}.ts")).arg(format!("--outdir={}", folder.display()));
            })?;
        }
        Ok(())
    })?;
    let named = entries.iter().map(|name| format!("{name}.js"));
    Ok(named.map(|name| Output::new(&name, folder.join(&name))).collect())
}
