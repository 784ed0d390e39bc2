use crate::{on_both, support::TestApp};

const PATH: &str = "/api/v1.0/rooms/webhooks-livekit/";

on_both! {
    async fn what_livekit_did_not_sign_is_refused(app: TestApp) {
        let body = r#"{"event":"room_finished","id":"EV_1","room":{"name":"x"}}"#;
        assert_eq!(app.anonymous().post(PATH, body).await.status, 401);
        let answer = app.anonymous().with("authorization", "nonsense").post(PATH, body).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (400, r#"{"status":"error"}"#));
    }
}
