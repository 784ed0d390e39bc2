use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use url::Url;

use super::*;

fn settings() -> Settings {
    Settings::new(Url::parse("http://127.0.0.1:7880").expect("a URL"), "the-key", "a secret that is long enough for it")
}

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).expect("a time")
}

fn grant() -> Grant {
    Grant {
        room: "0c7b".into(),
        identity: "user1~abcdefgh".into(),
        name: "Zoë ✨".into(),
        admin: true,
        sources: Source::ALL.to_vec(),
        data: true,
        role: Some("owner"),
        authenticated: true,
        color: "hsl(92, 59%, 37%)".into(),
        lifetime: LIFETIME,
    }
}

fn part(token: &str, index: usize) -> Value {
    let part = token.split('.').nth(index).expect("three parts");
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).expect("base64")).expect("JSON")
}

#[test]
fn an_owner_s_token_claim_by_claim() {
    let token = mint(&settings(), noon(), &grant()).expect("a token");
    assert_eq!(part(&token, 0), json!({"alg": "HS256", "typ": "JWT"}));
    assert_eq!(
        part(&token, 1),
        json!({
            "iss": "the-key",
            "sub": "user1~abcdefgh",
            "nbf": 1_795_000_000,
            "exp": 1_795_000_600,
            "name": "Zoë ✨",
            "video": {
                "roomAdmin": true,
                "roomJoin": true,
                "room": "0c7b",
                "canPublish": true,
                "canSubscribe": true,
                "canPublishData": true,
                "canPublishSources": ["camera", "microphone", "screen_share", "screen_share_audio"],
                "canUpdateOwnMetadata": false,
            },
            "attributes": {"color": "hsl(92, 59%, 37%)", "room_role": "owner", "is_authenticated": "true"},
        })
    );
}

#[test]
fn a_guest_who_may_publish_nothing_still_has_every_claim() {
    let guest = Grant {
        admin: false,
        sources: vec![],
        role: None,
        authenticated: false,
        lifetime: TimeDelta::hours(6),
        ..grant()
    };
    let claims = part(&mint(&settings(), noon(), &guest).expect("a token"), 1);
    assert_eq!(claims["exp"], 1_795_000_000 + 6 * 3600);
    assert_eq!(
        claims["video"],
        json!({
            "roomAdmin": false,
            "roomJoin": true,
            "room": "0c7b",
            "canPublish": false,
            "canSubscribe": true,
            "canPublishData": true,
            "canPublishSources": [],
            "canUpdateOwnMetadata": false,
        })
    );
    assert_eq!(
        claims["attributes"],
        json!({"color": "hsl(92, 59%, 37%)", "room_role": null, "is_authenticated": "false"})
    );
}

#[test]
fn what_was_minted_is_verified() {
    let token = mint(&settings(), noon(), &grant()).expect("a token");
    let claims = verify(&settings(), noon(), &token).expect("claims");
    assert_eq!(claims.room, "0c7b");
    assert_eq!(claims.identity, "user1~abcdefgh");
    assert_eq!(claims.expires_at, noon() + LIFETIME);
    assert!(claims.admin);
    assert_eq!(claims.attributes["room_role"].as_deref(), Some("owner"));
}

#[test]
fn a_token_lives_from_nbf_to_exp_give_or_take_a_minute() {
    let token = mint(&settings(), noon(), &grant()).expect("a token");
    let at = |seconds| verify(&settings(), noon() + TimeDelta::seconds(seconds), &token).is_ok();
    assert!(!at(-61));
    assert!(at(-60));
    assert!(at(659));
    assert!(!at(660));
}

#[test]
fn foreign_tokens_are_refused() {
    let refused = |token: &str| matches!(verify(&settings(), noon(), token), Err(Error::Unauthorized));
    let other_secret = Settings { api_secret: "another".into(), ..settings() };
    let other_key = Settings { api_key: "another".into(), ..settings() };
    assert!(refused(&mint(&other_secret, noon(), &grant()).expect("a token")));
    assert!(refused(&mint(&other_key, noon(), &grant()).expect("a token")));
    assert!(refused(&mint(&settings(), noon(), &Grant { identity: String::new(), ..grant() }).expect("a token")));
    assert!(refused(&mint(&settings(), noon(), &Grant { room: String::new(), ..grant() }).expect("a token")));
    assert!(refused(""));
    assert!(refused("a.b.c"));
    let body = mint(&settings(), noon(), &grant()).expect("a token");
    let body = body.split('.').nth(1).expect("a body").to_owned();
    let none = BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
    assert!(refused(&format!("{none}.{body}.")));
    let key = EncodingKey::from_secret(settings().api_secret.as_bytes());
    let claims = part(&format!("x.{body}.x"), 1);
    let hs512 = jsonwebtoken::encode(&Header::new(Algorithm::HS512), &claims, &key).expect("a token");
    assert!(refused(&hs512));
}

#[test]
fn a_renewed_token_that_leaves_out_what_is_empty_is_read() {
    let key = EncodingKey::from_secret(settings().api_secret.as_bytes());
    let claims = json!({"iss": "the-key", "sub": "g", "exp": 1_795_000_100, "video": {"roomJoin": true, "room": "r"}});
    let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).expect("a token");
    assert_eq!(verify(&settings(), noon(), &token).expect("claims").room, "r");
}

#[test]
fn sources_have_their_wire_names() {
    for source in Source::ALL {
        assert_eq!(source.as_str().parse(), Ok(source));
        assert_eq!(serde_json::to_value(source).expect("JSON"), source.as_str());
    }
    assert_eq!("Camera".parse::<Source>(), Err(()));
}
