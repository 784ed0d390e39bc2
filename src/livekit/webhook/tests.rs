use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use url::Url;

use super::*;
use crate::livekit::Source;

const SECRET: &str = "a secret that is long enough for it";
const BODY: &str = r#"{"event":"participant_joined","room":{"sid":"RM_1","name":"r1","creationTime":"1794999999"},
    "participant":{"sid":"PA_1","identity":"user1","state":"ACTIVE","name":"Zoë","joinedAt":"1795000000","kind":"SIP","attributes":{"room_role":"member"},
    "permission":{"canSubscribe":true,"canPublish":true,"canPublishSources":["CAMERA","SCREEN_SHARE_AUDIO","HOLOGRAM"]}},
    "id":"EV_1","createdAt":"1795000000"}"#;

fn settings() -> Settings {
    Settings::new(Url::parse("http://127.0.0.1:7880").expect("a URL"), "the-key", SECRET)
}

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).expect("a time")
}

fn claims(body: &str) -> Value {
    let hash = BASE64_STANDARD.encode(Sha256::digest(body));
    let now = noon().timestamp();
    json!({"iss": "the-key", "iat": now, "nbf": now, "exp": now + 300, "sha256": hash})
}

fn sign(claims: &Value, secret: &str) -> String {
    let key = EncodingKey::from_secret(secret.as_bytes());
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &key).expect("a token")
}

fn receive_at(now: DateTime<Utc>, body: &str) -> Result<Delivery, Refusal> {
    receive(&settings(), now, Some(&sign(&claims(body), SECRET)), body.as_bytes())
}

#[test]
fn a_delivery_is_read() {
    let delivery = receive_at(noon(), BODY).expect("an event");
    let participant = Participant {
        sid: "PA_1".into(),
        identity: "user1".into(),
        name: "Zoë".into(),
        kind: "SIP".into(),
        joined_at: Some(noon()),
        permission: Some(Permission {
            can_subscribe: true,
            can_publish: true,
            can_publish_data: false,
            sources: vec![Source::Camera, Source::ScreenShareAudio],
        }),
        attributes: [("room_role".to_owned(), "member".to_owned())].into(),
    };
    let event = Event::ParticipantJoined { room: "r1".into(), participant };
    let made = Some(noon() - TimeDelta::seconds(1));
    let room = Some(Room { sid: "RM_1".into(), name: "r1".into(), created_at: made });
    assert_eq!(delivery, Delivery { id: "EV_1".into(), created_at: Some(noon()), room, event });
}

#[test]
fn the_other_events() {
    let finished = r#"{"event":"room_finished","room":{"sid":"RM_1","name":"r1"},"createdAt":5}"#;
    let event = receive_at(noon(), finished).expect("an event").event;
    assert_eq!(event, Event::RoomFinished { room: "r1".into(), sid: "RM_1".into() });
    let unknown = r#"{"event":"participant_connection_aborted"}"#;
    let event = receive_at(noon(), unknown).expect("an event").event;
    assert_eq!(event, Event::Other("participant_connection_aborted".into()));
}

#[test]
fn times_are_read_as_exactly_as_they_are_told() {
    let ms = |value: Value| moment(&json!("1795000000"), &value);
    let exact = noon() + TimeDelta::milliseconds(7);
    assert_eq!(
        [ms(json!("1795000000007")), ms(json!(1_795_000_000_007_i64)), ms(json!("0")), ms(Value::Null), ms(json!("x"))],
        [Some(exact), Some(exact), Some(noon()), Some(noon()), Some(noon())]
    );
    assert_eq!([moment(&json!(0), &json!(0)), moment(&Value::Null, &Value::Null)], [None, None]);
}

#[test]
fn what_is_vouched_for_and_makes_no_sense() {
    for body in ["", "[]", "{", r#"{"event":"room_started"}"#, r#"{"event":"participant_left","room":{"name":"r"}}"#] {
        assert_eq!(receive_at(noon(), body), Err(Refusal::Unreadable), "{body}");
    }
}

#[test]
fn a_delivery_is_good_for_its_time() {
    let at = |seconds| receive_at(noon() + TimeDelta::seconds(seconds), BODY);
    assert!(at(359).is_ok());
    assert_eq!(at(360), Err(Refusal::Bad("over")));
    assert_eq!(at(-61), Err(Refusal::Bad("from the future")));
    let mut long = claims(BODY);
    long["exp"] = json!(noon().timestamp() + 86400);
    let late = noon() + TimeDelta::seconds(361);
    let taken = receive(&settings(), late, Some(&sign(&long, SECRET)), BODY.as_bytes());
    assert_eq!(taken, Err(Refusal::Bad("too old")));
}

#[test]
fn forgeries_are_refused() {
    let take = |authorization: Option<&str>, body: &str| receive(&settings(), noon(), authorization, body.as_bytes());
    assert_eq!(take(None, BODY), Err(Refusal::Missing));
    assert_eq!(take(Some("  "), BODY), Err(Refusal::Missing));
    assert!(matches!(take(Some("Bearer x.y.z"), BODY), Err(Refusal::Bad(_))));
    assert!(matches!(take(Some(&sign(&claims(BODY), "another")), BODY), Err(Refusal::Bad(_))));
    assert_eq!(take(Some(&sign(&claims(BODY), SECRET)), "{}"), Err(Refusal::Bad("not for this body")));
    let mut other = claims(BODY);
    other["iss"] = json!("another");
    assert_eq!(take(Some(&sign(&other, SECRET)), BODY), Err(Refusal::Bad("issuer")));
    let mut hashless = claims(BODY);
    hashless.as_object_mut().expect("an object").remove("sha256");
    assert!(matches!(take(Some(&sign(&hashless, SECRET)), BODY), Err(Refusal::Bad(_))));
}
