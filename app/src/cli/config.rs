//! `visavis config`.

use std::process::ExitCode;

use clap::Args;
use visavis::config::{Settings, Shown, reference};

use super::{flags::Flags, say, wrong_settings};

/// How to print the settings.
#[derive(Debug, Args)]
pub struct Options {
    /// As JSON, for scripts.
    #[arg(long)]
    json: bool,
    /// Instead of what holds here, the text of docs/configuration.md.
    #[arg(long, conflicts_with = "json")]
    reference: bool,
}

/// Prints every setting with its value and where that comes from, then what is wrong with them.
pub fn run(flags: &Flags, options: &Options) -> ExitCode {
    if options.reference {
        say(reference().trim_end());
        return ExitCode::SUCCESS;
    }
    let mut source = flags.source().only_looking();
    let result = Settings::load(&mut source);
    let shown = source.shown();
    if options.json {
        say(&serde_json::to_string_pretty(&shown).unwrap_or_default());
    } else {
        shown.iter().for_each(|setting| say(&for_people(setting)));
    }
    match result {
        Ok(_) => ExitCode::SUCCESS,
        Err(problems) => wrong_settings(&problems),
    }
}

fn for_people(setting: &Shown) -> String {
    // A default that is told in words marks names as Markdown does.
    let value = setting.value.as_deref().map_or("(not set)".to_owned(), |value| value.replace('`', ""));
    let from = match (setting.origin, setting.default, &setting.file) {
        ("default", ..) => String::from("default"),
        (origin, default, file) => {
            let origin = match origin {
                "flag" => "from the command line",
                "environment" => "from the environment",
                "generated" => "made by us, kept in",
                _ => "from",
            };
            let file = file.as_ref().map_or(String::new(), |file| format!(" {file}"));
            let default = default.map_or(String::new(), |default| format!("; default: {}", default.replace('`', "")));
            format!("{origin}{file}{default}")
        }
    };
    format!("{} = {value}\n    {}\n    [{from}]", setting.variable, setting.meaning)
}
