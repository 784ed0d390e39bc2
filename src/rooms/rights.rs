//! What people may do in a room, as its page asks for it: a few switches in place of the contract's lists. Pure.

use super::model::{Configuration, Room};
use crate::livekit::{client::Permission, tokens::Source};

/// What somebody may do in the room's call: what their token says, and what LiveKit is told when the room changes. `hosts`: they run
/// the meeting.
pub fn permission(room: &Room, hosts: bool) -> Permission {
    let limited = room.configuration.can_publish_sources.clone().filter(|_| !hosts);
    let sources = limited.unwrap_or_else(|| Source::ALL.to_vec());
    Permission {
        can_subscribe: true,
        can_publish: !sources.is_empty(),
        can_publish_data: may_write(room, hosts),
        sources,
    }
}

/// Whether somebody writes messages. Those who run the meeting always may.
pub fn may_write(room: &Room, hosts: bool) -> bool {
    room.chat || hosts
}

/// Each may be switched off for those who do not run meetings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights {
    /// Speak.
    pub microphone: bool,
    /// Be seen.
    pub camera: bool,
    /// Share a screen, with its sound.
    pub share: bool,
    /// Mute each other.
    pub mute: bool,
}

impl Rights {
    /// As the room has it: what is not said is allowed.
    pub fn of(configuration: &Configuration) -> Self {
        let sources = configuration.can_publish_sources.as_deref();
        let may = |source: Source| sources.is_none_or(|list| list.contains(&source));
        Self {
            microphone: may(Source::Microphone),
            camera: may(Source::Camera),
            share: may(Source::ScreenShare),
            mute: !matches!(configuration.everyone_can_mute, Some(None | Some(false))),
        }
    }

    /// The configuration that says so. What stays as it was keeps its words.
    pub fn applied(self, before: &Configuration) -> Configuration {
        let was = Self::of(before);
        let mut after = before.clone();
        if (self.microphone, self.camera, self.share) != (was.microphone, was.camera, was.share) {
            let groups: [(bool, &[Source]); 3] = [
                (self.camera, &[Source::Camera]),
                (self.microphone, &[Source::Microphone]),
                (self.share, &[Source::ScreenShare, Source::ScreenShareAudio]),
            ];
            let all = groups.iter().all(|(on, _)| *on);
            let on = groups.iter().filter(|(on, _)| *on).flat_map(|(_, sources)| sources.iter().copied());
            after.can_publish_sources = (!all).then(|| on.collect());
        }
        if self.mute != was.mute {
            after.everyone_can_mute = (!self.mute).then_some(Some(false));
        }
        after
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_is_kept_and_read_again() {
        let some =
            Configuration { can_publish_sources: Some(vec![Source::ScreenShare]), everyone_can_mute: Some(None) };
        for before in [Configuration::default(), some] {
            for bits in 0..16_u8 {
                let rights = Rights {
                    microphone: bits & 1 != 0,
                    camera: bits & 2 != 0,
                    share: bits & 4 != 0,
                    mute: bits & 8 != 0,
                };
                assert_eq!(Rights::of(&rights.applied(&before)), rights, "{before:?}");
            }
        }
    }

    #[test]
    fn everything_is_said_by_saying_nothing() {
        let nothing = Configuration { can_publish_sources: Some(Vec::new()), everyone_can_mute: Some(Some(false)) };
        let all = Rights { microphone: true, camera: true, share: true, mute: true };
        assert_eq!(all.applied(&nothing), Configuration::default());
        assert_eq!(Rights::of(&Configuration::default()), all);
    }

    #[test]
    fn what_was_not_touched_keeps_its_words() {
        let before = Configuration {
            can_publish_sources: Some(vec![Source::Camera, Source::ScreenShare]),
            everyone_can_mute: Some(None),
        };
        assert_eq!(Rights::of(&before).applied(&before), before);
        let quiet = Rights { mute: true, ..Rights::of(&before) }.applied(&before);
        assert_eq!((quiet.can_publish_sources, quiet.everyone_can_mute), (before.can_publish_sources, None));
    }
}
