use visavis::livekit::fake::Answer;

use crate::{on_both, support::TestApp};

on_both! {
    async fn ready_names_what_fails_and_says_nothing_of_the_inside(app: TestApp) {
        assert_eq!(app.anonymous().get("/healthz").await.status, 200);
        assert_eq!(app.anonymous().get("/readyz").await.status, 200);
        app.livekit.answer(Answer::Unreachable);
        let answer = app.anonymous().get("/readyz").await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (503, r#"{"failing":["livekit"],"status":"unavailable"}"#));
        app.state.db.close().await;
        let answer = app.anonymous().get("/readyz").await;
        assert_eq!((answer.status.as_u16(), answer.json()["failing"].clone()), (503, serde_json::json!(["database", "livekit"])));
        assert_eq!(app.anonymous().get("/healthz").await.status, 200);
    }
}
