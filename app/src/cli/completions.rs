//! `visavis completions`.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Cli, say};

/// Prints what the shell reads to complete our commands.
pub fn print(shell: Shell) {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "visavis", &mut text);
    say(String::from_utf8_lossy(&text).trim_end());
}
