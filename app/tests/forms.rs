//! Forms without script: POST, redirect, GET.

use crate::{
    on_both,
    support::{Client, TestApp},
    visitor, whole,
};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

on_both! {
    async fn a_wrong_password_keeps_the_address_and_never_the_password(app: TestApp) {
        app.user("ann").await;
        let browser = visitor(&app).with(FORM.0, FORM.1);
        let answer = browser.post("/sign-in", "email=ann%40example.org&password=wrong-password&next=/rooms/new").await;
        assert_eq!(answer.status, 303);
        let to = answer.headers["location"].to_str().expect("text").to_owned();
        assert!(to.starts_with("/sign-in") && !to.contains("wrong-password") && !to.contains("ann"), "{to}");
        let session = answer.headers["set-cookie"].to_str().expect("text");
        let id = session.split(['=', ';']).nth(1).expect("a value").to_owned();
        let page = Client::new(whole(&app), Some(id)).get(&to).await.text;
        assert!(page.contains("ann@example.org") && page.contains("do not match") && !page.contains("wrong-password"));
    }

    async fn signing_in_leads_only_to_ourselves(app: TestApp) {
        for next in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"] {
            let page = visitor(&app).get(&format!("/sign-in?next={next}")).await;
            assert_eq!(page.status, 200);
            // The address itself is kept for the language switch; where signing in leads is this field.
            assert!(page.text.contains("name=\"next\" value=\"/\""), "{next}");
        }
    }

    async fn another_site_cannot_post_a_form(app: TestApp) {
        let browser = visitor(&app).with(FORM.0, FORM.1).with("origin", "https://evil.example");
        for path in ["/sign-in", "/sign-out", "/rooms", "/account", "/language", "/theme", "/join"] {
            assert_eq!(browser.post(path, "x=y").await.status, 403, "{path}");
        }
    }

    async fn pages_that_need_an_account_lead_to_signing_in(app: TestApp) {
        for path in ["/account", "/rooms/new"] {
            let answer = visitor(&app).get(path).await;
            assert_eq!(answer.status, 303, "{path}");
            assert!(answer.headers["location"].to_str().expect("text").starts_with("/sign-in?next="), "{path}");
        }
    }

    async fn no_such_room_says_so_and_keeps_what_was_typed(app: TestApp) {
        let page = visitor(&app).get("/monday-ruond").await;
        assert_eq!(page.status, 404);
        assert!(page.text.contains("value=\"monday-ruond\""));
        let csp = page.headers["content-security-policy"].to_str().expect("text").to_owned();
        let nonce = csp.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned();
        let other = visitor(&app).get("/monday-ruond").await.headers["content-security-policy"].to_str().expect("text").to_owned();
        assert!(!other.contains(&nonce), "a nonce is used once");
        assert!(!csp.contains("unsafe-inline") && !csp.contains("unsafe-eval'") || csp.contains("'wasm-unsafe-eval'"));
    }

    async fn control_characters_are_wrong_input_on_either_database(app: TestApp) {
        let browser = visitor(&app).with(FORM.0, FORM.1);
        assert_eq!(browser.post("/join", "code=%00").await.status, 303);
        assert_eq!(browser.post("/sign-in", "email=a%00%40b.org&password=x").await.status, 303);
    }

    async fn looking_at_a_page_writes_no_session(app: TestApp) {
        let signed_in = app.signed_in(&app.user("ann").await).await;
        let browser = Client::new(whole(&app), Some(signed_in.session_id().to_owned()));
        assert!(browser.get("/").await.headers.contains_key("set-cookie"), "the first use is noted");
        assert!(!browser.get("/").await.headers.contains_key("set-cookie"));
    }

    async fn markup_in_a_name_stays_text(app: TestApp) {
        let page = visitor(&app).get("/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E").await;
        assert_eq!(page.status, 404);
        assert!(!page.text.contains("<script>alert"));
    }
}
