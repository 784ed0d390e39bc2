//! Shows home.

use axum::response::Response;
use visavis::{
    error::Result,
    i18n::pages,
    presence::{self, mine, mine::Mine},
    rooms::{
        self,
        model::{Role, Room},
        permissions::{self, Who},
    },
    users::model::User,
    web::extract::Params,
};

use super::{
    find::Found,
    room_row::RoomRow,
    used::used,
    view::{Home, HomeProps, HomeVisitor, HomeVisitorProps},
};
use crate::pages::context::Context;

/// Longest text that is looked for, in characters.
const LONGEST: usize = 200;

/// For a visitor the field, for somebody signed in their rooms.
pub async fn home(context: Context, params: Params) -> Response {
    let (lang, form) = (context.lang(), context.form().await);
    match context.viewer.user.clone() {
        None => context.show("", move || HomeVisitor(HomeVisitorProps { lang, form })),
        Some(user) => match rows(&context, &user, &params).await {
            Ok((rooms, found)) => {
                context.show(pages::your_rooms(lang), move || Home(HomeProps { lang, form, rooms, found }))
            }
            Err(error) => context.problem(&error),
        },
    }
}

async fn rows(context: &Context, user: &User, params: &Params) -> Result<(Vec<RoomRow>, Found)> {
    let state = &context.state;
    let text: String = params.get("q").unwrap_or_default().trim().chars().take(LONGEST).collect();
    let page = params.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let Mine { rooms, page, pages, found, all } = mine::page(state, user, &text, page).await?;
    let keys: Vec<_> = rooms.iter().map(|(room, _)| room.id).collect();
    let busy = presence::service::counts(state, &keys).await?;
    let roles = rooms::service::roles(state, Some(user), &keys).await?;
    let now = state.clock.now();
    let mut rows = Vec::with_capacity(rooms.len());
    for (room, line) in rooms {
        let role = roles.get(&room.id).copied();
        // Few rooms are busy at once.
        let inside = if busy.contains_key(&room.id) { inside(context, &room, role).await? } else { Vec::new() };
        rows.push(RoomRow {
            hosted: role.is_some_and(Role::is_host),
            owned: role == Some(Role::Owner),
            inside,
            used: used(context.lang(), line.used(now), now, &user.timezone),
            link: format!("{}/{}", context.origin, room.slug),
            name: room.name,
            slug: room.slug,
        });
    }
    Ok((rows, Found { text, page, pages, found, all }))
}

/// Names and colours of those who are in a room now.
async fn inside(context: &Context, room: &Room, role: Option<Role>) -> Result<Vec<(String, String)>> {
    let Ok(permit) = permissions::enter(room.access_level, Who { signed_in: true, role, ..Who::STRANGER }) else {
        return Ok(Vec::new());
    };
    let people = presence::service::people(&context.state, room.id, &permit).await?;
    Ok(people.into_iter().map(|person| (person.name, person.color)).collect())
}
