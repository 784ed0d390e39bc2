//! Embeds the browser half that `xtask web` built, so that the server is one file.
//!
//! Writes `OUT_DIR/assets.rs`: one `Asset` per entry of the site's `manifest.json`.

use std::{
    env,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

fn main() {
    for name in ["VISAVIS_SITE", "VISAVIS_CACHE", "XDG_CACHE_HOME"] {
        println!("cargo::rerun-if-env-changed={name}");
    }
    println!("cargo::rerun-if-changed=build.rs");
    if env::var_os("CARGO_FEATURE_SSR").is_none() {
        return;
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let code = match site() {
        Some(site) => {
            println!("cargo::rerun-if-changed={}", site.join("manifest.json").display());
            embed(&site, &out)
        }
        None => Err("neither VISAVIS_SITE, VISAVIS_CACHE nor HOME is set".to_owned()),
    };
    let code = code.unwrap_or_else(|problem| {
        let advice = "build it first: `cargo run -p xtask -- web`, or `make web`";
        if env::var("PROFILE").as_deref() == Ok("release") {
            println!("cargo::error=the browser half is missing ({problem}); {advice}");
        } else {
            println!("cargo::warning=pages will lack styles and scripts ({problem}); {advice}");
        }
        "&[]".to_owned()
    });
    fs::write(out.join("assets.rs"), code).expect("OUT_DIR is writable");
}

fn site() -> Option<PathBuf> {
    let folder = |name| env::var_os(name).map(PathBuf::from);
    folder("VISAVIS_SITE")
        .or_else(|| Some(folder("VISAVIS_CACHE")?.join("site")))
        .or_else(|| Some(folder("XDG_CACHE_HOME")?.join("visavis/site")))
        .or_else(|| Some(folder("HOME")?.join(".cache/visavis/site")))
}

/// A slice literal. The files are copied first: the next build of the browser half may replace them while this one of
/// the server still compiles.
fn embed(site: &Path, out: &Path) -> Result<String, String> {
    let manifest = site.join("manifest.json");
    let text = fs::read_to_string(&manifest).map_err(|error| format!("{}: {error}", manifest.display()))?;
    let manifest: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let mut code = "&[\n".to_owned();
    for (name, entry) in &manifest {
        let field = |field: &str| entry[field].as_str().ok_or_else(|| format!("{name} has no {field}"));
        let copy = |file: String| {
            let copy = out.join(&file);
            fs::copy(site.join(&file), &copy).map_err(|error| format!("{file}: {error}"))?;
            Ok::<_, String>(copy)
        };
        let file = copy(field("file")?.to_owned())?;
        let twin = copy(format!("{}.br", field("file")?))?;
        writeln!(
            code,
            "Asset {{ name: {name:?}, path: {:?}, content_type: {:?}, plain: include_bytes!({file:?}), brotli: include_bytes!({twin:?}) }},",
            field("path")?,
            field("type")?,
        )
        .map_err(|error| error.to_string())?;
    }
    Ok(code + "]")
}
