//! The programs that others wrote: found, never fetched. The scripts of `scripts/` install them.

use super::Mode;
use anyhow::{Context, Result, bail, ensure};
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// Paths and versions of the programs.
pub struct Tools {
    /// Bundles and minifies scripts and styles.
    pub esbuild: PathBuf,
    /// Makes WebAssembly smaller; without it the meeting works and is heavier.
    pub wasm_opt: Option<PathBuf>,
    /// All versions as text: another version means another result.
    pub versions: String,
}

impl Tools {
    /// Looks where `scripts/setup-node.sh` and `scripts/setup-binaryen.sh` put them, then on PATH.
    pub fn find(repository: &Path, mode: Mode) -> Result<Self> {
        let local = repository.join("app/js/node_modules/.bin/esbuild");
        let esbuild = if local.exists() { Some(local) } else { on_path("esbuild") };
        let esbuild = esbuild.context("esbuild is missing: run scripts/setup-node.sh app/js")?;
        let wasm_opt = match mode {
            Mode::Dev => None,
            Mode::Release => wasm_opt(repository),
        };
        if mode == Mode::Release && wasm_opt.is_none() {
            eprintln!(
                "wasm-opt is missing, so the meeting gets heavier than it need be: run scripts/setup-binaryen.sh"
            );
        }
        let mut versions = version(&esbuild)?;
        if let Some(program) = &wasm_opt {
            versions += &version(program)?;
        }
        Ok(Self { esbuild, wasm_opt, versions })
    }

    /// Runs esbuild with what all our bundles have in common.
    pub fn esbuild(&self, arguments: impl FnOnce(&mut Command)) -> Result<()> {
        let mut command = Command::new(&self.esbuild);
        command.args(["--bundle", "--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning"]);
        arguments(&mut command);
        run(&mut command)
    }
}

/// Runs a program and fails when it does.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {command:?}"))?;
    ensure!(status.success(), "failed ({status}): {command:?}");
    Ok(())
}

/// The oldest Binaryen we trust; `scripts/setup-binaryen.sh` has the same number. Debian's 108 lets the export of the second
/// table name the first, and the meeting then dies as it starts.
const BINARYEN: u32 = 120;

/// The user's choice, what `scripts/setup-binaryen.sh` put there, or what is on PATH, unless it is too old.
fn wasm_opt(repository: &Path) -> Option<PathBuf> {
    if let Some(chosen) = env::var_os("WASM_OPT").filter(|path| !path.is_empty()) {
        return Some(PathBuf::from(chosen));
    }
    let local = repository.join("deploy/tools/binaryen/node_modules/.bin/wasm-opt");
    let new_enough = |path: &PathBuf| {
        let text = version(path).unwrap_or_default();
        text.split(' ').find_map(|word| word.trim().parse::<u32>().ok()).is_some_and(|number| number >= BINARYEN)
    };
    [Some(local).filter(|path| path.exists()), on_path("wasm-opt")].into_iter().flatten().find(new_enough)
}

fn on_path(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(program)).find(|path| path.is_file())
}

fn version(program: &Path) -> Result<String> {
    let output = Command::new(program)
        .arg("--version")
        .output()
        .with_context(|| format!("cannot start {}", program.display()))?;
    if !output.status.success() {
        bail!("{} --version failed", program.display());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
