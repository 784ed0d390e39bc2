//! Hashed names, compressed twins and the manifest that the server is built from.

use super::{Mode, Output, stamp::hex};
use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, fs, io::Write, path::Path, time::Duration};

/// Above this size development builds are compressed lightly: strong compression of an unoptimised module takes minutes.
const LARGE: usize = 1_500_000;

/// How long a replaced file stays: a server may just be built from the manifest that names it.
const GRACE: Duration = Duration::from_secs(3600);

/// Copies the files under their hashed names, each with a `.br` twin; removes what no page can name any more.
pub fn publish(outputs: &[Output], site: &Path, mode: Mode) -> Result<()> {
    fs::create_dir_all(site)?;
    let mut manifest = Map::new();
    let mut kept = BTreeSet::from(["manifest.json".to_owned()]);
    for output in outputs {
        let content = fs::read(&output.file).with_context(|| output.file.display().to_string())?;
        let name = hashed(&output.name, &content);
        let twin = format!("{name}.br");
        write_once(&site.join(&name), || Ok(content.clone()))?;
        write_once(&site.join(&twin), || {
            compress(&content, if mode == Mode::Dev && content.len() > LARGE { 4 } else { 11 })
        })?;
        let small = fs::metadata(site.join(&twin))?.len();
        eprintln!("{:>9} B {small:>8} B br  {}", content.len(), output.name);
        manifest.insert(
            output.name.clone(),
            json!({ "path": format!("/assets/{name}"), "file": name, "type": content_type(&output.name) }),
        );
        kept.extend([name, twin]);
    }
    let manifest = serde_json::to_string_pretty(&Value::Object(manifest))? + "\n";
    let file = site.join("manifest.json");
    // Untouched when nothing changed: the server is rebuilt when this file is newer.
    if !fs::read_to_string(&file).is_ok_and(|found| found == manifest) {
        write_whole(&file, manifest.as_bytes())?;
    }
    for entry in fs::read_dir(site)? {
        let entry = entry?;
        let old = entry.metadata()?.modified()?.elapsed().is_ok_and(|age| age > GRACE);
        if old && !kept.contains(&*entry.file_name().to_string_lossy()) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn hashed(name: &str, content: &[u8]) -> String {
    let hash = hex(&Sha256::digest(content)[..8]);
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{hash}.{extension}"),
        None => format!("{name}-{hash}"),
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

fn compress(content: &[u8], quality: u32) -> Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, quality, 24);
    writer.write_all(content)?;
    Ok(writer.into_inner())
}

fn write_once(file: &Path, content: impl FnOnce() -> Result<Vec<u8>>) -> Result<()> {
    if file.exists() {
        return Ok(());
    }
    write_whole(file, &content()?)
}

/// An interrupted run must not leave half a file under a name that says it is whole.
fn write_whole(file: &Path, content: &[u8]) -> Result<()> {
    let half = file.with_extension("part");
    fs::write(&half, content)?;
    fs::rename(&half, file)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_changes_with_its_content_and_keeps_its_ending() {
        let (one, two) = (hashed("call.js", b"1"), hashed("call.js", b"2"));
        assert_ne!(one, two);
        assert!(one.starts_with("call-") && one.ends_with(".js"), "{one}");
        assert_eq!(one.len(), "call-.js".len() + 16);
    }

    #[test]
    fn a_twin_unpacks_to_the_original() {
        let text = b"the same words, the same words, the same words".repeat(50);
        let small = compress(&text, 11).expect("memory");
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &small[..], &mut back).expect("valid");
        assert!(small.len() < text.len() / 10);
        assert_eq!(back, text);
    }
}
