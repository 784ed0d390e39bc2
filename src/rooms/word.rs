//! Word that something about a room has changed, to every process. It says where to look, never what is there.

use uuid::Uuid;

use crate::{cache::Subscription, state::AppState};

/// What has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// The room itself, its roles, or that it is there at all.
    Room,
    /// Who is in it.
    Presence,
    /// Who waits, and what was decided.
    Lobby,
}

impl Changed {
    const ALL: [Self; 3] = [Self::Room, Self::Presence, Self::Lobby];

    const fn word(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Presence => "presence",
            Self::Lobby => "lobby",
        }
    }

    /// The change that a message tells of.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|changed| changed.word() == word)
    }
}

/// Tells whoever listens, after the commit.
pub async fn tell(state: &AppState, room: Uuid, changed: Changed) {
    state.cache.publish(&channel(room), changed.word()).await;
}

/// Hears of a room's changes from now on: subscribe first, then look.
pub fn listen(state: &AppState, room: Uuid) -> Subscription {
    state.cache.subscribe(&channel(room))
}

fn channel(room: Uuid) -> String {
    format!("room.{room}")
}
