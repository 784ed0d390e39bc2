//! What a room asks of those who come: kept, noted, and holding wherever a name or a token is asked for.

use axum::http::Method;
use serde_json::{Value, json};
use visavis::{
    error::Error,
    rooms::{
        audit::{Action, Line},
        change,
        door::{self, DoorSettings},
        model::{AccessLevel, Room},
        request::Changes,
        service::{NewRoom, create, find},
    },
    users::model::User,
};

use super::lobby::{Browser, claims};
use crate::{on_both, support::TestApp};

async fn public(app: &TestApp, owner: &User) -> Room {
    let new = NewRoom { access_level: Some(AccessLevel::Public), ..NewRoom::default() };
    create(&app.state, Some(owner), new).await.expect("made")
}

async fn lines(app: &TestApp, room: &Room) -> Vec<Line> {
    let mut lent = app.state.db.lend().await.expect("lent");
    let mut lines: Vec<Line> =
        visavis::on_db!(&mut lent.conn(), c => sqlx::query_as("SELECT * FROM room_audit WHERE room_id = $1")
        .bind(room.id).fetch_all(c).await)
        .expect("read");
    lines.sort_by_key(|line| line.at);
    lines
}

const VERIFIED: DoorSettings = DoorSettings { max_participants: None, hosts_required: false, verified_only: true };

on_both! {
    async fn hosts_set_it_and_the_log_says_what_changed(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = public(&app, &ann).await;
        let wanted = DoorSettings { max_participants: Some(12), hosts_required: true, verified_only: false };
        assert!(matches!(door::set(&app.state, &ben, room.id, wanted).await, Err(Error::Forbidden)));
        door::set(&app.state, &ann, room.id, wanted).await.expect("set");
        let now = find(&app.state, &room.slug).await.expect("there");
        assert_eq!((now.max_participants, now.hosts_required, now.verified_only), (Some(12), true, false));
        // Saving the same again changes nothing, and is not noted.
        door::set(&app.state, &ann, room.id, wanted).await.expect("set");
        app.advance(chrono::TimeDelta::seconds(1));
        door::set(&app.state, &ann, room.id, VERIFIED).await.expect("set");
        app.advance(chrono::TimeDelta::seconds(1));
        visavis::chat::switch::set(&app.state, &ann, room.id, false, true).await.expect("set");
        app.advance(chrono::TimeDelta::seconds(1));
        visavis::presence::attendance::set(&app.state, &ann, room.id, true).await.expect("set");
        app.advance(chrono::TimeDelta::seconds(1));
        let changes = Changes { name: Some("Round".into()), access_level: Some(AccessLevel::Trusted), ..Changes::default() };
        change::update(&app.state, &ann, room.id, changes).await.expect("changed");
        let lines = lines(&app, &room).await;
        assert!(lines.iter().all(|line| line.actor_id == Some(ann.id) && line.action == Action::Settings));
        let details: Vec<_> = lines.iter().filter_map(|line| line.detail.as_deref()).collect();
        assert_eq!(details, ["most,hosts_on", "no_most,hosts_off,verified_on", "chat_off", "attendance_on", "name,trusted"]);
    }

    async fn where_accounts_alone_come_in_they_are_called_as_they_are(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = public(&app, &ann).await;
        let path = format!("/api/v1.0/rooms/{}/?username=Mallory", room.slug);
        let name = |body: &Value| claims(&app, &body["livekit"])["name"].clone();
        assert_eq!(name(&app.signed_in(&ben).await.get(&path).await.json()), "Mallory");
        door::set(&app.state, &ann, room.id, VERIFIED).await.expect("set");
        assert_eq!(name(&app.signed_in(&ben).await.get(&path).await.json()), "ben");
        let listed = app.signed_in(&ann).await.get("/api/v1.0/rooms/?username=Mallory").await.json();
        assert_eq!(name(&listed["results"][0]), "ann");
        let patch = app.signed_in(&ann).await.call(Method::PATCH, &path, json!({ "name": "Round" }).to_string()).await;
        assert_eq!(name(&patch.json()), "ann");
        let entry = Browser::new(app.signed_in(&ben).await).knocks("round", "Mallory").await;
        assert_eq!((name(&entry), &entry["username"]), (json!("ben"), &json!("ben")));
        // A guest gets no token by any of these ways.
        assert!(app.anonymous().get(&path).await.json().get("livekit").is_none());
        let (status, body) = Browser::new(app.anonymous()).asks("round", "Mallory").await;
        assert_eq!((status, &body["code"]), (403, &json!("account_required")), "{body}");
    }

    async fn nobody_takes_another_name_in_such_a_call(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = public(&app, &ann).await;
        let entry = app.signed_in(&ben).await.get(&format!("/api/v1.0/rooms/{}/", room.slug)).await.json();
        let token = entry["livekit"]["token"].as_str().expect("a token").to_owned();
        let rename = async |name: &str| {
            let client = app.anonymous().with("authorization", &format!("Bearer {token}"));
            let path = format!("/api/v1.0/rooms/{}/rename/", room.id);
            client.post_without_csrf(&path, json!({ "name": name }).to_string()).await
        };
        app.livekit.set_room(&room.id.to_string(), "RM_1", &[]);
        assert_eq!(rename("Mallory").await.status, 404, "not inside, but allowed");
        door::set(&app.state, &ann, room.id, VERIFIED).await.expect("set");
        let refused = rename("Mallory").await;
        assert_eq!((refused.status.as_u16(), refused.json()), (400, json!({ "name": ["In this room everybody is called as their account is."] })));
    }
}
