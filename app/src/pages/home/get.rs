//! Shows home.

use axum::response::Response;
use visavis::{
    error::Result,
    i18n::pages,
    presence,
    rooms::{
        self,
        model::Role,
        permissions::{self, Who},
    },
    users::model::User,
};

use super::{
    room_row::RoomRow,
    view::{Home, HomeProps, HomeVisitor, HomeVisitorProps},
};
use crate::pages::context::Context;

/// As many rooms as home lists.
const MOST: i64 = 200;

/// For a visitor the field, for somebody signed in their rooms.
pub async fn home(context: Context) -> Response {
    let (lang, form) = (context.lang(), context.form().await);
    match context.viewer.user.clone() {
        None => context.show("", move || HomeVisitor(HomeVisitorProps { lang, form })),
        Some(user) => match rows(&context, &user).await {
            Ok(rooms) => context.show(pages::your_rooms(lang), move || Home(HomeProps { lang, form, rooms })),
            Err(error) => context.problem(&error),
        },
    }
}

async fn rows(context: &Context, user: &User) -> Result<Vec<RoomRow>> {
    let state = &context.state;
    let rooms = rooms::service::mine(state, user, MOST, 0).await?;
    let keys: Vec<_> = rooms.iter().map(|room| room.id).collect();
    let busy = presence::service::counts(state, &keys).await?;
    let roles = rooms::service::roles(state, Some(user), &keys).await?;
    let mut rows = Vec::with_capacity(rooms.len());
    for room in rooms {
        let role = roles.get(&room.id).copied();
        let permit = permissions::enter(room.access_level, Who { signed_in: true, role });
        // Few rooms are busy at once.
        let people = match permit {
            Ok(permit) if busy.contains_key(&room.id) => presence::service::people(state, room.id, &permit).await?,
            _ => Vec::new(),
        };
        rows.push(RoomRow {
            hosted: role.is_some_and(Role::is_host),
            inside: people.into_iter().map(|person| (person.name, person.color)).collect(),
            link: format!("{}/{}", context.origin, room.slug),
            name: room.name,
            slug: room.slug,
        });
    }
    Ok(rows)
}
