//! Every setting that is no secret is also a flag. (A secret on the command line could be read by everybody on the machine.)

use std::{collections::BTreeMap, path::PathBuf};

use clap::{Arg, ArgMatches, Command, error::Error};
use visavis::config::{Fallback, Setting, Source, every};

/// What the command line says about settings.
#[derive(Debug, Default)]
pub struct Flags {
    config: Option<PathBuf>,
    given: BTreeMap<String, String>,
}

impl Flags {
    /// Flags, environment and file, in that order.
    pub fn source(&self) -> Source {
        let env = std::env::vars_os().filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?)));
        let mut source = Source::new(self.given.clone(), env);
        if let Some(path) = &self.config {
            source = source.with_file(path);
        }
        source
    }
}

fn flags() -> impl Iterator<Item = &'static Setting> {
    every().filter(|setting| !setting.is_secret())
}

fn flag(setting: &Setting) -> Arg {
    let default = match setting.fallback {
        Fallback::Value(text) => format!(" [default: {text}]"),
        Fallback::Off | Fallback::Told(_) => String::new(),
    };
    let arg = Arg::new(setting.key)
        .long(setting.flag())
        .global(true)
        .hide(!setting.in_help)
        .help_heading("Settings (all of them: visavis config)")
        .help(format!("{} [env: {}]{default}", setting.meaning().trim_end_matches('.'), setting.variable()));
    if setting.is_switch() {
        return arg.num_args(0..=1).require_equals(true).default_missing_value("true").value_name("true|false");
    }
    arg.value_name("VALUE")
}

impl clap::Args for Flags {
    fn augment_args(command: Command) -> Command {
        let config = Arg::new("config_file")
            .long("config")
            .global(true)
            .env("VISAVIS_CONFIG")
            .hide_env(true)
            .value_name("FILE")
            .value_parser(clap::value_parser!(PathBuf))
            .help_heading("Settings (all of them: visavis config)")
            .help("A TOML file of settings [env: VISAVIS_CONFIG]");
        command.arg(config).args(flags().map(flag))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl clap::FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut flags = Self::default();
        flags.update_from_arg_matches(matches)?;
        Ok(flags)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.config = matches.get_one::<PathBuf>("config_file").cloned();
        let given = flags()
            .filter_map(|setting| Some((setting.key.to_owned(), matches.get_one::<String>(setting.key)?.clone())));
        self.given = given.collect();
        Ok(())
    }
}
