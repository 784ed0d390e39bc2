//! Who may do what: pure functions, and the only place that hands out a [`Permit`]. What changes or reveals something takes
//! one, so it cannot forget to ask.

use std::marker::PhantomData;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{AccessLevel, Role, Room};
use crate::error::{Error, Result};

/// Proof that an action was allowed. Only this module makes one.
#[derive(Debug)]
pub struct Permit<Action>(PhantomData<Action>);

/// To make a room.
#[derive(Debug)]
pub struct Create;
/// To be given a token for a room, and what belongs to being in it.
#[derive(Debug)]
pub struct Enter;
/// To act for oneself in a room's call: what those inside may do about themselves.
#[derive(Debug)]
pub struct TakePart;
/// To see who waits at a room's door, and to decide on them.
#[derive(Debug)]
pub struct Decide;
/// To direct what everybody in a room's call sees.
#[derive(Debug)]
pub struct Direct;
/// To decide what those in a room's call may do, and who stays.
#[derive(Debug)]
pub struct Moderate;
/// To name those who run a meeting together with the hosts.
#[derive(Debug)]
pub struct Appoint;
/// To decide in a meeting what holds beyond it.
#[derive(Debug)]
pub struct Outlast;
/// To invite people to a room, and to make links for guests.
#[derive(Debug)]
pub struct Invite;
/// To see who has a role in a room.
#[derive(Debug)]
pub struct SeeAccesses;

/// To read what was decided in a room.
#[derive(Debug)]
pub struct ReadLog;
/// To change a room's name, access level or rights.
#[derive(Debug)]
pub struct Update;
/// To delete a room.
#[derive(Debug)]
pub struct Delete;
/// To give somebody a role in a room.
#[derive(Debug)]
pub struct AddAccess;
/// To change the role that somebody has.
#[derive(Debug)]
pub struct ChangeAccess;
/// To take a role away.
#[derive(Debug)]
pub struct RemoveAccess;

/// A role that somebody has, seen by who wants to change it, while nobody else can change it.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// Whether it is one's own.
    pub own: bool,
    /// The role.
    pub role: Role,
    /// How many owners the room has.
    pub owners: i64,
}

/// Who asks, seen from one room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// Whether somebody is signed in.
    pub signed_in: bool,
    /// Their role in this room.
    pub role: Option<Role>,
    /// Runs the meeting that is on together with the hosts.
    pub cohost: bool,
    /// Was removed, and no host has let them back.
    pub removed: bool,
}

impl Who {
    /// Nobody we know.
    pub const STRANGER: Self = Self { signed_in: false, role: None, cohost: false, removed: false };

    /// Whether they run the meeting that is on.
    pub fn hosts(self) -> bool {
        self.cohost || self.role.is_some_and(Role::is_host)
    }
}

/// What a room asks of those who come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Door {
    /// Who comes in without being asked.
    pub level: AccessLevel,
    /// Everybody new has to be let in.
    pub locked: bool,
    /// Accounts alone.
    pub verified_only: bool,
    /// Everybody waits for a host.
    pub hosts_required: bool,
    /// So many and no more.
    pub limited: bool,
}

impl From<AccessLevel> for Door {
    fn from(level: AccessLevel) -> Self {
        Self { level, locked: false, verified_only: false, hosts_required: false, limited: false }
    }
}

impl From<&Room> for Door {
    fn from(room: &Room) -> Self {
        Self {
            level: room.access_level,
            locked: room.locked_at.is_some(),
            verified_only: room.verified_only,
            hosts_required: room.hosts_required,
            limited: room.limit().is_some(),
        }
    }
}

/// What is known of the call at this moment. Nothing known is nothing granted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// Somebody who runs the meeting is in it.
    pub host_here: bool,
    /// Whoever asks was in it when it was locked: they come back from a reload or a loss.
    pub was_here: bool,
    /// There is room for one more, or whoever asks has a place.
    pub room_left: bool,
}

/// Everybody with an account makes rooms. Errors: `Unauthorized`.
pub fn create(signed_in: bool) -> Result<Permit<Create>> {
    if signed_in { Ok(Permit(PhantomData)) } else { Err(Error::Unauthorized) }
}

/// Contract §2.4, of a room that looks at nothing else: where one does, nobody but hosts comes in by this. Errors: `Forbidden`.
pub fn enter(door: impl Into<Door>, who: Who) -> Result<Permit<Enter>> {
    enter_now(door, who, Now::default())
}

/// Contract §2.4, and what the room asks besides. Hosts come in whatever the call is like. Errors: `Forbidden`.
pub fn enter_now(door: impl Into<Door>, who: Who, now: Now) -> Result<Permit<Enter>> {
    let door: Door = door.into();
    let level = match door.level {
        AccessLevel::Public => true,
        AccessLevel::Trusted => who.signed_in,
        AccessLevel::Restricted => false,
    };
    let open = (level || who.role.is_some()) && (!door.locked || now.was_here) && fits(door, who, now);
    if !who.removed && (open || who.hosts()) { Ok(Permit(PhantomData)) } else { Err(Error::Forbidden) }
}

/// Whether the call is one that somebody who was let in may be in at this moment.
pub fn fits(door: Door, who: Who, now: Now) -> bool {
    (!door.verified_only || who.signed_in)
        && (!door.hosts_required || now.host_here)
        && (!door.limited || now.room_left)
}

/// Whoever holds a participant token of this very room; `named` is the room that the token names. It was checked for us when the
/// token was made, and LiveKit renews it only for those inside. Errors: `Forbidden`.
pub fn take_part(room: Uuid, named: &str) -> Result<Permit<TakePart>> {
    if Uuid::try_parse(named) == Ok(room) { Ok(Permit(PhantomData)) } else { Err(Error::Forbidden) }
}

