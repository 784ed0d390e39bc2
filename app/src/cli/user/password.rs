//! Reads a password where nobody sees it: never from the command line, which other users of the machine can list.

use std::io::{BufRead, IsTerminal, Write};

use anyhow::{Context, bail};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

/// From the terminal, twice and without showing it; where there is none, the first line of standard input.
pub fn ask() -> anyhow::Result<String> {
    if !std::io::stdin().is_terminal() {
        return line();
    }
    let hidden = Hidden::begin()?;
    let first = prompt("New password: ")?;
    let second = prompt("Once more: ")?;
    drop(hidden);
    if first == second { Ok(first) } else { bail!("the two were not the same") }
}

fn prompt(text: &str) -> anyhow::Result<String> {
    let mut terminal = std::io::stderr();
    let _ = write!(terminal, "{text}").and_then(|()| terminal.flush());
    let typed = line();
    let _ = writeln!(terminal);
    typed
}

fn line() -> anyhow::Result<String> {
    let mut text = String::new();
    std::io::stdin().lock().read_line(&mut text).context("the password cannot be read")?;
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}

/// While it lives the terminal shows nothing of what is typed.
struct Hidden(Termios);

impl Hidden {
    fn begin() -> anyhow::Result<Self> {
        let before = tcgetattr(std::io::stdin()).context("the terminal cannot be asked to hide what is typed")?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO);
        tcsetattr(std::io::stdin(), OptionalActions::Flush, &quiet)?;
        Ok(Self(before))
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        // A terminal that went away needs no setting back.
        let _ = tcsetattr(std::io::stdin(), OptionalActions::Flush, &self.0);
    }
}
