use axum::http::Method;
use serde_json::{Value, json};
use visavis::{
    rooms::{
        model::{Access, Role},
        store,
    },
    users::model::User,
};

use crate::{
    on_both,
    support::{Client, TestApp},
};

const ALL: &str = "/api/v1.0/resource-accesses/";

/// Puts a role there, past everything that could say no.
pub async fn give(app: &TestApp, room: &Value, user: &User, role: Role) -> uuid::Uuid {
    let access = Access {
        id: app.state.random.uuid(),
        room_id: room.as_str().expect("an id").parse().expect("a UUID"),
        user_id: user.id,
        role,
        created_at: app.state.clock.now(),
    };
    let mut lent = app.state.db.lend().await.expect("lent");
    store::insert_access(&mut lent.conn(), &access).await.expect("given");
    access.id
}

async fn send(client: &Client, method: Method, id: impl std::fmt::Display, body: Value) -> (u16, Value) {
    let answer = client.call(method, &format!("{ALL}{id}/"), body.to_string()).await;
    (answer.status.as_u16(), if answer.text.is_empty() { Value::Null } else { answer.json() })
}

async fn add(client: &Client, body: Value) -> (u16, Value) {
    let answer = client.post(ALL, body.to_string()).await;
    (answer.status.as_u16(), answer.json())
}

/// A room of `ann` with an administrator and a member.
struct Cast {
    room: Value,
    owner: Client,
    admin: Client,
    member: Client,
    other: Client,
    own: Value,
    admins: uuid::Uuid,
    members: uuid::Uuid,
    stranger: User,
}

