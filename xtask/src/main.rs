//! The project's own build helper. `cargo run -p xtask -- help` lists what it can do.
#![expect(clippy::print_stderr, reason = "a command line tool speaks to its terminal")]

mod locales;
mod place;
mod web;

use anyhow::{Result, bail};

const HELP: &str = "\
xtask web [--dev]   build the browser half into $VISAVIS_CACHE/site (--dev: fast to build, large)
xtask locales       fail when a translation is used nowhere";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["web"] => web::build(web::Mode::Release),
        ["web", "--dev"] => web::build(web::Mode::Dev),
        ["locales"] => locales::check(),
        ["help" | "--help"] | [] => {
            eprintln!("{HELP}");
            Ok(())
        }
        _ => bail!("unknown: {}\n{HELP}", arguments.join(" ")),
    }
}
