//! Ways past a door, each of which somebody has found at somebody else's.

use chrono::TimeDelta;
use serde_json::{Value, json};
use visavis::{
    livekit::fake::Call,
    lobby::store,
    presence::{
        model::{Kind, Participant, Report, What},
        service::hear,
    },
    rooms::{
        model::{AccessLevel, Room},
        service::{NewRoom, create},
    },
    users::model::User,
};

use super::{FORM, header, set_cookie};
use crate::{
    on_both,
    support::{Client, TestApp, request::Answer},
    visitor, whole,
};

const COOKIE: &str = "lobbyParticipantId";

async fn room(app: &TestApp, owner: &User, name: &str) -> Room {
    let new = NewRoom { name: Some(name.into()), access_level: Some(AccessLevel::Restricted), ..NewRoom::default() };
    create(&app.state, Some(owner), new).await.expect("made")
}

async fn host(app: &TestApp, owner: &User) -> Client {
    let session = app.signed_in(owner).await.session_id().to_owned();
    Client::new(whole(app), Some(session)).with("accept-language", "en")
}

/// A guest at the door: their browser, and its id.
async fn guest(app: &TestApp, room: &Room, name: &str) -> (Client, Value) {
    let answer = request(&visitor(app), &room.id.to_string(), name).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["status"]), (200, &json!("waiting")));
    let cookie = set_cookie(&answer, COOKIE).expect("a cookie");
    (visitor(app).with("cookie", &format!("{COOKIE}={cookie}")), answer.json()["id"].clone())
}

async fn request(client: &Client, room: &str, name: &str) -> Answer {
    let path = format!("/api/v1.0/rooms/{room}/request-entry/");
    client.post(&path, json!({ "username": name }).to_string()).await
}

async fn enter(client: &Client, slug: &str) -> Answer {
    let ask = json!({ "request": { "slug": slug, "name": "Karim", "again": false } });
    client.post("/fn/enter", ask.to_string()).await
}

async fn decide(client: &Client, room: &Room, participant: &Value, allow: bool) -> u16 {
    let body = json!({ "participant_id": participant, "allow_entry": allow }).to_string();
    client.post(&format!("/api/v1.0/rooms/{}/enter/", room.id), body).await.status.as_u16()
}

async fn count(app: &TestApp, room: &Room) -> usize {
    store::all(&mut app.state.db.lend().await.expect("lent").conn(), room.id).await.expect("read").len()
}

fn no_token(answer: &Answer, what: &str) {
    assert!(
        !answer.text.contains("eyJ") && !answer.text.contains("entered") && !answer.text.contains("accepted"),
        "{what}: {}",
        answer.text
    );
}

