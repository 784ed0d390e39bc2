//! What a room's door needs to know of its call at this moment.

use chrono::{DateTime, Utc};

use super::model::{Asker, Entry, Status};
use crate::{
    db::Conn,
    error::Result,
    presence,
    rooms::{
        self,
        model::Room,
        permissions::{self, Door, Now, Who},
        removals::{KeptOut, Marks},
    },
    state::AppState,
    users::model::User,
    web::device::Browser,
};

/// How somebody stands to a room and its call, before anything that a host decided about them.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// What they are to the room.
    pub who: Who,
    /// What the call is like.
    pub now: Now,
    door: Door,
}

impl Standing {
    /// Looks.
    pub async fn of(state: &AppState, room: &Room, user: Option<&User>, browser: &Browser) -> Result<Self> {
        let who = rooms::service::visitor(state, room, user, browser).await?;
        let marks = Marks::of_visitor(state, user, browser);
        let mut lent = state.db.lend().await?;
        let now = look(&mut lent.conn(), room, &marks, state.clock.now()).await?;
        Ok(Self { who, now, door: Door::from(room) })
    }

    /// Of somebody of whom this much is known, to a call of which nothing is.
    pub fn new(room: &Room, who: Who) -> Self {
        Self { who, now: Now::default(), door: Door::from(room) }
    }

    /// [`Standing::of`] somebody at a door that was looked at for all who stand there: a guest costs no question of their own, unless
    /// the room is locked or limited.
    pub async fn at(
        state: &AppState,
        room: &Room,
        user: Option<&User>,
        asker: &Asker,
        (kept_out, host_here): (&KeptOut, bool),
    ) -> Result<Self> {
        let marks = Marks::of_visitor(state, user, &Browser::known_as(asker.participant_id));
        let who = rooms::service::who(state, room, user).await?;
        let who = Who { removed: !who.hosts() && kept_out.holds(&marks), ..who };
        let mut now = Now { host_here, ..Now::default() };
        if room.locked_at.is_some() || room.limit().is_some() {
            now = Now { host_here, ..look(&mut state.db.lend().await?.conn(), room, &marks, state.clock.now()).await? };
        }
        Ok(Self { who, now, door: Door::from(room) })
    }

    /// Whether what a host decided on them holds: what was decided before the room was locked holds for those who were inside.
    pub fn honours(&self, room: &Room, entry: &Entry) -> bool {
        let before = |locked| entry.decided_at.is_none_or(|decided| decided < locked);
        entry.status != Status::Accepted || self.now.was_here || !room.locked_at.is_some_and(before)
    }

    /// Whether the room itself lets them in. Errors: `Forbidden`.
    pub fn enter(&self) -> Result<permissions::Permit<permissions::Enter>> {
        permissions::enter_now(self.door, self.who, self.now)
    }

    /// Whether there is no place left for them, and that alone may be waited for.
    pub fn is_full(&self) -> bool {
        self.door.limited && !self.now.room_left && !self.who.hosts()
    }

    /// Whether they wait for somebody who runs the meeting, whatever was decided about them.
    pub fn awaits_host(&self) -> bool {
        self.door.hosts_required && !self.now.host_here && !self.who.hosts()
    }

    /// Whether the call takes those whom a host let in, just now.
    pub fn fits(&self) -> bool {
        self.who.hosts() || permissions::fits(self.door, self.who, self.now)
    }

    /// Whether they take one of a number of places.
    pub fn counts(&self) -> bool {
        self.door.limited && !self.who.hosts()
    }

    /// Whether an account is what they lack.
    pub fn lacks_account(&self) -> bool {
        self.door.verified_only && !self.who.signed_in
    }
}

/// Only what the room asks for is looked up: nearly every room asks for nothing.
async fn look(conn: &mut Conn<'_>, room: &Room, marks: &Marks, at: DateTime<Utc>) -> sqlx::Result<Now> {
    let mut now = Now::default();
    if room.hosts_required {
        now.host_here = presence::store::host_is_here(conn, room.id).await?;
    }
    if room.locked_at.is_none() && room.limit().is_none() {
        return Ok(now);
    }
    let stays = presence::store::stays_like(conn, room.id, &marks.subject, &marks.device).await?;
    if let Some(locked) = room.locked_at {
        now.was_here =
            stays.iter().any(|stay| stay.joined_at <= locked && stay.left_at.is_none_or(|left| left >= locked));
    }
    if let Some(most) = room.limit() {
        let here = stays.iter().any(|stay| stay.left_at.is_none());
        let own = (marks.subject.as_str(), marks.device.as_str());
        now.room_left = here || presence::store::taken(conn, room.id, own, at).await? < i64::from(most);
    }
    Ok(now)
}
