//! The browser half: WebAssembly, scripts, styles and public files, each hashed and compressed, with a manifest.
//!
//! Every part is skipped when what it is made from did not change, so a second run costs next to nothing.

mod model;
mod publish;
mod scripts;
mod stamp;
mod styles;
mod tools;
mod wasm;

use crate::place;
use anyhow::Result;
use std::{
    fs::{self, File},
    path::PathBuf,
    time::Instant,
};

/// How much work goes into small files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// What is shipped and tested.
    Release,
    /// Fast to build after an edit: nothing is optimised.
    Dev,
}

/// One file of the browser half before it gets its hashed name.
pub struct Output {
    /// The name the program knows it by, such as `meeting.js`.
    pub name: String,
    /// Where it lies now.
    pub file: PathBuf,
}

impl Output {
    fn new(name: &str, file: PathBuf) -> Self {
        Self { name: name.to_owned(), file }
    }
}

/// Builds everything into the site folder.
pub fn build(mode: Mode) -> Result<()> {
    let start = Instant::now();
    let repository = place::repository();
    let work = place::cache()?.join("web");
    fs::create_dir_all(&work)?;
    // Two at once would read each other's half-written files. Released when the process ends, however it ends.
    let lock = File::create(work.join(".lock"))?;
    if lock.try_lock().is_err() {
        eprintln!("waiting for another build of the browser half");
        lock.lock()?;
    }
    let tools = tools::Tools::find(&repository, mode)?;
    let mut outputs = wasm::build(&repository, &work.join("wasm"), &tools, mode)?;
    outputs.extend(scripts::build(&repository, &work.join("scripts"), &tools)?);
    outputs.extend(styles::build(&repository, &work.join("styles"), &tools)?);
    for file in place::files_below(&repository.join("public"))? {
        if let Some(name) = file.file_name().and_then(|name| name.to_str()) {
            outputs.push(Output::new(name, file.clone()));
        }
    }
    publish::publish(&outputs, &place::site()?, mode)?;
    eprintln!("browser half ready in {:.1} s", start.elapsed().as_secs_f32());
    Ok(())
}
