//! Where somebody is signed in.

use visavis::sessions::mine::places;

use super::browser::Browser;
use crate::{on_both, support::TestApp};

const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

on_both! {
    async fn each_device_is_listed_and_one_can_be_put_out(app: TestApp) {
        let ann = app.user("ann").await;
        let mut desk = Browser::of(&app, &ann).await;
        let mut phone = Browser::new(&app);
        phone.agent = PHONE;
        phone.enter(&app, &ann).await;
        let page = desk.get("/account/sessions").await.text;
        assert!(page.contains("Firefox on Linux") && page.contains("Safari on iPhone"), "{page}");
        assert_eq!(page.matches("This device").count(), 1);
        assert!(!page.contains("AppleWebKit"), "the header itself is not kept");
        let all = places(&app.state, ann.id, None).await.expect("listed");
        let key = all.iter().find(|place| place.device.browser.as_deref() == Some("Safari")).expect("there").key.clone();
        let page = desk.submit("/account/sessions/end", &[("key", &key)]).await.text;
        assert!(page.contains("That device is signed out.") && !page.contains("iPhone"));
        assert_eq!(phone.get("/account").await.status, 303);
        assert_eq!(desk.get("/account").await.status, 200);
        let left = places(&app.state, ann.id, None).await.expect("listed");
        assert_eq!(left.len(), 1, "the row is gone");
        assert!(desk.submit("/account/sessions/end", &[("key", &key)]).await.text.contains("signed out."), "twice is once");
    }

    async fn all_others_at_once(app: TestApp) {
        let ann = app.user("ann").await;
        let mut here = Browser::of(&app, &ann).await;
        let (mut one, mut two) = (Browser::of(&app, &ann).await, Browser::of(&app, &ann).await);
        let mut ben = Browser::of(&app, &app.user("ben").await).await;
        let page = here.submit("/account/sessions/end", &[]).await.text;
        assert!(page.contains("You are signed out everywhere else.") && !page.contains("Sign out everywhere else"));
        for (browser, status) in [(&mut one, 303), (&mut two, 303), (&mut here, 200), (&mut ben, 200)] {
            assert_eq!(browser.get("/account").await.status, status);
        }
    }

    async fn nobody_ends_or_sees_the_sessions_of_somebody_else(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let mut ann_here = Browser::of(&app, &ann).await;
        let mut ben_here = Browser::of(&app, &ben).await;
        let key = places(&app.state, ann.id, None).await.expect("listed")[0].key.clone();
        assert!(!ben_here.get("/account/sessions").await.text.contains(&key));
        for key in [key.as_str(), "nonsense", "%", "' OR 1=1 --"] {
            assert_eq!(ben_here.post("/account/sessions/end", &[("key", key)]).await.status, 303);
        }
        assert_eq!(ann_here.get("/account").await.status, 200);
        assert_eq!(Browser::new(&app).post("/account/sessions/end", &[("key", &key)]).await.to(), "/sign-in?next=/account/sessions/end");
        assert_eq!(ann_here.get("/account").await.status, 200);
    }
}
