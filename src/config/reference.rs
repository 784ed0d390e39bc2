//! The text of `docs/configuration.md`.

use std::fmt::Write;

use super::{
    SECTIONS,
    setting::{Fallback, Setting},
    unknown::NOT_OURS,
};

const INTRODUCTION: &str = "\
# Configuration

Made from the source by `visavis config --reference`; a test fails when it is stale.

Every setting can be given as a flag (`livekit.port` is `--livekit-port`), as an environment variable, or in a TOML file named by
`--config` or `VISAVIS_CONFIG` (`port = 7880` under `[livekit]`); the first of these that gives it wins. A list is written with commas,
in TOML also as a list. Settings marked † are secrets: they have no flag, and can also stand alone in a file that the same name with
`_FILE` (in TOML `_file`) names. Outside `--dev` a secret that could be guessed is refused. A name that is none of these, in the file or
with the prefix `VISAVIS_` in the environment, is an error. `visavis config` shows what holds, and why.
";

/// The reference of all settings, in Markdown.
pub fn reference() -> String {
    let mut text = INTRODUCTION.to_owned();
    for (title, settings) in SECTIONS {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n## {title}\n\n| setting | meaning | value | default |\n|---|---|---|---|\n");
        for setting in *settings {
            let _ = writeln!(text, "{}", row(setting));
        }
    }
    text.push_str("\n## Variables that are no settings\n\n| variable | who reads it |\n|---|---|\n");
    for (name, who) in NOT_OURS {
        let _ = writeln!(text, "| `{name}` | {who} |");
    }
    text
}

fn row(setting: &Setting) -> String {
    let default = match setting.fallback {
        Fallback::Off => String::new(),
        Fallback::Value(text) => format!("`{text}`"),
        Fallback::Told(text) => text.to_owned(),
    };
    let mark = if setting.is_secret() { " †" } else { "" };
    let (key, variable) = (setting.key, setting.variable());
    format!("| `{key}`{mark}<br>`{variable}` | {} | {} | {default} |", setting.meaning(), setting.kind)
}
