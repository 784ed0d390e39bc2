//! What was found.

use serde::Serialize;

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It works.
    Ok,
    /// It does not.
    Failed,
    /// It could not be tried, or there is nothing to try.
    Skipped,
}

/// One thing that was looked at.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// What.
    pub name: &'static str,
    /// How it ended.
    pub state: State,
    /// In a sentence.
    pub sentence: String,
    /// What to change where it failed.
    pub setting: Option<String>,
}

/// Collects them.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub checks: Vec<Check>,
}

impl Report {
    pub fn fine(&mut self, name: &'static str, sentence: &str) {
        self.add(name, State::Ok, sentence, None);
    }

    pub fn failed(&mut self, name: &'static str, sentence: &str, setting: &str) {
        self.add(name, State::Failed, sentence, Some(setting.to_owned()));
    }

    pub fn skipped(&mut self, name: &'static str, sentence: &str) {
        self.add(name, State::Skipped, sentence, None);
    }

    fn add(&mut self, name: &'static str, state: State, sentence: &str, setting: Option<String>) {
        self.checks.push(Check { name, state, sentence: sentence.to_owned(), setting });
    }
}
