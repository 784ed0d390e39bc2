//! Name, language, time zone, theme.

use visavis::users;

use super::browser::Browser;
use crate::{on_both, support::TestApp};

on_both! {
    async fn what_is_chosen_here_holds_on_the_next_device(app: TestApp) {
        let ann = app.user("ann").await;
        let mut desk = Browser::of(&app, &ann).await;
        let fields = [("name", " Ann  Lee "), ("language", "fr"), ("timezone", "Europe/Paris"), ("theme", "dark")];
        let page = desk.submit("/account/profile", &fields).await.text;
        assert!(page.contains("lang=\"fr\"") && page.contains("data-theme=\"dark\"") && page.contains("value=\"Ann Lee\""), "{page}");
        assert!(page.contains("<option value=\"Europe/Paris\" selected"), "{page}");
        let mut phone = Browser::new(&app);
        phone.cookies.clear();
        phone.enter(&app, &ann).await;
        let page = phone.get("/account").await.text;
        assert!(page.contains("lang=\"fr\"") && page.contains("data-theme=\"dark\"") && page.contains("Europe/Paris"));
    }

    async fn the_menus_at_the_foot_are_kept_with_the_account_too(app: TestApp) {
        let ann = app.user("ann").await;
        let mut desk = Browser::of(&app, &ann).await;
        desk.post("/language", &[("language", "fr"), ("back", "/")]).await;
        desk.post("/theme", &[("theme", "light"), ("back", "/")]).await;
        let kept = users::service::active(&app.state, ann.id).await.expect("fine").expect("there");
        assert_eq!((kept.language.as_deref(), kept.theme.as_deref()), (Some("fr"), Some("light")));
        desk.post("/theme", &[("theme", "system"), ("back", "/")]).await;
        let kept = users::service::active(&app.state, ann.id).await.expect("fine").expect("there");
        assert_eq!(kept.theme, None);
        Browser::new(&app).post("/language", &[("language", "fr"), ("back", "/")]).await;
    }

    async fn wrong_choices_come_back_with_what_was_typed_and_nothing_else_is_taken(app: TestApp) {
        let ann = app.user("ann").await;
        let mut browser = Browser::of(&app, &ann).await;
        let fields = [("name", ""), ("language", "xx"), ("timezone", "Mars/Olympus"), ("theme", "pink"), ("is_admin", "true"), ("email", "x@y.zz")];
        let page = browser.submit("/account/profile", &fields).await.text;
        for sentence in ["Type a name.", "We do not speak this language yet.", "Choose a time zone of the list.", "Choose light, dark"] {
            assert!(page.contains(sentence), "{sentence}");
        }
        browser.submit("/account/profile", &[("name", "Ann"), ("timezone", "UTC"), ("is_admin", "true"), ("email", "x@y.zz")]).await;
        let kept = users::service::active(&app.state, ann.id).await.expect("fine").expect("there");
        assert_eq!((kept.is_admin, kept.email.as_deref(), kept.full_name.as_deref()), (false, Some("ann@example.org"), Some("Ann")));
    }
}
