//! A line of the log in words. Pure.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::{
    i18n::{Lang, audit as words, rooms as roles},
    rooms::{
        audit::{Action, part::Part},
        model::Role,
    },
};

/// Whom a line is about, or who did what it tells of, as far as that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Somebody with this name.
    Named(String),
    /// A guest whose name is no longer kept.
    Guest,
    /// Nobody in particular, or an account that is gone.
    Somebody,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub who: Whom,
    /// What.
    pub action: Action,
    /// About whom.
    pub whom: Whom,
    /// More of it.
    pub detail: String,
}

impl Told {
    /// Who did it, in words.
    pub fn who(&self, lang: Lang) -> &str {
        match &self.who {
            Whom::Named(name) => name,
            Whom::Guest => words::guest(lang),
            Whom::Somebody => words::somebody(lang),
        }
    }

    /// The whole sentence. Names are set apart, whichever way they are written.
    pub fn sentence(&self, lang: Lang) -> String {
        let who = match &self.who {
            Whom::Named(name) => apart(name),
            _ => self.who(lang).to_owned(),
        };
        let whom = match &self.whom {
            Whom::Named(name) => apart(name),
            Whom::Guest => words::a_guest(lang).to_owned(),
            Whom::Somebody => words::somebody_whom(lang).to_owned(),
        };
        match self.action {
            Action::Muted => words::muted(lang, who, whom),
            Action::MutedAll => words::muted_all(lang, who),
            Action::ShareStopped => words::share_stopped(lang, who, whom),
            Action::Removed => words::removed(lang, who, whom),
            Action::Blocked => words::blocked(lang, who, whom),
            Action::LetBack => words::let_back(lang, who, whom),
            Action::Admitted => words::admitted(lang, who, whom),
            Action::Refused => words::refused(lang, who, whom),
            Action::AdmittedAll => words::admitted_all(lang, who),
            Action::Locked => words::locked(lang, who),
            Action::Unlocked => words::unlocked(lang, who),
            Action::Ended => words::ended(lang, who),
            Action::Rights => with(words::rights(lang, who), rights(lang, &self.detail)),
            Action::Changed => words::changed(lang, who, whom),
            Action::CohostMade => words::cohost_made(lang, who, whom),
            Action::CohostTaken => words::cohost_taken(lang, who, whom),
            Action::RoleGiven => match role(lang, &self.detail) {
                Some(role) => words::role_given(lang, role, who, whom),
                None => words::role_changed(lang, who, whom),
            },
            Action::RoleTaken => words::role_taken(lang, who, whom),
            Action::Accepted => words::accepted(lang, who),
            Action::Settings => with(words::settings(lang, who), settings(lang, self.action, &self.detail)),
            Action::Invited => match self.detail.parse().unwrap_or(1) {
                count @ 2_u32.. => words::invited(lang, count, who),
                _ => words::invited_one(lang, who),
            },
            Action::Uninvited => words::uninvited(lang, who),
            Action::CalledOff => words::called_off(lang, who),
            Action::LinkMade => words::link_made(lang, who),
            Action::LinkTaken => words::link_taken(lang, who),
        }
    }
}

fn apart(name: &str) -> String {
    format!("\u{2068}{name}\u{2069}")
}

/// The sentence, and what it is about in particular.
fn with(sentence: String, what: Vec<&'static str>) -> String {
    if what.is_empty() { sentence } else { format!("{sentence} ({})", what.join(", ")) }
}

fn role(lang: Lang, detail: &str) -> Option<&'static str> {
    Some(match detail.parse().ok()? {
        Role::Owner => roles::role_owner(lang),
        Role::Administrator => roles::role_host(lang),
        Role::Member => roles::role_member(lang),
    })
}

