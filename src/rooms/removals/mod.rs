//! Who was removed from a room's call. They come in again only once a host says so: in this meeting, or, blocked, in any. It holds for
//! the account on every browser, and for the browser whoever sits at it: signing out makes nobody else. Somebody without an account who
//! throws the browser's cookie away is somebody new; a locked room is what helps against that.

pub mod store;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    livekit::{Identity, identity::Device},
    state::AppState,
    users::model::User,
    web::device::{self, Browser},
};

/// Somebody who was removed.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Removal {
    /// Key.
    pub id: Uuid,
    /// The room.
    pub room_id: Uuid,
    /// The subject of their identity: an account's, or a guest's browser.
    pub subject: String,
    /// Their browser, as identities name it.
    pub device: String,
    /// Their account.
    pub user_id: Option<Uuid>,
    /// What they were called then.
    pub name: String,
    /// Also in later meetings.
    pub blocked: bool,
    /// By whom.
    pub removed_by: Option<Uuid>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// Who is kept out of one room, for a look at many people at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptOut(pub Vec<(String, String)>);

impl KeptOut {
    /// Whether somebody is among them.
    pub fn holds(&self, marks: &Marks) -> bool {
        self.0.iter().any(|(subject, device)| {
            *subject == marks.subject || *subject == marks.guest || (!device.is_empty() && *device == marks.device)
        })
    }
}

/// By what somebody is known again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    /// The subject of the identity that they have, or would have.
    pub subject: String,
    /// The same as a guest on this browser.
    pub guest: String,
    /// Their browser.
    pub device: String,
}

impl Marks {
    /// Somebody with a LiveKit identity. Old clients name no browser; an account's is then none, a guest's is the guest.
    pub fn of_identity(state: &AppState, identity: &str) -> Self {
        let parsed = Identity::parse(identity);
        let subject = parsed.subject().to_owned();
        let device = parsed.device().map(Device::as_str).map(str::to_owned);
        let device = device.or_else(|| Some(device::tag(state, subject.parse().ok()?).as_str().to_owned()));
        Self { guest: subject.clone(), device: device.unwrap_or_default(), subject }
    }

    /// Somebody at a browser.
    pub fn of_visitor(state: &AppState, user: Option<&User>, browser: &Browser) -> Self {
        let guest = browser.id.to_string();
        let subject = user.map_or_else(|| guest.clone(), User::subject);
        Self { subject, guest, device: browser.device(state).as_str().to_owned() }
    }

    /// Whether these are somebody's with this identity, too.
    pub fn is(&self, state: &AppState, identity: &str) -> bool {
        let other = Self::of_identity(state, identity);
        other.subject == self.subject || (!self.device.is_empty() && other.device == self.device)
    }

    /// An account, on whatever browser.
    pub fn of_account(user: &User) -> Self {
        Self { subject: user.subject(), guest: user.subject(), device: String::new() }
    }
}
