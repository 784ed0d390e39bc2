//! A room as the REST API shows it (contract §1.3).

use std::collections::HashMap;

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    entry,
    model::Room,
    permissions::{self, Who},
    removals::{self, Marks},
    service, store,
};
use crate::{
    error::Result,
    state::AppState,
    users::{
        model::{User, clean_name},
        types::UserBody,
    },
    web::device::Browser,
};

/// Who reads, and as whom they would enter.
#[derive(Debug)]
pub struct Reader<'r> {
    /// The account.
    pub user: Option<&'r User>,
    /// The browser; a guest's identity.
    pub browser: &'r Browser,
    /// `?username=`: the name in the token.
    pub username: Option<&'r str>,
    /// Where this reader's browser finds LiveKit.
    pub livekit_url: String,
}

/// The full representation. `accesses` is there for hosts alone; `livekit` and `pin_code` for those who may enter.
pub async fn body(state: &AppState, room: &Room, reader: &Reader<'_>) -> Result<Value> {
    Ok(bodies(state, std::slice::from_ref(room), reader).await?.pop().unwrap_or_default())
}

/// The same of many rooms, in their order, with as many queries as for one.
pub async fn bodies(state: &AppState, rooms: &[Room], reader: &Reader<'_>) -> Result<Vec<Value>> {
    let ids: Vec<Uuid> = rooms.iter().map(|room| room.id).collect();
    let roles = service::roles(state, reader.user, &ids).await?;
    let removed = removed(state, &ids, reader).await?;
    let who = |room: &Room| match reader.user {
        None => Who::STRANGER,
        Some(_) => Who { signed_in: true, role: roles.get(&room.id).copied(), ..Who::STRANGER },
    };
    let who = |room: &Room| Who { removed: removed.contains(&room.id) && !who(room).hosts(), ..who(room) };
    let hosted: Vec<Uuid> =
        rooms.iter().filter(|room| permissions::see_accesses(who(room)).is_ok()).map(|room| room.id).collect();
    let mut accesses = accesses(state, &hosted).await?;
    let mut bodies = Vec::with_capacity(rooms.len());
    for room in rooms {
        let mut body = shown(state, room, who(room), reader)?;
        if let Some(list) = accesses.remove(&room.id) {
            body["accesses"] = Value::Array(list);
        }
        bodies.push(body);
    }
    Ok(bodies)
}

fn shown(state: &AppState, room: &Room, who: Who, reader: &Reader<'_>) -> Result<Value> {
    let mut body = json!({
        "id": room.id,
        "name": room.name,
        "slug": room.slug,
        "configuration": room.configuration.0,
        "access_level": room.access_level,
    });
    if let Ok(permit) = permissions::enter(room, who) {
        let identity = entry::identity(reader.user, reader.browser);
        let token = entry::token(state, &permit, room, who, &identity, &name(room, reader))?;
        body["pin_code"] = json!(room.pin_code);
        body["livekit"] = json!({ "url": reader.livekit_url, "room": room.id, "token": token });
    }
    Ok(body)
}

/// In which of these rooms the reader is kept out. Those who run a room are not.
async fn removed(state: &AppState, rooms: &[Uuid], reader: &Reader<'_>) -> Result<Vec<Uuid>> {
    let marks = Marks::of_visitor(state, reader.user, reader.browser);
    let mut lent = state.db.lend().await?;
    Ok(removals::store::among(&mut lent.conn(), rooms, &marks).await?)
}

fn name(room: &Room, reader: &Reader<'_>) -> String {
    let given = reader.username.filter(|_| !(room.verified_only && reader.user.is_some()));
    let given = given.and_then(|name| clean_name(name, entry::LONGEST_NAME).ok());
    given.or_else(|| reader.user.map(User::display_name)).unwrap_or_else(|| "Anonymous".to_owned())
}

/// Who has a role in each of these rooms.
async fn accesses(state: &AppState, rooms: &[Uuid]) -> Result<HashMap<Uuid, Vec<Value>>> {
    if rooms.is_empty() {
        return Ok(HashMap::new());
    }
    let mut lent = state.db.lend().await?;
    let people: HashMap<_, _> =
        store::people(&mut lent.conn(), rooms).await?.into_iter().map(|user| (user.id, user)).collect();
    let mut lists: HashMap<Uuid, Vec<Value>> = rooms.iter().map(|room| (*room, Vec::new())).collect();
    for access in store::accesses(&mut lent.conn(), rooms).await? {
        let user = people.get(&access.user_id).cloned().map(UserBody::from);
        let shown = json!({ "id": access.id, "user": user, "resource": access.room_id, "role": access.role.as_str() });
        lists.entry(access.room_id).or_default().push(shown);
    }
    Ok(lists)
}
