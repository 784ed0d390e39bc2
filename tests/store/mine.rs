//! One's rooms with their last use, accounts by address, rooms by key.

use chrono::{DateTime, TimeDelta, Utc};
use visavis::{
    on_db,
    presence::{mine, model::Meeting, store},
    rooms::{
        model::Room,
        service::{NewRoom, create},
        store as rooms,
    },
    users::{model::User, store as users},
};

use crate::{on_both, support::TestApp};

async fn room(app: &TestApp, owner: &User, name: &str) -> Room {
    app.advance(TimeDelta::minutes(1));
    let new = NewRoom { name: Some(name.to_owned()), ..NewRoom::default() };
    create(&app.state, Some(owner), new).await.expect("made")
}

async fn met(app: &TestApp, room: &Room, sid: &str, from: DateTime<Utc>, to: Option<DateTime<Utc>>) {
    let meeting =
        Meeting { room_sid: sid.into(), room_id: room.id, started_at: from, finished_at: to, missing_since: None };
    store::put_meeting(&mut app.state.db.lend().await.expect("lent").conn(), &meeting).await.expect("kept");
}

on_both! {
    async fn each_room_once_with_its_last_meeting(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let (one, two, three) = (room(&app, &ann, "One").await, room(&app, &ann, "Two").await, room(&app, &ann, "Three").await);
        room(&app, &ben, "Ben’s").await;
        let at = |hours: i64| app.state.clock.now() + TimeDelta::hours(hours);
        met(&app, &one, "a", at(1), Some(at(2))).await;
        met(&app, &one, "b", at(5), Some(at(6))).await;
        met(&app, &one, "c", at(3), None).await;
        met(&app, &two, "d", at(4), None).await;
        let mut lines = store::lines_of(&mut app.state.db.lend().await.expect("lent").conn(), ann.id).await.expect("read");
        lines.sort_by(|a, b| a.name.cmp(&b.name));
        let times: Vec<_> = lines.iter().map(|line| (line.name.as_str(), line.started_at, line.finished_at)).collect();
        assert_eq!(times, [("One", Some(at(5)), Some(at(6))), ("Three", None, None), ("Two", Some(at(4)), None)]);
        let page = mine::page(&app.state, &ann, "", 1).await.expect("read");
        let names: Vec<_> = page.rooms.iter().map(|(room, line)| (room.name.as_str(), line.id == room.id)).collect();
        assert_eq!(names, [("Two", true), ("One", true), ("Three", true)], "what goes on, then the last used");
        assert_eq!((page.all, page.found, page.pages), (3, 3, 1));
        let page = mine::page(&app.state, &ann, "ben", 1).await.expect("read");
        assert_eq!((page.all, page.found, page.rooms.len()), (3, 0, 0));
        let keys = [three.id, one.id, app.state.random.uuid()];
        let mut lent = app.state.db.lend().await.expect("lent");
        assert_eq!(rooms::by_ids(&mut lent.conn(), &keys).await.expect("read").len(), 2);
        assert!(rooms::by_ids(&mut lent.conn(), &[]).await.expect("read").is_empty());
    }

    async fn an_account_is_found_by_address_while_it_is_open(app: TestApp) {
        let ann = app.user("ann").await;
        let mut lent = app.state.db.lend().await.expect("lent");
        let conn = &mut lent.conn();
        assert_eq!(users::active_by_email(conn, "ann@example.org").await.expect("read").map(|user| user.id), Some(ann.id));
        assert!(users::active_by_email(conn, "ben@example.org").await.expect("read").is_none());
        // The same address by a provider: the account made here comes first, then the other one.
        let other = User { id: app.state.random.uuid(), sub: Some("provider".into()), ..ann.clone() };
        users::insert(conn, &other).await.expect("added");
        assert_eq!(users::active_by_email(conn, "ann@example.org").await.expect("read").map(|user| user.id), Some(ann.id));
        let sql = "UPDATE users SET is_active = $2 WHERE id = $1";
        let id = ann.id;
        on_db!(conn, c => sqlx::query(sql).bind(id).bind(false).execute(c).await.map(drop)).expect("closed");
        assert_eq!(users::active_by_email(conn, "ann@example.org").await.expect("read").map(|user| user.id), Some(other.id));
    }
}
