//! A room as the REST API shows it (contract §1.3).

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{
    entry,
    model::{Role, Room},
    permissions, service, store,
};
use crate::{
    error::Result,
    livekit::identity::Identity,
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
    let who = service::who(state, room, reader.user).await?;
    let mut body = json!({
        "id": room.id,
        "name": room.name,
        "slug": room.slug,
        "configuration": room.configuration.0,
        "access_level": room.access_level,
    });
    if let Ok(permit) = permissions::enter(room.access_level, who) {
        let identity = match reader.user {
            // Old clients name no device (house.md, Identity).
            Some(user) => Identity::new(user.subject(), None),
            None => Identity::new(reader.browser.id.to_string(), None),
        };
        let token = entry::token(state, &permit, room, who, &identity, &name(reader))?;
        body["pin_code"] = json!(room.pin_code);
        body["livekit"] = json!({ "url": reader.livekit_url, "room": room.id, "token": token });
    }
    if permissions::see_accesses(who).is_ok() {
        body["accesses"] = accesses(state, room).await?;
    }
    Ok(body)
}

fn name(reader: &Reader<'_>) -> String {
    let given = reader.username.and_then(|name| clean_name(name, entry::LONGEST_NAME).ok());
    given.or_else(|| reader.user.map(User::display_name)).unwrap_or_else(|| "Anonymous".to_owned())
}

async fn accesses(state: &AppState, room: &Room) -> Result<Value> {
    let mut lent = state.db.lend().await?;
    let people: HashMap<_, _> =
        store::people(&mut lent.conn(), room.id).await?.into_iter().map(|user| (user.id, user)).collect();
    let list = store::accesses(&mut lent.conn(), room.id).await?;
    let shown = list.into_iter().map(|access| {
        let user = people.get(&access.user_id).cloned().map(UserBody::from);
        json!({ "id": access.id, "user": user, "resource": access.room_id, "role": Role::as_str(access.role) })
    });
    Ok(shown.collect())
}
