//! The scripts of `app/js`: one bundle per entry point, loaded by hashed URL when a page needs it.

use super::{Output, stamp, tools::Tools};
use crate::place;
use anyhow::Result;
use std::path::Path;

const ENTRIES: [&str; 3] = ["call", "devices", "page"];

/// Each entry point that exists, as one ES module.
pub fn build(repository: &Path, folder: &Path, tools: &Tools) -> Result<Vec<Output>> {
    let source = repository.join("app/js");
    let entries: Vec<&str> = ENTRIES.into_iter().filter(|name| source.join(format!("{name}.ts")).exists()).collect();
    // The lock file is among them and stands for what the packages contain.
    let inputs = place::files_below(&source)?;
    stamp::unless_unchanged(folder, &[&tools.versions], &inputs, || {
        if entries.is_empty() {
            return Ok(());
        }
        tools.esbuild(|command| {
            command.current_dir(&source).args(["--format=esm", "--target=es2022"]);
            command.args(entries.iter().map(|name| format!("{name}.ts")));
            command.arg(format!("--outdir={}", folder.display()));
        })
    })?;
    let named = entries.iter().map(|name| format!("{name}.js"));
    Ok(named.map(|name| Output::new(&name, folder.join(&name))).collect())
}