async fn cast(app: &TestApp) -> Cast {
    let (ann, abe, mia, other) =
        (app.user("ann").await, app.user("abe").await, app.user("mia").await, app.user("other").await);
    let owner = app.signed_in(&ann).await;
    let made = owner.post("/api/v1.0/rooms/", r#"{"name":"Ours"}"#).await.json();
    let room = made["id"].clone();
    app.advance(chrono::TimeDelta::seconds(1));
    let admins = give(app, &room, &abe, Role::Administrator).await;
    app.advance(chrono::TimeDelta::seconds(1));
    let members = give(app, &room, &mia, Role::Member).await;
    Cast {
        own: made["accesses"][0]["id"].clone(),
        room,
        admin: app.signed_in(&abe).await,
        member: app.signed_in(&mia).await,
        other: app.signed_in(&other).await,
        stranger: other,
        owner,
        admins,
        members,
    }
}

fn owners_only() -> Value {
    json!({ "detail": "Only owners make others owners, and the role of an owner is theirs alone to change.", "code": "owners_only" })
}

fn last_owner() -> Value {
    json!({ "detail": "A room keeps at least one owner.", "code": "last_owner" })
}

on_both! {
    async fn hosts_see_the_roles_of_their_rooms_newest_first(app: TestApp) {
        let cast = cast(&app).await;
        cast.other.post("/api/v1.0/rooms/", r#"{"name":"Theirs"}"#).await;
        for client in [&cast.owner, &cast.admin] {
            let listed = client.get(&format!("{ALL}?page_size=1")).await.json();
            let roles: Vec<_> = listed["results"].as_array().expect("a list").iter().map(|a| a["role"].clone()).collect();
            assert_eq!((&listed["count"], roles), (&json!(3), vec![json!("member"), json!("administrator"), json!("owner")]));
        }
        assert_eq!(cast.member.get(ALL).await.json()["count"], 0);
        assert_eq!(cast.owner.get(&format!("{ALL}?page=2")).await.status, 404);
        assert_eq!(app.anonymous().get(ALL).await.status, 401);
        let one = format!("{ALL}{}/", cast.members);
        let mut keys: Vec<_> = cast.admin.get(&one).await.json().as_object().expect("an object").keys().cloned().collect();
        keys.sort_unstable();
        assert_eq!(keys, ["id", "resource", "role", "user"]);
        for (client, status) in [(&cast.member, 403), (&cast.other, 403), (&app.anonymous(), 401)] {
            assert_eq!(client.get(&one).await.status, status);
        }
        for id in ["x".to_owned(), uuid::Uuid::nil().to_string()] {
            assert_eq!(cast.owner.get(&format!("{ALL}{id}")).await.status, 404, "{id}");
        }
    }

    async fn hosts_give_roles_and_owners_that_of_an_owner(app: TestApp) {
        let cast = cast(&app).await;
        let wish = |role: &str| json!({ "user": cast.stranger.id, "resource": cast.room, "role": role });
        let hosts_only = json!({ "detail": "Only administrators and owners of a room decide who has a role in it.", "code": "hosts_only" });
        for client in [&cast.member, &cast.other] {
            assert_eq!(add(client, wish("member")).await, (403, hosts_only.clone()));
        }
        assert_eq!(app.anonymous().post(ALL, wish("member").to_string()).await.status, 401);
        assert_eq!(add(&cast.admin, wish("owner")).await, (403, owners_only()));
        let (status, made) = add(&cast.admin, json!({ "user": cast.stranger.id, "resource": cast.room })).await;
        assert_eq!((status, &made["role"], &made["user"], &made["resource"]), (201, &json!("member"), &json!(cast.stranger.id), &cast.room));
        let twice = json!({ "non_field_errors": ["This person already has a role in this room."] });
        assert_eq!(add(&cast.owner, wish("owner")).await, (400, twice));
        let new = app.user("new").await;
        assert_eq!(add(&cast.owner, json!({ "user": new.id, "resource": cast.room, "role": "owner" })).await.0, 201);
    }

    async fn wrong_fields_are_told_at_once(app: TestApp) {
        let cast = cast(&app).await;
        let (status, wrong) = add(&cast.owner, json!({ "user": "x", "role": "king", "team": "y" })).await;
        assert_eq!((status, wrong), (400, json!({
            "user": ["This is not a UUID."], "resource": ["This is missing."],
            "role": ["Choose member, administrator or owner."], "team": ["There is no such field."],
        })));
        let nil = uuid::Uuid::nil();
        let (status, wrong) = add(&cast.owner, json!({ "user": nil, "resource": nil })).await;
        assert_eq!((status, wrong), (400, json!({ "user": ["There is no such account."], "resource": ["There is no such room."] })));
        assert_eq!(send(&cast.owner, Method::PUT, cast.members, json!({ "role": "member" })).await.0, 400);
        assert_eq!(send(&cast.owner, Method::PATCH, cast.members, json!({ "role": null })).await.0, 400);
        assert_eq!(send(&cast.member, Method::PATCH, cast.members, json!({ "role": null })).await.0, 403, "asked first");
    }

    async fn roles_are_changed_by_whom_they_may(app: TestApp) {
        let cast = cast(&app).await;
        let role = |role: &str| json!({ "role": role });
        for (client, status) in [(&cast.member, 403), (&cast.other, 403), (&app.anonymous(), 401)] {
            assert_eq!(send(client, Method::PATCH, cast.members, role("administrator")).await.0, status);
        }
        assert_eq!(send(&cast.admin, Method::PATCH, cast.members, role("owner")).await, (403, owners_only()));
        assert_eq!(send(&cast.admin, Method::PATCH, cast.own.as_str().expect("an id"), role("member")).await, (403, owners_only()));
        assert_eq!(send(&cast.owner, Method::PATCH, cast.own.as_str().expect("an id"), role("member")).await, (403, last_owner()));
        let (status, changed) = send(&cast.admin, Method::PATCH, cast.members, role("administrator")).await;
        assert_eq!((status, &changed["role"]), (200, &json!("administrator")));
        // Who and where stays, whatever is said.
        let whole = json!({ "user": cast.stranger.id, "resource": uuid::Uuid::nil(), "role": "owner" });
        let (status, changed) = send(&cast.owner, Method::PUT, cast.members, whole).await;
        assert_eq!((status, &changed["role"], &changed["resource"]), (200, &json!("owner"), &cast.room));
        assert_ne!(changed["user"], json!(cast.stranger.id));
        assert_eq!(send(&cast.owner, Method::PATCH, cast.members, role("member")).await, (403, owners_only()), "of another owner");
        assert_eq!(send(&cast.owner, Method::PATCH, cast.own.as_str().expect("an id"), role("member")).await.0, 200, "another one stays");
        assert_eq!(send(&cast.owner, Method::PATCH, cast.members, role("member")).await.0, 403, "no longer a host");
        assert_eq!(send(&cast.admin, Method::PATCH, cast.admins, role("member")).await.0, 200, "one's own");
    }

    async fn roles_are_taken_away_by_whom_they_may(app: TestApp) {
        let cast = cast(&app).await;
        let own = cast.own.as_str().expect("an id");
        for (client, status) in [(&cast.member, 403), (&cast.other, 403), (&app.anonymous(), 401)] {
            assert_eq!(send(client, Method::DELETE, cast.members, Value::Null).await.0, status);
        }
        assert_eq!(send(&cast.admin, Method::DELETE, own, Value::Null).await.0, 403);
        assert_eq!(send(&cast.owner, Method::DELETE, own, Value::Null).await, (403, last_owner()));
        assert_eq!(send(&cast.owner, Method::DELETE, "x", Value::Null).await.0, 404);
        assert_eq!(send(&cast.admin, Method::DELETE, cast.members, Value::Null).await, (204, Value::Null));
        assert_eq!(send(&cast.admin, Method::DELETE, cast.members, Value::Null).await.0, 404);
        send(&cast.owner, Method::PATCH, cast.admins, json!({ "role": "owner" })).await;
        assert_eq!(send(&cast.owner, Method::DELETE, cast.admins, Value::Null).await.0, 403, "another owner's");
        assert_eq!(send(&cast.owner, Method::DELETE, own, Value::Null).await.0, 204, "one's own, with another one left");
        assert_eq!(cast.owner.call_without_csrf(Method::DELETE, &format!("{ALL}{}/", cast.admins), "").await.status, 403);
    }
}
