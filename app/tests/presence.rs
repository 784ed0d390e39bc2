//! Who is in a room, as pages tell it: a number to whoever has the link, names to those who may come in, a list to hosts.

use chrono::TimeDelta;
use serde_json::json;
use visavis::{
    presence::attendance,
    rooms::{
        model::{AccessLevel, Room},
        service::{NewRoom, create},
    },
    users::model::User,
};

use crate::{
    on_both,
    support::{Client, TestApp},
    visitor, whole,
};

async fn room(app: &TestApp, owner: &User, level: AccessLevel) -> Room {
    let new = NewRoom { access_level: Some(level), name: Some(format!("Room {level:?}")), ..NewRoom::default() };
    create(&app.state, Some(owner), new).await.expect("made")
}

async fn signed_in(app: &TestApp, user: &User) -> Client {
    let session = app.signed_in(user).await.session_id().to_owned();
    Client::new(whole(app), Some(session)).with("accept-language", "en")
}

/// LiveKit says that this happened.
async fn happens(app: &TestApp, room: &Room, what: &str, identity: &str, name: &str) {
    let id = app.state.random.uuid();
    let event = json!({
        "event": what, "id": id.to_string(), "createdAt": app.state.clock.now().timestamp(),
        "room": { "sid": format!("RM_{}", room.id), "name": room.id.to_string() },
        "participant": { "sid": format!("PA_{identity}"), "identity": identity, "name": name, "joinedAt": app.state.clock.now().timestamp() },
    });
    assert_eq!(app.webhook(&event.to_string()).await.status, 200);
    app.work().await;
}

async fn page(client: &Client, path: &str) -> String {
    let answer = client.get(path).await;
    assert_eq!(answer.status, 200, "{path}");
    answer.text.replace(['\u{2068}', '\u{2069}'], "")
}

on_both! {
    async fn the_page_before_the_call_says_who_is_in(app: TestApp) {
        let ann = app.user("ann").await;
        let (open, closed) = (room(&app, &ann, AccessLevel::Public).await, room(&app, &ann, AccessLevel::Restricted).await);
        let (host, stranger) = (signed_in(&app, &ann).await, visitor(&app));
        for room in [&open, &closed] {
            assert!(page(&stranger, &format!("/{}", room.slug)).await.contains("See and hear yourself first."));
            happens(&app, room, "participant_joined", &format!("x-{}", room.slug), "Zoë <b>").await;
            happens(&app, room, "participant_joined", &format!("y-{}", room.slug), "Karim").await;
        }
        let inside = page(&stranger, &format!("/{}", open.slug)).await;
        assert!(inside.contains("Zoë &lt;b&gt; and Karim are in."), "{inside}");
        let outside = page(&stranger, &format!("/{}", closed.slug)).await;
        assert!(outside.contains("2 people are in.") && !outside.contains("Karim"), "{outside}");
        assert!(page(&host, &format!("/{}", closed.slug)).await.contains("Karim are in."));
    }

    async fn home_says_how_many_are_in_each_room(app: TestApp) {
        let ann = app.user("ann").await;
        let (one, two) = (room(&app, &ann, AccessLevel::Public).await, room(&app, &ann, AccessLevel::Trusted).await);
        let client = signed_in(&app, &ann).await;
        assert!(!page(&client, "/").await.contains("in now"));
        happens(&app, &one, "participant_joined", "a", "Zoë").await;
        happens(&app, &one, "participant_joined", "b", "Karim").await;
        let text = page(&client, "/").await;
        assert_eq!((text.matches("in now").count(), text.contains("2 in now"), text.contains("Zoë")), (1, true, false));
        assert!(text.contains(&format!("Join {}", one.name)) && text.contains(&format!("Start {}", two.name)), "{text}");
    }

    async fn hosts_see_who_was_here_where_people_are_told(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = room(&app, &ann, AccessLevel::Public).await;
        let (host, other) = (signed_in(&app, &ann).await, signed_in(&app, &ben).await);
        let (path, told) = (format!("/{}/attendance.csv", room.slug), "Hosts can see who was here and when.");
        happens(&app, &room, "participant_joined", "early", "Untold").await;
        assert_eq!((host.get(&path).await.status.as_u16(), other.get(&path).await.status.as_u16()), (404, 403), "off");
        assert!(!page(&visitor(&app), &format!("/{}", room.slug)).await.contains(told));
        assert_eq!(attendance::set(&app.state, &ben, room.id, true).await.expect_err("no host").status(), 403);
        attendance::set(&app.state, &ann, room.id, true).await.expect("switched on");
        assert!(page(&visitor(&app), &format!("/{}", room.slug)).await.contains(told));
        happens(&app, &room, "participant_joined", "evil", "=cmd|' /C calc'!A0").await;
        happens(&app, &room, "participant_joined", &ann.subject(), "Ann").await;
        app.advance(TimeDelta::minutes(7));
        happens(&app, &room, "participant_left", "evil", "=cmd").await;
        let answer = host.get(&path).await;
        assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8");
        assert_eq!(answer.headers["content-disposition"], format!("attachment; filename=\"attendance-{}.csv\"", room.slug));
        let lines: Vec<_> = answer.text.lines().collect();
        assert_eq!(lines.len(), 3, "who came untold is not listed: {lines:?}");
        assert!(answer.text.starts_with("\u{feff}\"Name\""), "{lines:?}");
        let line = |start: &str| lines.iter().find(|line| line.starts_with(start)).copied().unwrap_or_default();
        assert!(line("\"'=cmd|' /C calc'!A0\",\"Guest\"").ends_with(",\"7\""), "{lines:?}");
        assert!(line("\"Ann\",\"Account\"").contains(",\"\",\"7\""), "still here: {lines:?}");
        assert_eq!((other.get(&path).await.status.as_u16(), visitor(&app).get(&path).await.status.as_u16()), (403, 303));
        attendance::set(&app.state, &ann, room.id, false).await.expect("switched off");
        assert_eq!(host.get(&path).await.status, 404);
    }
}
