//! Fields that are not the client's to set.

use serde_json::json;

use super::FORM;
use crate::{
    on_both,
    support::{Client, TestApp},
    whole,
};

on_both! {
    async fn a_new_room_takes_only_what_its_maker_may_choose(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let session = app.signed_in(&ann).await.session_id().to_owned();
        let client = Client::new(whole(&app), Some(session));
        let id = "00000000-0000-4000-8000-000000000001";
        let body = json!({
            "name": "Monday round", "id": id, "slug": "admin", "pin_code": "1234", "created_at": "2000-01-01T00:00:00Z",
            "owner": ben.id, "user": ben.id, "role": "owner", "accesses": [{ "user": ben.id, "role": "owner" }],
            "livekit": { "room": "other" }, "is_administrable": true,
        });
        let made = client.post("/api/v1.0/rooms/", body.to_string()).await;
        assert_eq!(made.status, 201, "{}", made.text);
        let room = made.json();
        assert_ne!(room["id"], id);
        assert_eq!((&room["slug"], &room["pin_code"]), (&json!("monday-round"), &json!(null)));
        assert_eq!(room["livekit"]["room"], room["id"]);
        let accesses = room["accesses"].as_array().expect("a list");
        assert_eq!(accesses.len(), 1);
        assert_eq!((&accesses[0]["user"]["id"], &accesses[0]["role"]), (&json!(ann.id), &json!("owner")));
    }

    async fn the_first_administrator_form_makes_none_without_its_link(app: TestApp) {
        let client = Client::new(whole(&app), None).with("content-type", FORM.1);
        let body = "email=eve%40example.org&name=Eve&password=a-long-enough-password&is_admin=true";
        for path in ["/setup/AAAA", "/setup/%00"] {
            assert_ne!(client.post(path, body).await.status, 303, "{path}");
        }
        let eve = visavis::users::service::by_email(&app.state, &"eve@example.org".try_into().expect("fine")).await;
        assert!(eve.is_err());
    }
}
