//! Past the door without asking: whom a host let in beforehand, by a link that says so.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    model::{Asker, Entry, Status},
    store,
};
use crate::{
    config::Lobby as Times,
    db::Conn,
    error::Result,
    rooms::permissions::{Decide, Permit},
};

/// What is to be stored of somebody who comes by such a link; `None`: nothing, because a host has refused this very person, and no
/// link makes up for that; or because they are let in already.
fn admitted(
    stored: Option<&Entry>,
    asker: &Asker,
    (room, username, by): (Uuid, &str, Option<Uuid>),
    now: DateTime<Utc>,
    times: &Times,
) -> Option<Entry> {
    let theirs = stored.filter(|entry| entry.is_of(asker) && now < entry.until);
    if theirs.is_some_and(|entry| entry.status != Status::Waiting) {
        return None;
    }
    Some(Entry {
        room_id: room,
        participant_id: asker.participant_id,
        user_id: asker.user_id,
        username: username.to_owned(),
        status: Status::Accepted,
        since: now,
        until: now + times.accepted,
        refusals: stored.map_or(0, |entry| entry.refusals),
        decided_at: Some(now),
        decided_by: by,
    })
}

/// Whether a host, or a link before, has let this visitor in, and that still holds.
pub async fn holds(conn: &mut Conn<'_>, room: Uuid, asker: &Asker, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let entry = store::find(conn, room, asker.participant_id).await?;
    Ok(entry.is_some_and(|entry| entry.is_of(asker) && entry.status == Status::Accepted && now < entry.until))
}

/// Lets somebody in, inside the caller's transaction: the usual door then finds a host's decision. `by`: the host who made the link.
pub async fn admit(
    conn: &mut Conn<'_>,
    permit: &Permit<Decide>,
    asker: &Asker,
    whom: (Uuid, &str, Option<Uuid>),
    now: DateTime<Utc>,
    times: &Times,
) -> Result<()> {
    let stored = store::find(conn, whom.0, asker.participant_id).await?;
    let Some(entry) = admitted(stored.as_ref(), asker, whom, now, times) else { return Ok(()) };
    if store::put_admitted(conn, permit, stored.as_ref(), &entry).await? {
        return Ok(());
    }
    Err(anyhow::anyhow!("an entry of the lobby changed while a link was used").into())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::lobby::model::tests::TIMES;

    #[test]
    fn a_link_lets_in_who_waits_and_not_who_was_refused() {
        let now: DateTime<Utc> = "2026-11-30T09:30:00Z".parse().expect("a time");
        let [room, browser, user, host] = [1, 2, 3, 4].map(Uuid::from_u128);
        let times = TIMES;
        let guest = Asker { participant_id: browser, user_id: None };
        let whom = (room, "Karim", Some(host));
        let fresh = admitted(None, &guest, whom, now, &times).expect("let in");
        assert_eq!((fresh.status, fresh.until, fresh.decided_by), (Status::Accepted, now + times.accepted, Some(host)));
        for (status, until, lets_in) in [
            (Status::Waiting, 60, true),
            (Status::Denied, 60, false),
            (Status::Denied, 0, true),
            (Status::Accepted, 60, false),
            (Status::Accepted, 0, true),
        ] {
            let stored = Entry { status, until: now + TimeDelta::seconds(until), refusals: 2, ..fresh.clone() };
            let after = admitted(Some(&stored), &guest, whom, now, &times);
            assert_eq!(after.as_ref().is_some(), lets_in, "{status:?} {until}");
            assert!(after.is_none_or(|entry| entry.refusals == 2), "what was refused before is remembered");
            // Another account on the same browser is somebody else.
            let other = Asker { user_id: Some(user), ..guest.clone() };
            assert!(admitted(Some(&stored), &other, whom, now, &times).is_some());
        }
    }
}
