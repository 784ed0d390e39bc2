//! A session that somebody planted before its owner signed in.

use visavis::sessions::link;

use super::{FORM, set_cookie};
use crate::{
    on_both,
    support::{Client, TestApp},
    visitor, whole,
};

on_both! {
    async fn signing_in_changes_the_session(app: TestApp) {
        let ann = app.user("ann").await;
        // A stranger's session, with a form's errors in it.
        let planted = visitor(&app).with(FORM.0, FORM.1).post("/sign-in", "email=ann%40example.org&password=wrong-password").await;
        let planted = set_cookie(&planted, "sessionid").expect("a session");
        let victim = Client::new(whole(&app), Some(planted.clone())).with(FORM.0, FORM.1);
        let token = link::issue(&app.state, Some(ann.id)).await.expect("issued");
        let answer = victim.post(&format!("/link/{token}"), "").await;
        assert_eq!(answer.status, 303);
        let fresh = set_cookie(&answer, "sessionid").expect("another session");
        assert_ne!(fresh, planted);
        let me = |id: &str| Client::new(whole(&app), Some(id.to_owned()));
        assert_eq!(me(&fresh).get("/api/v1.0/users/me/").await.status, 200);
        assert_eq!(me(&planted).get("/api/v1.0/users/me/").await.status, 401, "the planted one is nobody's");
    }

    async fn a_session_that_we_did_not_make_is_not_adopted(app: TestApp) {
        for invented in ["AAAAAAAAAAAAAAAAAAAAAA", "x", "%00", "../../etc/passwd"] {
            let answer = Client::new(whole(&app), Some(invented.to_owned()))
                .with(FORM.0, FORM.1)
                .post("/sign-in", "email=ann%40example.org&password=wrong-password")
                .await;
            assert_eq!(answer.status, 303);
            assert_ne!(set_cookie(&answer, "sessionid").expect("a session of ours"), invented);
        }
    }

    async fn signing_out_ends_the_session_itself(app: TestApp) {
        let id = app.signed_in(&app.user("ann").await).await.session_id().to_owned();
        let ann = Client::new(whole(&app), Some(id));
        assert_eq!(ann.get("/api/v1.0/users/me/").await.status, 200);
        ann.clone().with(FORM.0, FORM.1).post("/sign-out", "").await;
        assert_eq!(ann.get("/api/v1.0/users/me/").await.status, 401, "a copy of the cookie is worth nothing");
    }
}
