//! Whose the ids in a log are, as far as anybody still knows.

use std::collections::HashMap;

use uuid::Uuid;

use super::told::{Told, Whom};
use crate::{
    db::Conn,
    livekit::Identity,
    lobby, presence,
    rooms::{
        audit::Line,
        model::Room,
        permissions::{Permit, ReadLog},
        removals,
    },
    users,
};

/// Names by what they are known by.
#[derive(Debug, Default)]
pub struct Names {
    accounts: HashMap<Uuid, String>,
    /// By the subject of an identity.
    guests: HashMap<String, String>,
}

impl Names {
    /// Looks up whoever these lines are about. A guest's name is known as long as it is kept that they were there, asked, or are kept out;
    /// the latest one counts.
    pub async fn of(conn: &mut Conn<'_>, permit: &Permit<ReadLog>, room: &Room, lines: &[Line]) -> sqlx::Result<Self> {
        let mut ids: Vec<Uuid> = lines.iter().flat_map(|line| [line.actor_id, line.target_id]).flatten().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut accounts = HashMap::new();
        for some in ids.chunks(1000) {
            let found = users::store::by_ids(conn, some).await?;
            accounts.extend(found.into_iter().map(|user| (user.id, user.display_name())));
        }
        let mut guests = HashMap::new();
        if lines.iter().any(|line| line.target.is_some() || line.guest().is_some()) {
            for out in removals::store::names(conn, permit, room.id).await? {
                guests.insert(out.0, out.1);
            }
            for entry in lobby::store::all(conn, room.id).await? {
                guests.insert(entry.participant_id.to_string(), entry.username);
            }
            for (identity, name) in presence::store::names(conn, permit, room.id).await? {
                guests.insert(Identity::parse(&identity).subject().to_owned(), name);
            }
        }
        Ok(Self { accounts, guests })
    }

    /// A line with its names.
    pub fn tell(&self, line: Line) -> Told {
        let account = |id: Option<Uuid>| id.and_then(|id| self.accounts.get(&id).cloned());
        let one = |id, identity: Option<&str>| match (account(id), identity) {
            (Some(name), _) => Whom::Named(name),
            (None, Some(identity)) => match self.guests.get(Identity::parse(identity).subject()) {
                Some(name) if !name.is_empty() => Whom::Named(name.clone()),
                _ => Whom::Guest,
            },
            (None, None) => Whom::Somebody,
        };
        let (who, whom) = (one(line.actor_id, line.guest()), one(line.target_id, line.target.as_deref()));
        Told { at: line.at, who, action: line.action, whom, detail: line.detail.unwrap_or_default() }
    }
}
