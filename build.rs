//! Turns `locales/<language>/<namespace>.json` into plain functions, and refuses to build when the languages disagree.
#[path = "build/locales.rs"]
mod locales;

fn main() {
    // Each file by its name: cargo's look into folders was seen to miss changes.
    locales::files(std::path::Path::new("locales"))
        .for_each(|file| println!("cargo::rerun-if-changed={}", file.display()));
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=migrations");
    let out = std::path::PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    match locales::generate(std::path::Path::new("locales")) {
        Ok(code) => std::fs::write(out.join("locales.rs"), code).expect("OUT_DIR is writable"),
        Err(problems) => {
            for problem in problems {
                println!("cargo::error={problem}");
            }
        }
    }
}
