//! The style sheets: `style/app.css` for every page, `style/call.css` for the meeting.

use super::{Output, stamp, tools::Tools};
use crate::place;
use anyhow::Result;
use std::path::Path;

const ENTRIES: [&str; 2] = ["app", "call"];

/// Each sheet with everything it imports. Nothing is rewritten for older browsers: what a sheet says is what is sent.
pub fn build(repository: &Path, folder: &Path, tools: &Tools) -> Result<Vec<Output>> {
    let source = repository.join("style");
    let entries: Vec<&str> = ENTRIES.into_iter().filter(|name| source.join(format!("{name}.css")).exists()).collect();
    let inputs = place::files_below(&source)?;
    stamp::unless_unchanged(folder, &[&tools.versions], &inputs, || {
        if entries.is_empty() {
            return Ok(());
        }
        tools.esbuild(|command| {
            command.current_dir(&source).args(["--target=esnext", "--external:/assets/*", "--loader:.svg=dataurl"]);
            command.args(entries.iter().map(|name| format!("{name}.css")));
            command.arg(format!("--outdir={}", folder.display()));
        })
    })?;
    let named = entries.iter().map(|name| format!("{name}.css"));
    Ok(named.map(|name| Output::new(&name, folder.join(&name))).collect())
}
