//! The pages of rooms: the list, what is decided about one, and the invitation.

mod invite;
mod list;
mod people;
mod settings;

use visavis::{
    rooms::{
        model::{Access, AccessLevel, Role, Room},
        service::{NewRoom, create, find},
        store,
    },
    users::model::User,
};

use crate::{
    support::{Client, TestApp, request::Answer},
    whole,
};

async fn room(app: &TestApp, owner: &User, name: &str) -> Room {
    let new =
        NewRoom { name: Some(name.to_owned()), access_level: Some(AccessLevel::Restricted), ..NewRoom::default() };
    create(&app.state, Some(owner), new).await.expect("made")
}

/// A browser of this account.
async fn browser(app: &TestApp, user: &User) -> Client {
    let session = app.signed_in(user).await.session_id().to_owned();
    let client = Client::new(whole(app), Some(session)).with("accept-language", "en");
    client.with("content-type", "application/x-www-form-urlencoded")
}

async fn give(app: &TestApp, room: &Room, user: &User, role: Role) -> String {
    let id = app.state.random.uuid();
    let access = Access { id, room_id: room.id, user_id: user.id, role, created_at: app.state.clock.now() };
    let mut lent = app.state.db.lend().await.expect("lent");
    store::insert_access(&mut lent.conn(), &access).await.expect("given");
    id.to_string()
}

async fn role(app: &TestApp, room: &Room, user: &User) -> Option<Role> {
    store::role(&mut app.state.db.lend().await.expect("lent").conn(), room.id, user.id).await.expect("read")
}

async fn now(app: &TestApp, room: &Room) -> Room {
    find(&app.state, &room.id.to_string()).await.expect("there")
}

/// Where an answer leads.
fn to(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.text);
    answer.headers["location"].to_str().expect("text")
}

/// The page that a form's answer leads to.
async fn follow(client: &Client, answer: &Answer) -> String {
    let page = client.get(to(answer).split('#').next().unwrap_or_default()).await;
    assert_eq!(page.status, 200, "{}", page.text);
    page.text.replace(['\u{2068}', '\u{2069}'], "")
}
