//! What hosts do at the door. The first decision holds; another in the same moment changes nothing, and is no error.

use chrono::TimeDelta;
use uuid::Uuid;

use super::{
    model::{self, Decision, Entry},
    store,
};
use crate::{
    db::Conn,
    error::{Error, Result},
    presence::ended::Ended,
    rooms::{
        self,
        audit::{self, Action, Target},
        model::{AccessLevel, Room},
        permissions::{self, Decide, Permit},
        word::{self, Changed},
    },
    state::AppState,
    users::model::{User, clean_name},
};

/// Longest message to those who wait, in characters.
pub const LONGEST_MESSAGE: u16 = 280;
/// How often a decision is tried anew because somebody else changed what it found.
const ROUNDS: usize = 8;

/// The room, for somebody who may decide at its door. Errors: `NotFound`, refused `not_a_host`.
pub async fn door(state: &AppState, user: &User, text: &str) -> Result<(Room, Permit<Decide>)> {
    let room = rooms::service::find(state, text).await?;
    let who = rooms::service::who(state, &room, Some(user)).await?;
    Ok((room, permissions::decide(who)?))
}

/// Whether anybody waits for a host's decision: where everybody comes in, nobody does.
pub fn has_door(room: &Room) -> bool {
    room.access_level != AccessLevel::Public || room.locked_at.is_some()
}

/// Those who wait, in the order in which they came. Nobody waits where everybody comes in.
pub async fn waiting(state: &AppState, room: &Room, _permit: &Permit<Decide>) -> Result<Vec<Entry>> {
    if !has_door(room) {
        return Ok(Vec::new());
    }
    let mut lent = state.db.lend().await?;
    let (now, times) = (state.clock.now(), &state.settings.lobby);
    let all = store::all(&mut lent.conn(), room.id).await?;
    Ok(all.into_iter().filter(|entry| entry.is_seen(now, times)).collect())
}

/// Lets somebody in, or refuses them. Errors: `NotFound` when nobody is there to decide on.
pub async fn decide(
    state: &AppState,
    room: &Room,
    permit: &Permit<Decide>,
    user: &User,
    participant: Uuid,
    allow: bool,
) -> Result<()> {
    let mut tx = state.db.begin().await?;
    let decided = one(state, &mut tx.conn(), permit, (room.id, participant), user, allow).await?;
    tx.commit().await?;
    if decided {
        tracing::info!(room.id = %room.id, user.id = %user.id, participant = %participant, allow, "Decided at the door of room {}", room.id);
        word::tell(state, room.id, Changed::Lobby).await;
    }
    Ok(())
}

/// Lets in everybody who waits; how many that were.
pub async fn admit_all(state: &AppState, room: &Room, permit: &Permit<Decide>, user: &User) -> Result<usize> {
    let mut admitted = 0;
    let waiting = waiting(state, room, permit).await?;
    let done = async {
        for entry in waiting {
            // Each on its own: hosts who do this in the same moment wait for one decision of each other, never for all.
            let mut tx = state.db.begin().await?;
            match one(state, &mut tx.conn(), permit, (room.id, entry.participant_id), user, true).await {
                Ok(decided) => {
                    tx.commit().await?;
                    admitted += usize::from(decided);
                }
                // Gave up meanwhile.
                Err(Error::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        if admitted > 1 {
            let (mut tx, count) = (state.db.begin().await?, admitted.to_string());
            audit::note(&mut tx.conn(), state, room.id, Some(user.id), Action::AdmittedAll, Target::None, Some(&count))
                .await?;
            tx.commit().await?;
        }
        Ok(())
    };
    let done = done.await;
    tracing::info!(room.id = %room.id, user.id = %user.id, admitted, "Admitted everybody at the door of room {}", room.id);
    // Those who were decided on hear of it, also where it did not get to the end.
    word::tell(state, room.id, Changed::Lobby).await;
    done.map(|()| admitted)
}

/// Whether this was the decision that holds. It is noted in the same transaction.
async fn one(
    state: &AppState,
    conn: &mut Conn<'_>,
    permit: &Permit<Decide>,
    (room, participant): (Uuid, Uuid),
    user: &User,
    allow: bool,
) -> Result<bool> {
    for _ in 0..ROUNDS {
        let entry = store::find(conn, room, participant).await?.ok_or(Error::NotFound)?;
        let (decision, after) = model::decide(&entry, allow, user.id, state.clock.now(), &state.settings.lobby);
        match decision {
            Decision::Gone => return Err(Error::NotFound),
            Decision::Decided => return Ok(false),
            Decision::Write if store::put_decision(conn, permit, &entry, &after).await? => {
                let action = if allow { Action::Admitted } else { Action::Refused };
                let guest = participant.to_string();
                let target = entry.user_id.map_or(Target::Participant(&guest), Target::Account);
                audit::note(conn, state, room, Some(user.id), action, target, None).await?;
                return Ok(true);
            }
            Decision::Write => {}
        }
    }
    Err(anyhow::anyhow!("an entry of the lobby changes faster than it can be decided").into())
}

/// Tells those who wait something; an empty text takes back what was told. Errors: field `message`.
pub async fn say(state: &AppState, room: &Room, permit: &Permit<Decide>, user: &User, text: &str) -> Result<()> {
    let text = match clean_name(text, LONGEST_MESSAGE.into()) {
        Ok(text) => text,
        Err("name_too_long") => return Err(Error::field("message", "message_too_long")),
        Err(_) => String::new(),
    };
    let mut lent = state.db.lend().await?;
    store::set_message(&mut lent.conn(), permit, room.id, user.id, &text, state.clock.now()).await?;
    drop(lent);
    word::tell(state, room.id, Changed::Lobby).await;
    Ok(())
}

/// A meeting ended, at a time to the second: what was decided until then no longer holds.
pub async fn meeting_ended(state: AppState, ended: Ended) -> Result<()> {
    let mut lent = state.db.lend().await?;
    store::end_decisions(&mut lent.conn(), ended.room, ended.at + TimeDelta::seconds(1)).await?;
    drop(lent);
    word::tell(&state, ended.room, Changed::Lobby).await;
    Ok(())
}
