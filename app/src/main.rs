//! The `visavis` binary: parse the command line, build the state, serve.

use std::process::ExitCode;

fn main() -> ExitCode {
    visavis_app::cli::main()
}