/// What people may do since then.
fn rights(lang: Lang, detail: &str) -> Vec<&'static str> {
    let Ok(Value::Object(rights)) = serde_json::from_str(detail) else { return Vec::new() };
    let each = [
        ("microphone", words::right_microphone(lang)),
        ("camera", words::right_camera(lang)),
        ("share", words::right_share(lang)),
        ("chat", words::right_chat(lang)),
        ("mute", words::right_mute(lang)),
    ];
    let on: Vec<_> = each
        .into_iter()
        .filter(|(name, _)| rights.get(*name) == Some(&Value::Bool(true)))
        .map(|(_, word)| word)
        .collect();
    if on.is_empty() { vec![words::right_none(lang)] } else { on }
}

fn settings(lang: Lang, action: Action, detail: &str) -> Vec<&'static str> {
    Part::read(action, detail)
        .into_iter()
        .map(|part| match part {
            Part::Name => words::part_name(lang),
            Part::Public => words::part_public(lang),
            Part::Trusted => words::part_trusted(lang),
            Part::Restricted => words::part_restricted(lang),
            Part::Rights => words::part_rights(lang),
            Part::Most => words::part_most(lang),
            Part::NoMost => words::part_no_most(lang),
            Part::HostsOn => words::part_hosts_on(lang),
            Part::HostsOff => words::part_hosts_off(lang),
            Part::VerifiedOn => words::part_verified_on(lang),
            Part::VerifiedOff => words::part_verified_off(lang),
            Part::ChatOn => words::part_chat_on(lang),
            Part::ChatOff => words::part_chat_off(lang),
            Part::HistoryOn => words::part_history_on(lang),
            Part::HistoryOff => words::part_history_off(lang),
            Part::AttendanceOn => words::part_attendance_on(lang),
            Part::AttendanceOff => words::part_attendance_off(lang),
            Part::Link => words::part_link(lang),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(action: Action, whom: Whom, detail: &str) -> String {
        let at = DateTime::UNIX_EPOCH;
        let line = Told { at, who: Whom::Named("Ann".into()), action, whom, detail: detail.into() };
        line.sentence(Lang::En).replace(['\u{2068}', '\u{2069}'], "")
    }

    #[test]
    fn each_line_is_a_sentence() {
        let ben = || Whom::Named("Ben".into());
        for (action, whom, detail, sentence) in [
            (Action::Muted, ben(), "", "Ann muted Ben"),
            (Action::Removed, Whom::Guest, "", "Ann removed a guest from the meeting"),
            (Action::Blocked, Whom::Somebody, "", "Ann removed and blocked somebody"),
            (Action::RoleGiven, ben(), "owner", "Ann gave Ben the role “Owner”"),
            (Action::RoleGiven, ben(), "", "Ann changed the role of Ben"),
            (
                Action::Settings,
                Whom::Somebody,
                "name,verified_on",
                "Ann changed the settings (name, only people with an account)",
            ),
            (Action::Settings, Whom::Somebody, "hologram", "Ann changed the settings"),
            (
                Action::Rights,
                Whom::Somebody,
                r#"{"microphone":true,"camera":false,"share":false,"chat":true,"mute":false}"#,
                "Ann changed what people may do (microphone, chat)",
            ),
            (Action::Rights, Whom::Somebody, r#"{"microphone":false}"#, "Ann changed what people may do (nothing)"),
            (Action::Invited, Whom::Somebody, "12", "Ann invited 12 people"),
            (Action::Invited, Whom::Somebody, "1", "Ann invited one person"),
            (Action::LinkTaken, Whom::Somebody, "", "Ann took a guest link back"),
            (Action::Rights, Whom::Somebody, "not JSON", "Ann changed what people may do"),
        ] {
            assert_eq!(told(action, whom, detail), sentence);
        }
    }

    #[test]
    fn a_name_written_from_right_to_left_stays_in_its_place() {
        let whom = Whom::Named("\u{202e}nimda".into());
        let line =
            Told { at: DateTime::UNIX_EPOCH, who: Whom::Somebody, action: Action::Muted, whom, detail: String::new() };
        assert_eq!(line.sentence(Lang::En), "Somebody muted \u{2068}\u{202e}nimda\u{2069}");
    }
}