on_both! {
    /// MiroTalk GHSA-6268-rqrh-9rf3, contract §12.1: other spellings of a room were other rooms.
    async fn odd_identifiers_lead_past_no_door(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann, "Große Runde").await;
        let (client, id) = guest(&app, &room, "Karim").await;
        let key = room.id.to_string();
        let slug = room.slug.as_str();
        let spellings = [
            key.to_uppercase(), room.id.simple().to_string(), format!("%7B{key}%7D"), format!("urn:uuid:{key}"), format!("{key}%20"), format!("{key}.json"),
            slug.to_uppercase(), format!("{slug}%20"), format!("%20{slug}"), format!("{slug}."), format!("{slug}%00"), format!("{slug}%0a"), format!("{slug}%E2%80%8B"),
            format!("-{slug}-"), slug.replace('-', "--"), slug.replace('-', "_"), slug.replace('-', "%E2%80%90"), "Gro%C3%9Fe%20Runde".to_owned(), "gr%D0%BEsse-runde".to_owned(), format!("{slug}%2f"), format!("..%2f{slug}"), format!("{slug};x=y"), format!("{slug}%3f"), format!("{slug}%23"),
        ];
        for spelling in &spellings {
            let answer = request(&client, spelling, "Karim").await;
            no_token(&answer, spelling);
            match answer.status.as_u16() {
                200 => assert_eq!((&answer.json()["id"], &answer.json()["status"]), (&id, &json!("waiting")), "{spelling}"),
                status => assert_eq!(status, 404, "{spelling}: {}", answer.text),
            }
            app.advance(TimeDelta::seconds(2));
            let decoded = String::from_utf8_lossy(&percent(spelling)).into_owned();
            no_token(&enter(&client, &decoded).await, spelling);
        }
        assert_eq!(count(&app, &room).await, 1, "one browser, one room, one place");
        assert!(app.livekit.calls().iter().all(|call| !matches!(call, Call::CreateRoom { .. })), "nobody made a room");
    }

    /// jitsi-meet#7676: who came before the host was let in, or became one.
    async fn who_comes_first_waits_and_starts_nothing(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann, "Early").await;
        let answer = enter(&visitor(&app), &room.slug).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (200, json!("waiting")));
        let cookie = set_cookie(&answer, COOKIE).expect("a cookie");
        let early = visitor(&app).with("cookie", &format!("{COOKIE}={cookie}"));
        let seen = early.get(&format!("/{}/wait", room.slug)).await.json();
        assert_eq!(seen["state"], "waiting");
        no_token(&early.get(&format!("/{}/wait/events", room.slug)).await, "events");
        no_token(&early.get(&format!("/{}", room.slug)).await, "the page");
        no_token(&early.get(&format!("/api/v1.0/rooms/{}/", room.id)).await, "the room");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        assert!(app.livekit.calls().iter().all(|call| matches!(call, Call::SendData { .. })), "{:?}", app.livekit.calls());
    }

    /// Contract §12.2: the cookie's value was whatever a client sent, and its identity in the call.
    async fn nobody_is_somebody_else_by_a_cookie(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann, "Ours").await;
        let (karim, id) = guest(&app, &room, "Karim").await;
        assert_eq!(decide(&host(&app, &ann).await, &room, &id, true).await, 200);
        assert!(enter(&karim, &room.slug).await.text.contains("entered"));
        let id = id.as_str().expect("text");
        let signed = app.state.keys.sign_device(id);
        let signature = signed.rsplit_once('.').expect("signed").1;
        let others = app.state.keys.sign_device(&app.state.random.uuid().to_string());
        let subject = app.state.keys.sign_device(&ann.subject());
        for forged in [
            id.to_owned(), ann.id.to_string(), format!("{}.{signature}", ann.id), format!("{id}."), format!("{id}.{}", others.rsplit_once('.').expect("signed").1),
            format!("{}.{signature}", id.to_uppercase()), format!("{}.{signature}", id.replace('-', "")), format!("{{{id}}}.{signature}"), format!(" {signed}x"),
            format!("{signed}."), format!("x{signed}"), signed.to_uppercase(), format!("\"{signed}\""), String::new(), ".".to_owned(), "x".repeat(4000),
        ] {
            let client = visitor(&app).with("cookie", &format!("{COOKIE}={forged}"));
            let answer = request(&client, &room.slug, "Karim").await;
            assert_eq!((answer.status.as_u16(), &answer.json()["status"]), (200, &json!("waiting")), "{forged}");
            assert!(!answer.text.contains(id) && !answer.text.contains(&ann.id.to_string()), "{forged}: {}", answer.text);
            assert!(set_cookie(&answer, COOKIE).is_some_and(|set| set != forged && set != signed), "{forged}");
            no_token(&enter(&client, &room.slug).await, &forged);
            assert_eq!(client.get(&format!("/{}/wait", room.slug)).await.status, 404, "{forged}");
        }
        // We never sign an account's subject; and if we did, it would be a browser's id and let nobody in.
        no_token(&enter(&visitor(&app).with("cookie", &format!("{COOKIE}={subject}")), &room.slug).await, "a subject");
        let ben = host(&app, &app.user("ben").await).await.with("cookie", &format!("{COOKIE}={signed}"));
        no_token(&enter(&ben, &room.slug).await, "the right cookie of somebody else");
    }

    async fn nobody_at_the_door_learns_who_is_in_or_waits(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann, "Quiet").await;
        let at = app.state.clock.now();
        let zoe = Participant { sid: "PA_1".into(), identity: "zoe-identity".into(), name: "Zoe Inside".into(), kind: Kind::Standard, joined_at: Some(at) };
        hear(&app.state, &Report { room: room.id, room_sid: "RM_1".into(), began: None, at, what: What::Joined(zoe) }).await.expect("noted");
        let (_, first) = guest(&app, &room, "Mathilde Waits").await;
        let (karim, own) = guest(&app, &room, "Karim").await;
        let secrets = ["Zoe", "zoe-identity", "Mathilde", first.as_str().expect("text"), "ann@example.org"];
        for round in 0..2 {
            let answers = [
                request(&karim, &room.slug, "Karim").await,
                enter(&karim, &room.slug).await,
                karim.get(&format!("/{}/wait", room.slug)).await,
                karim.get(&format!("/{}/wait/events", room.slug)).await,
                karim.get(&format!("/{}", room.slug)).await,
                karim.get(&format!("/{}/lobby", room.slug)).await,
                karim.get(&format!("/{}/lobby/news", room.slug)).await,
                karim.get(&format!("/{}/lobby/events", room.slug)).await,
                karim.get(&format!("/{}/attendance.csv", room.slug)).await,
                karim.get(&format!("/api/v1.0/rooms/{}/", room.id)).await,
                karim.get(&format!("/api/v1.0/rooms/{}/waiting-participants/", room.id)).await,
            ];
            for (at, answer) in answers.iter().enumerate() {
                no_token(answer, &at.to_string());
                for secret in secrets {
                    assert!(!answer.text.contains(secret), "round {round}, answer {at}: {secret}");
                }
            }
            // Then refused: it is the same.
            assert_eq!(decide(&host(&app, &ann).await, &room, &own, false).await, 200);
        }
    }

    async fn who_never_asked_is_told_the_same_of_every_room(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann, "Hidden").await;
        guest(&app, &room, "Karim").await;
        for path in ["wait", "wait/events"] {
            let there = visitor(&app).get(&format!("/{}/{path}", room.slug)).await;
            let nowhere = visitor(&app).get(&format!("/nowhere/{path}")).await;
            assert_eq!((there.status, &there.text), (nowhere.status, &nowhere.text), "{path}");
        }
        let (there, nowhere) = (visitor(&app).post(&format!("/{}/wait", room.slug), "").await, visitor(&app).post("/nowhere/wait", "").await);
        assert_eq!((there.status, &there.text), (nowhere.status, &nowhere.text));
        for path in ["lobby", "lobby/news", "lobby/events"] {
            let there = visitor(&app).get(&format!("/{}/{path}", room.slug)).await;
            let nowhere = visitor(&app).get(&format!("/nowhere/{path}")).await;
            assert_eq!(there.status, nowhere.status, "{path}");
            assert_eq!(there.text.replace(&room.slug, ""), nowhere.text.replace("nowhere", ""), "{path}");
        }
    }

    /// BBB CVE-2026-55489 and others: what is allowed in one room was allowed in all.
    async fn hosts_decide_at_their_own_door_alone(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let (anns, bens) = (room(&app, &ann, "Anns").await, room(&app, &ben, "Bens").await);
        let (ann, ben) = (host(&app, &ann).await, host(&app, &ben).await);
        let (karim, id) = guest(&app, &bens, "Karim").await;
        assert_eq!((decide(&ann, &bens, &id, true).await, decide(&ann, &anns, &id, true).await), (403, 404));
        let form = ann.clone().with(FORM.0, FORM.1);
        for fields in [format!("do=admit&who={}", id.as_str().expect("text")), "do=admit_all".to_owned(), "do=say&message=Planted".to_owned(), "do=level&access_level=public".to_owned()] {
            assert_eq!(form.post(&format!("/{}/lobby", bens.slug), fields.clone()).await.status, 403, "{fields}");
            assert_eq!(form.post(&format!("/{}/lobby", anns.slug), fields).await.status, 303);
        }
        assert!(karim.get(&format!("/{}/wait", bens.slug)).await.json()["state"] == "waiting");
        no_token(&request(&karim, &bens.slug, "Karim").await, "not admitted");
        // And an admission opens one door.
        let (_, permits) = (decide(&ben, &bens, &id, true).await, request(&karim, &bens.slug, "Karim").await);
        assert_eq!(permits.json()["status"], "accepted");
        assert!(permits.json()["livekit"]["room"] == json!(bens.id));
        let third = room(&app, &app.user("cleo").await, "Third").await;
        no_token(&request(&karim, &third.slug, "Karim").await, "admitted elsewhere");
        no_token(&enter(&karim, &third.slug).await, "admitted elsewhere");
    }

    async fn another_site_decides_nothing(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann, "Safe").await;
        let (karim, id) = guest(&app, &room, "Karim").await;
        for lie in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")] {
            let ann = host(&app, &ann).await.with(FORM.0, FORM.1).with(lie.0, lie.1);
            for fields in ["do=admit_all", "do=say&message=Planted", "do=level&access_level=public"] {
                assert_eq!(ann.post(&format!("/{}/lobby", room.slug), fields).await.status, 403, "{lie:?} {fields}");
            }
            assert_eq!(karim.clone().with(lie.0, lie.1).post(&format!("/{}/wait", room.slug), "").await.status, 403, "{lie:?}");
        }
        for kind in ["text/plain", FORM.1] {
            let body = json!({ "participant_id": id, "allow_entry": true }).to_string();
            let ann = host(&app, &ann).await.with("content-type", kind);
            assert_eq!(ann.post(&format!("/api/v1.0/rooms/{}/enter/", room.id), body).await.status, 415, "{kind}");
        }
        assert_eq!(karim.get(&format!("/{}/wait", room.slug)).await.json()["state"], "waiting");
    }

    async fn after_a_form_at_the_door_one_is_at_this_door(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann, "evil example").await;
        let ann = host(&app, &ann).await.with(FORM.0, FORM.1);
        for path in [room.slug.clone(), "%2Fevil.example".to_owned(), "%5Cevil.example".to_owned(), "%2F%2Fevil.example".to_owned()] {
            for fields in ["do=admit_all", "do=level&access_level=wrong"] {
                let answer = ann.post(&format!("/{path}/lobby"), fields).await;
                if answer.status == 303 {
                    assert_eq!(header(&answer, "location"), format!("/{}/lobby", room.slug), "{path} {fields}");
                } else {
                    assert_eq!(answer.status, 404, "{path} {fields}");
                }
            }
        }
    }

    /// MiroTalk 2026, Jitsi CVE-2021-39205: names were written into pages as they came.
    async fn what_people_type_is_shown_as_they_typed_it(app: TestApp) {
        let ann = app.user("ann").await;
        let room = room(&app, &ann, "Typed").await;
        let ann = host(&app, &ann).await;
        let evil = "<img src=x onerror=alert(1)>";
        let (karim, _) = guest(&app, &room, evil).await;
        for path in ["lobby", "lobby/news", "lobby/events"] {
            let text = ann.get(&format!("/{}/{path}", room.slug)).await.text;
            let html = text.split("\"html\"").collect::<String>();
            assert!(html.contains("&lt;img src=x"), "{path}: {text}");
            // The bell is said, not drawn: it is text, and the page sets it as text.
            assert!(!html.replace(&format!("{evil} "), "").contains("<img src=x"), "{path}: {text}");
        }
        assert_eq!(ann.clone().with(FORM.0, FORM.1).post(&format!("/{}/lobby", room.slug), "do=say&message=%3Cscript%3Ealert(1)%3C/script%3E").await.status, 303);
        let news = karim.get(&format!("/{}/wait", room.slug)).await.json();
        let html = news["html"].as_str().expect("text");
        assert!(html.contains("&lt;script&gt;") && !html.contains("<script"), "{html}");
    }
}

/// The bytes that a path's part stands for.
fn percent(text: &str) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::new(), text.bytes());
    while let Some(byte) = rest.next() {
        let hex = if byte == b'%' { rest.next().zip(rest.next()) } else { None };
        let digit =
            |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()).unwrap_or_default();
        bytes.push(hex.map_or(byte, |(high, low)| digit(high) * 16 + digit(low)));
    }
    bytes
}