/// What a host decided on somebody who asked to come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admission {
    /// The browser that asked.
    pub participant_id: Uuid,
    /// The account that asked on it; none for a guest.
    pub user_id: Option<Uuid>,
    /// How long it holds.
    pub until: DateTime<Utc>,
}

/// Whom a host admitted: the same account on the same browser, and nobody else, while it lasts. Errors: `Forbidden`.
pub fn enter_admitted(
    admission: &Admission,
    participant_id: Uuid,
    user_id: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Permit<Enter>> {
    let theirs = admission.participant_id == participant_id && admission.user_id == user_id;
    if theirs && now < admission.until { Ok(Permit(PhantomData)) } else { Err(Error::Forbidden) }
}

/// Those who run the meeting. Errors: refused `not_a_host`.
pub fn decide(who: Who) -> Result<Permit<Decide>> {
    running(who)
}

/// Those who run the meeting. Errors: refused `not_a_host`.
pub fn direct(who: Who) -> Result<Permit<Direct>> {
    running(who)
}

/// Those who run the meeting. Errors: refused `not_a_host`.
pub fn moderate(who: Who) -> Result<Permit<Moderate>> {
    running(who)
}

/// Hosts of the room alone: who helps out names nobody else. Errors: refused `not_a_host`.
pub fn appoint(who: Who) -> Result<Permit<Appoint>> {
    host(who, Error::Refused("not_a_host"))
}

/// Hosts of the room alone: who helps out in one meeting changes no later one. Errors: refused `not_a_host`.
pub fn outlast(who: Who) -> Result<Permit<Outlast>> {
    host(who, Error::Refused("not_a_host"))
}

/// Hosts alone. Errors: refused `not_a_host`.
pub fn invite(who: Who) -> Result<Permit<Invite>> {
    host(who, Error::Refused("not_a_host"))
}

/// Whom an invitation makes a member: the account whose address was shown to be theirs, and is the one that was invited. Both folded.
/// Errors: `Forbidden`.
pub fn accept_invitation(verified: Option<&str>, invited: &str) -> Result<Permit<AddAccess>> {
    if verified == Some(invited) && !invited.is_empty() { Ok(Permit(PhantomData)) } else { Err(Error::Forbidden) }
}

/// Whom a host's link lets past the lobby; `may_pass`: what the host said of this link. Errors: `Forbidden`.
pub fn decide_by_link(may_pass: bool) -> Result<Permit<Decide>> {
    if may_pass { Ok(Permit(PhantomData)) } else { Err(Error::Forbidden) }
}

/// Hosts alone. Errors: `Forbidden`.
pub fn see_accesses(who: Who) -> Result<Permit<SeeAccesses>> {
    host(who, Error::Forbidden)
}

/// Hosts of the room alone: who helps out in one meeting does not read of the others. Errors: `Forbidden`.
pub fn read_log(who: Who) -> Result<Permit<ReadLog>> {
    host(who, Error::Forbidden)
}

/// Hosts alone. Errors: `Forbidden`.
pub fn update(who: Who) -> Result<Permit<Update>> {
    host(who, Error::Forbidden)
}

/// Owners alone. Errors: `Forbidden`.
pub fn delete(who: Who) -> Result<Permit<Delete>> {
    if who.role == Some(Role::Owner) { Ok(Permit(PhantomData)) } else { Err(Error::Forbidden) }
}

/// Whoever is at the terminal has the database in hand: there is nobody to ask. Not for anything that a request can reach.
pub fn at_the_terminal() -> Permit<Delete> {
    Permit(PhantomData)
}

/// Hosts give roles, owners alone that of an owner. Errors: refused `hosts_only`, `owners_only`.
pub fn add_access(who: Who, role: Role) -> Result<Permit<AddAccess>> {
    let permit = host(who, Error::Refused("hosts_only"))?;
    if role == Role::Owner && who.role != Some(Role::Owner) { Err(Error::Refused("owners_only")) } else { Ok(permit) }
}

/// Hosts change roles; owners alone make owners, and an owner's role is changed by that owner alone, while another one stays.
/// Errors: `Forbidden`, refused `owners_only`, `last_owner`.
pub fn change_access(who: Who, held: Held, to: Role) -> Result<Permit<ChangeAccess>> {
    let permit = host(who, Error::Forbidden)?;
    let others = held.role == Role::Owner && !held.own;
    if others || (to == Role::Owner && who.role != Some(Role::Owner)) {
        return Err(Error::Refused("owners_only"));
    }
    if to == Role::Owner { Ok(permit) } else { keeps_owner(held).map(|()| permit) }
}

/// Hosts take roles away, an owner's only that owner, while another one stays. Errors: `Forbidden`, refused `last_owner`.
pub fn remove_access(who: Who, held: Held) -> Result<Permit<RemoveAccess>> {
    let permit = host(who, Error::Forbidden)?;
    if held.role == Role::Owner && !held.own {
        return Err(Error::Forbidden);
    }
    keeps_owner(held).map(|()| permit)
}

fn running<Action>(who: Who) -> Result<Permit<Action>> {
    if who.hosts() { Ok(Permit(PhantomData)) } else { Err(Error::Refused("not_a_host")) }
}

fn host<Action>(who: Who, otherwise: Error) -> Result<Permit<Action>> {
    if who.role.is_some_and(Role::is_host) { Ok(Permit(PhantomData)) } else { Err(otherwise) }
}

/// Whether the room keeps an owner when this role goes.
fn keeps_owner(held: Held) -> Result<()> {
    if held.role == Role::Owner && held.owners <= 1 { Err(Error::Refused("last_owner")) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
