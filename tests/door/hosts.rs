//! What hosts hear.

use std::sync::Arc;

use axum::http::Method;
use chrono::TimeDelta;
use serde_json::json;
use tokio_util::sync::CancellationToken;
use tower_sessions::Session;
use visavis::{
    lobby::{decisions, snapshot::Snapshot, streams},
    rooms::{
        change,
        model::{AccessLevel, Room},
        request::Changes,
        word::{self, Changed},
    },
    sessions,
    users::model::User,
};

use super::{Guest, Heard, next, room};
use crate::{on_both, support::TestApp};

async fn listen(app: &TestApp, room: &Room, user: &User) -> (Heard<Arc<Snapshot>>, Session) {
    let id = app.signed_in(user).await.session_id().parse().expect("an id");
    let store = sessions::Store::new(app.state.db.clone(), app.state.clock.clone());
    let session = Session::new(Some(id), Arc::new(store), None);
    (Box::pin(streams::host(&app.state, room, user, session.clone(), CancellationToken::new())), session)
}

/// Who is seen to wait, once that is so.
async fn sees(heard: &mut Heard<Arc<Snapshot>>, expected: &[&Guest]) {
    let expected: Vec<_> = expected.iter().map(|guest| guest.id()).collect();
    loop {
        let seen = next(heard).await.expect("it goes on");
        if seen.waiting().map(|entry| entry.participant_id).eq(expected.iter().copied()) {
            return;
        }
    }
}

/// Nothing more is heard, after what was on the way.
async fn ends(heard: &mut Heard<Arc<Snapshot>>) {
    while next(heard).await.is_some() {}
}

on_both! {
    async fn every_host_sees_everybody_who_waits_at_once_and_after_a_reload(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = room(&app, &ann).await;
        let body = json!({ "user": ben.id, "resource": room.id, "role": "administrator" }).to_string();
        assert_eq!(app.signed_in(&ann).await.post("/api/v1.0/resource-accesses/", body).await.status, 201);
        let first = Guest::new(&app, &room).await;
        let (mut anns, _) = listen(&app, &room, &ann).await;
        let (mut bens, _) = listen(&app, &room, &ben).await;
        sees(&mut anns, &[&first]).await;
        sees(&mut bens, &[&first]).await;
        let second = Guest::new(&app, &room).await;
        sees(&mut anns, &[&first, &second]).await;
        sees(&mut bens, &[&first, &second]).await;
        drop(bens);
        let (mut bens, _) = listen(&app, &room, &ben).await;
        sees(&mut bens, &[&first, &second]).await;
        let (there, permit) = decisions::door(&app.state, &ann, &room.slug).await.expect("a host");
        assert_eq!(decisions::admit_all(&app.state, &there, &permit, &ann).await.expect("admitted"), 2);
        sees(&mut anns, &[]).await;
        sees(&mut bens, &[]).await;
        assert_eq!(decisions::admit_all(&app.state, &there, &permit, &ann).await.expect("nobody is fine"), 0);
    }

    async fn who_drops_out_of_sight_is_seen_no_more(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let guest = Guest::new(&app, &room).await;
        let (mut anns, _) = listen(&app, &room, &ann).await;
        sees(&mut anns, &[&guest]).await;
        app.advance(TimeDelta::seconds(15));
        word::tell(&app.state, room.id, Changed::Lobby).await;
        sees(&mut anns, &[]).await;
        guest.poll().await;
        sees(&mut anns, &[&guest]).await;
    }

    async fn in_a_room_that_is_open_nobody_is_seen_to_wait(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let guest = Guest::new(&app, &room).await;
        let (mut anns, _) = listen(&app, &room, &ann).await;
        sees(&mut anns, &[&guest]).await;
        let changes = Changes { access_level: Some(AccessLevel::Public), ..Changes::default() };
        change::update(&app.state, &ann, room.id, changes).await.expect("changed");
        sees(&mut anns, &[]).await;
    }

    async fn who_is_a_host_no_more_hears_no_more(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = room(&app, &ann).await;
        let owner = app.signed_in(&ann).await;
        let body = json!({ "user": ben.id, "resource": room.id, "role": "administrator" }).to_string();
        let access = owner.post("/api/v1.0/resource-accesses/", body).await.json()["id"].clone();
        let (mut bens, _) = listen(&app, &room, &ben).await;
        sees(&mut bens, &[]).await;
        let path = format!("/api/v1.0/resource-accesses/{}/", access.as_str().expect("text"));
        assert_eq!(owner.call(Method::PATCH, &path, r#"{"role":"member"}"#).await.status, 200);
        ends(&mut bens).await;
        let (mut bens, _) = listen(&app, &room, &ben).await;
        ends(&mut bens).await;
        assert!(decisions::door(&app.state, &ben, &room.slug).await.is_err());
    }

    async fn who_signed_out_hears_no_more(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let (mut here, _) = listen(&app, &room, &ann).await;
        let (mut there, session) = listen(&app, &room, &ann).await;
        sees(&mut here, &[]).await;
        sees(&mut there, &[]).await;
        session.delete().await.expect("signed out");
        let guest = Guest::new(&app, &room).await;
        ends(&mut there).await;
        sees(&mut here, &[&guest]).await;
        sessions::mine::end_all(&app.state, ann.id).await.expect("signed out everywhere");
        word::tell(&app.state, room.id, Changed::Lobby).await;
        ends(&mut here).await;
    }

    async fn a_room_that_is_deleted_is_heard_of_no_more(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann).await;
        let (mut anns, _) = listen(&app, &room, &ann).await;
        sees(&mut anns, &[]).await;
        change::delete(&app.state, &ann, &room.slug).await.expect("deleted");
        ends(&mut anns).await;
    }
}
