//! What a room asks of those who come, besides its access level: how many fit in, whether a host has to be there, whether accounts alone
//! come in. It holds for whoever comes from now on; nobody is put out by it.

use uuid::Uuid;

use super::{
    audit, entry,
    model::Room,
    permissions::{self, Permit, Update, Who},
    store,
    word::{self, Changed},
};
use crate::{
    db::Conn,
    error::{Error, Result},
    state::AppState,
    users::model::User,
};

/// Fewest and most that a room may be limited to: one alone meets nobody.
pub const LIMITS: std::ops::RangeInclusive<i32> = 2..=1000;

/// All of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DoorSettings {
    /// How many may be in its call at once; none: as many as come.
    pub max_participants: Option<i32>,
    /// Everybody waits until somebody who runs it is there.
    pub hosts_required: bool,
    /// Those alone come in who have an account, under its name.
    pub verified_only: bool,
}

impl DoorSettings {
    /// As a form sends it; nothing typed is no limit. Errors: field `max_participants`.
    pub fn parse(most: &str, hosts_required: bool, verified_only: bool) -> Result<Self> {
        let max_participants = match most.trim() {
            "" => None,
            text => match text.parse() {
                Ok(number) if LIMITS.contains(&number) => Some(number),
                _ => return Err(Error::field("max_participants", "max_participants_invalid")),
            },
        };
        Ok(Self { max_participants, hosts_required, verified_only })
    }

    fn applied(self, before: &Room) -> Room {
        let Self { max_participants, hosts_required, verified_only } = self;
        Room { max_participants, hosts_required, verified_only, ..before.clone() }
    }
}

/// Changes it. Whoever waits is looked at anew: a place may be theirs now. A limit that is raised while a call runs holds
/// from the next one on, see [`Room::meeting_limit`]. Errors: `NotFound`, `Forbidden`.
pub async fn set(state: &AppState, user: &User, id: Uuid, wanted: DoorSettings) -> Result<Room> {
    let mut lent = state.db.lend().await?;
    let known = store::by_id(&mut lent.conn(), id).await?.ok_or(Error::NotFound)?;
    permit(&mut lent.conn(), user, id).await?;
    drop(lent);
    let meeting_limit = running(state, &known, wanted.max_participants).await?;
    let mut tx = state.db.begin().await?;
    let conn = &mut tx.conn();
    let before = store::locked(conn, id).await?.ok_or(Error::NotFound)?;
    let permit = permit(conn, user, id).await?;
    let room = Room { updated_at: state.clock.now(), meeting_limit, ..wanted.applied(&before) };
    store::set_door(conn, &permit, &room).await?;
    audit::note_change(conn, state, user.id, &before, &room).await?;
    tx.commit().await?;
    tracing::info!(room.id = %id, user.id = %user.id, "Changed the door of room {id}");
    word::tell(state, id, Changed::Room).await;
    word::tell(state, id, Changed::Lobby).await;
    Ok(room)
}

/// What LiveKit keeps to of a call that runs, where that is less than is wanted now.
async fn running(state: &AppState, room: &Room, wanted: Option<i32>) -> Result<Option<i32>> {
    if room.limit().is_none() {
        return Ok(None);
    }
    let most = match state.livekit.client().list_rooms(&[room.id.to_string()]).await {
        Ok(found) => match found.first().and_then(|live| live.max_participants) {
            Some(most) => {
                let hosts = entry::hosts(&mut state.db.lend().await?.conn(), room.id).await?;
                i32::try_from(most.saturating_sub(hosts)).ok()
            }
            None => None,
        },
        // What was known of it still holds.
        Err(failure) => {
            tracing::warn!(room.id = %room.id, %failure, "Nobody could say whether room {} is in use", room.id);
            room.meeting_limit
        }
    };
    Ok(most.filter(|most| wanted.is_none_or(|wanted| wanted > *most)))
}

async fn permit(conn: &mut Conn<'_>, user: &User, room: Uuid) -> Result<Permit<Update>> {
    let role = store::role(conn, room, user.id).await?;
    permissions::update(Who { signed_in: true, role, ..Who::STRANGER })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_whole_numbers_from_2_to_1000_or_none() {
        let most = |text: &str| DoorSettings::parse(text, false, false).map(|door| door.max_participants);
        for (text, limit) in [("", None), ("  ", None), ("2", Some(2)), (" 12 ", Some(12)), ("1000", Some(1000))] {
            assert_eq!(most(text).expect("fine"), limit, "{text:?}");
        }
        for wrong in ["0", "1", "-3", "1001", "2.5", "2,5", "twelve", "99999999999999999999", "٣", "1e3"] {
            let Err(Error::Invalid(errors)) = most(wrong) else { panic!("{wrong} was taken") };
            assert_eq!(errors[0].code, "max_participants_invalid", "{wrong}");
        }
        let door = DoorSettings::parse("", true, false).expect("fine");
        assert_eq!((door.hosts_required, door.verified_only), (true, false));
    }
}
