use serde_json::json;

use crate::{on_both, support::TestApp};

on_both! {
    async fn me(app: TestApp) {
        let answer = app.anonymous().get("/api/v1.0/users/me/").await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.headers["www-authenticate"], "Session");
        let ann = app.user("ann").await;
        let answer = app.signed_in(&ann).await.get("/api/v1.0/users/me").await;
        assert_eq!(answer.json(), json!({
            "id": ann.id, "email": "ann@example.org", "full_name": "ann", "short_name": null, "timezone": "UTC", "language": "en-us",
            "default_room_access_level": null, "default_room_configuration": {},
        }));
    }

    async fn a_bearer_header_is_nobody(app: TestApp) {
        assert_eq!(app.anonymous().with("authorization", "Bearer x").get("/api/v1.0/users/me/").await.status, 401);
    }
}
