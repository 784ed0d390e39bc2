//! Shows home.

use axum::response::Response;
use visavis::{i18n::pages, presence, rooms, users::model::User};

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

async fn rows(context: &Context, user: &User) -> visavis::error::Result<Vec<RoomRow>> {
    let rooms = rooms::service::mine(&context.state, user, MOST, 0).await?;
    let keys: Vec<_> = rooms.iter().map(|room| room.id).collect();
    let inside = presence::service::counts(&context.state, &keys).await?;
    let roles = rooms::service::roles(&context.state, Some(user), &keys).await?;
    let row = |room: rooms::model::Room| RoomRow {
        hosted: roles.get(&room.id).is_some_and(|role| role.is_host()),
        inside: inside.get(&room.id).copied().unwrap_or_default(),
        link: format!("{}/{}", context.origin, room.slug),
        name: room.name,
        slug: room.slug,
    };
    Ok(rooms.into_iter().map(row).collect())
}
