//! Who decided what about whom, for the room's hosts: ids alone. Written in the transaction of what it tells of.

pub mod part;
pub mod store;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{db::Conn, rooms::model::Room, state::AppState, users::defaults::words};
use part::Part;

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Somebody was muted.
    Muted,
    /// Everybody was muted.
    MutedAll,
    /// A share was stopped.
    ShareStopped,
    /// Somebody was removed.
    Removed,
    /// Somebody was removed for good.
    Blocked,
    /// Somebody who was removed may come back.
    LetBack,
    /// Somebody who waited was let in.
    Admitted,
    /// Somebody who waited was refused.
    Refused,
    /// Everybody who waited was let in.
    AdmittedAll,
    /// The room was locked.
    Locked,
    /// The room was opened again.
    Unlocked,
    /// The meeting was ended for everybody.
    Ended,
    /// Rights of everybody were changed.
    Rights,
    /// Rights, name or attributes of somebody were changed.
    Changed,
    /// Somebody was made co-host of the meeting.
    CohostMade,
    /// Somebody is no longer co-host of the meeting.
    CohostTaken,
    /// A role was given or changed.
    RoleGiven,
    /// A role was taken away.
    RoleTaken,
    /// Somebody became a member by an invitation that they opened themselves.
    Accepted,
    /// The settings of the room were changed.
    Settings,
    /// People were invited by mail; how many.
    Invited,
    /// An invitation was taken back.
    Uninvited,
    /// A meeting was called off.
    CalledOff,
    /// A guest link was made.
    LinkMade,
    /// A guest link was taken back.
    LinkTaken,
}

words!(Action {
    Muted = "muted",
    MutedAll = "muted_all",
    ShareStopped = "share_stopped",
    Removed = "removed",
    Blocked = "blocked",
    LetBack = "let_back",
    Admitted = "admitted",
    Refused = "refused",
    AdmittedAll = "admitted_all",
    Locked = "locked",
    Unlocked = "unlocked",
    Ended = "ended",
    Rights = "rights",
    Changed = "changed",
    CohostMade = "cohost_made",
    CohostTaken = "cohost_taken",
    RoleGiven = "role_given",
    RoleTaken = "role_taken",
    Accepted = "accepted",
    Settings = "settings",
    Invited = "invited",
    Uninvited = "uninvited",
    CalledOff = "called_off",
    LinkMade = "link_made",
    LinkTaken = "link_taken"
});

/// Whom something was about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Target<'t> {
    /// Nobody in particular.
    #[default]
    None,
    /// An account.
    Account(Uuid),
    /// A participant's identity on LiveKit.
    Participant(&'t str),
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Line {
    /// Key.
    pub id: Uuid,
    /// The room.
    pub room_id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Who; none: an account that is gone, or nobody.
    pub actor_id: Option<Uuid>,
    /// What.
    #[sqlx(try_from = "String")]
    pub action: Action,
    /// About which account.
    pub target_id: Option<Uuid>,
    /// About which participant.
    pub target: Option<String>,
    /// More of it.
    pub detail: Option<String>,
}

impl Line {
    /// The identity of a guest who did it: they have no account that could be named instead.
    pub fn guest(&self) -> Option<&str> {
        let muted = self.action == Action::Muted && self.actor_id.is_none();
        self.detail.as_deref().filter(|_| muted)
    }
}

/// Notes something, in the caller's transaction.
pub async fn note(
    conn: &mut Conn<'_>,
    state: &AppState,
    room: Uuid,
    actor: Option<Uuid>,
    action: Action,
    target: Target<'_>,
    detail: Option<&str>,
) -> sqlx::Result<()> {
    let (target_id, target) = match target {
        Target::None => (None, None),
        Target::Account(id) => (Some(id), None),
        Target::Participant(identity) => (None, Some(identity.to_owned())),
    };
    let line = Line {
        id: state.random.uuid(),
        room_id: room,
        at: state.clock.now(),
        actor_id: actor,
        action,
        target_id,
        target,
        detail: detail.map(str::to_owned),
    };
    store::insert(conn, &line).await
}

/// Notes what was changed about a room, where anything was, in the caller's transaction.
pub async fn note_change(
    conn: &mut Conn<'_>,
    state: &AppState,
    actor: Uuid,
    before: &Room,
    after: &Room,
) -> sqlx::Result<()> {
    let parts = Part::between(before, after);
    if parts.is_empty() {
        return Ok(());
    }
    let detail = Part::list(&parts);
    note(conn, state, after.id, Some(actor), Action::Settings, Target::None, Some(&detail)).await
}
