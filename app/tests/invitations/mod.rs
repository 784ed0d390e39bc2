//! Invitations by mail, read from a real mail server, and guest links.

mod calendars;
mod failing;
mod guests;
mod page;
mod places;
mod sending;

use serde_json::{Value, json};
use visavis::{
    invitations::{model::Invitation, service},
    on_db,
    rooms::{
        model::{AccessLevel, Role, Room},
        permissions::{self, Who},
        service::{NewRoom, create},
        store,
    },
    users::model::User,
};

use crate::{
    account::browser::Browser,
    support::{Client, TestApp, request::Answer},
    whole,
};

/// The same instance, with this mail server.
fn mailing(app: TestApp, url: &str) -> TestApp {
    app.with_settings(&[("smtp_url", url), ("mail_from", "Visavis <visavis@meet.example>")])
}

async fn room(app: &TestApp, owner: &User, name: &str) -> Room {
    let new =
        NewRoom { name: Some(name.to_owned()), access_level: Some(AccessLevel::Restricted), ..NewRoom::default() };
    create(&app.state, Some(owner), new).await.expect("made")
}

async fn client(app: &TestApp, user: &User) -> Client {
    Client::new(whole(app), Some(app.signed_in(user).await.session_id().to_owned())).with("accept-language", "en")
}

/// Asks as the contract has it.
async fn invite(client: &Client, room: &Room, emails: Value) -> Answer {
    let path = format!("/api/v1.0/rooms/{}/invite/", room.id);
    client.post(&path, json!({ "emails": emails }).to_string()).await
}

/// A mail that arrived shows that the address is theirs.
async fn confirm(app: &TestApp, user: &User) {
    let now = app.state.clock.now();
    let mut lent = app.state.db.lend().await.expect("lent");
    on_db!(&mut lent.conn(), c => sqlx::query("UPDATE users SET email_verified_at = $2 WHERE id = $1")
        .bind(user.id).bind(now).execute(c).await.map(drop))
    .expect("confirmed");
}

async fn role(app: &TestApp, room: &Room, user: &User) -> Option<Role> {
    store::role(&mut app.state.db.lend().await.expect("lent").conn(), room.id, user.id).await.expect("read")
}

/// Every invitation that is listed, in the order in which they are.
async fn listed(app: &TestApp, room: &Room) -> Vec<Invitation> {
    let permit =
        permissions::invite(Who { signed_in: true, role: Some(Role::Owner), ..Who::STRANGER }).expect("a host");
    let batches = service::list(&app.state, &permit, room.id).await.expect("read");
    batches.into_iter().flat_map(|batch| batch.invitations).collect()
}

/// How many jobs wait.
async fn waiting(app: &TestApp) -> i64 {
    let mut lent = app.state.db.lend().await.expect("lent");
    let sql = "SELECT COUNT(*) FROM jobs WHERE kind = 'mail.invitation' AND failed_at IS NULL";
    on_db!(&mut lent.conn(), c => sqlx::query_scalar(sql).fetch_one(c).await).expect("counted")
}

/// Fills in the page's form.
async fn send(browser: &mut Browser, room: &Room, fields: &[(&str, &str)]) -> String {
    let mut all = vec![("do", "send"), ("language", "en"), ("minutes", "60"), ("zone", "Europe/Paris")];
    all.retain(|(name, _)| !fields.iter().any(|(given, _)| given == name));
    all.extend_from_slice(fields);
    browser.submit(&format!("/{}/invitations", room.slug), &all).await.text
}
