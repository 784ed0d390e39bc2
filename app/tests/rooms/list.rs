//! My rooms: in the order of their use, found by name, page by page; and another one like one of them.

use chrono::TimeDelta;
use visavis::{
    presence::attendance,
    rooms::model::{AccessLevel, Role},
};

use super::{browser, follow, give, now, role, room, to};
use crate::{on_both, support::TestApp};

/// The rooms' names, in the order of the page.
fn titles(page: &str) -> Vec<&str> {
    page.split("class=\"row__title\"").skip(1).filter_map(|rest| rest.split_once('>')?.1.split('<').next()).collect()
}

on_both! {
    async fn many_rooms_come_page_by_page_and_are_found_by_name(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let client = browser(&app, &ann).await;
        for number in 1..=9 {
            room(&app, &ann, &format!("Round {number}")).await;
            app.advance(TimeDelta::minutes(1));
        }
        room(&app, &ben, "Round of Ben").await;
        let few = client.get("/").await.text;
        assert_eq!((titles(&few).len(), titles(&few)[0], few.contains("name=\"q\"")), (9, "Round 9", false));
        for number in 10..=45 {
            room(&app, &ann, &format!("Café {number}")).await;
            app.advance(TimeDelta::minutes(1));
        }
        let first = client.get("/").await.text;
        assert_eq!((titles(&first).len(), titles(&first)[0]), (20, "Café 45"));
        assert!(first.contains("name=\"q\"") && first.contains("Page 1 of 3") && first.contains("href=\"/?page=2\"") && !first.contains("Previous"));
        let last = client.get("/?page=3").await.text;
        assert_eq!((titles(&last).len(), titles(&last)[4]), (5, "Round 1"));
        assert!(last.contains("href=\"/?page=2\"") && !last.contains(">Next<"));
        for nearest in ["/?page=99999999999999999999", "/?page=0", "/?page=-1", "/?page=x"] {
            assert_eq!(titles(&client.get(nearest).await.text).len(), 20, "{nearest}");
        }
        let cafes = client.get("/?q=CAFE&page=2").await.text;
        assert!(cafes.contains("Page 2 of 2") && cafes.contains("href=\"/?q=CAFE&amp;page=1\""), "{cafes}");
        assert_eq!(titles(&client.get("/?q=round+4").await.text), ["Round 4"]);
        let none = client.get("/?q=%22%3E%3Cscript%3Ex").await.text;
        assert!(none.contains("No room matches") && none.contains("&quot;&gt;&lt;script&gt;x") && !none.contains("<script>x"), "{none}");
        assert!(!client.get("/?q=ben").await.text.contains("Round of Ben"), "not hers");
    }

    async fn the_last_used_is_first_and_says_when(app: TestApp) {
        let ann = app.user("ann").await;
        let (old, _) = (room(&app, &ann, "Old").await, room(&app, &ann, "Newer").await);
        let happens = |what: &'static str, sid: &'static str| {
            let at = app.state.clock.now().timestamp();
            serde_json::json!({
                "event": what, "id": format!("{what}{sid}{at}"), "createdAt": at, "room": { "sid": sid, "name": old.id.to_string(), "creationTime": at },
            }).to_string()
        };
        app.advance(TimeDelta::hours(1));
        assert_eq!(app.webhook(&happens("room_started", "RM_1")).await.status, 200);
        app.work().await;
        let page = browser(&app, &ann).await.get("/").await.text;
        assert_eq!(titles(&page), ["Old", "Newer"], "it goes on");
        assert!(page.contains("Last used today") && page.contains("Not used yet"), "{page}");
        assert_eq!(app.webhook(&happens("room_finished", "RM_1")).await.status, 200);
        app.work().await;
        app.advance(TimeDelta::days(1));
        let page = browser(&app, &ann).await.get("/").await.text;
        assert!(page.contains("Last used yesterday"), "{page}");
        app.advance(TimeDelta::days(400));
        let page = browser(&app, &ann).await.get("/").await.text;
        assert!(page.contains("Last used on ") && page.contains(" 2026"), "{page}");
    }

    async fn another_room_starts_with_the_settings_of_this_one(app: TestApp) {
        let (ann, ben, cleo) = (app.user("ann").await, app.user("ben").await, app.user("cleo").await);
        let first = room(&app, &ann, "First").await;
        give(&app, &first, &ben, Role::Administrator).await;
        give(&app, &first, &cleo, Role::Member).await;
        let (host, member) = (browser(&app, &ben).await, browser(&app, &cleo).await);
        attendance::set(&app.state, &ann, first.id, true).await.expect("on");
        host.post("/first/settings", "do=rights&microphone=on&share=on").await;
        let form = host.get("/rooms/new?like=first").await.text;
        assert!(form.contains("name=\"like\" value=\"first\"") && form.contains("settings of"), "{form}");
        let wrong = host.post("/rooms", "name=First&like=first").await;
        assert_eq!(to(&wrong), "/rooms/new?like=first");
        let wrong = follow(&host, &wrong).await;
        assert!(wrong.contains("There is already a room with this name") && wrong.contains("value=\"First\""), "{wrong}");
        let made = host.post("/rooms", "name=Second&like=first").await;
        assert!(follow(&host, &made).await.contains("The room is ready"));
        let (first, second) = (now(&app, &first).await, visavis::rooms::service::find(&app.state, "second").await.expect("made"));
        assert_eq!((second.access_level, second.attendance), (AccessLevel::Restricted, true));
        assert_eq!(second.configuration.0, first.configuration.0);
        assert_eq!((role(&app, &second, &ben).await, role(&app, &second, &ann).await), (Some(Role::Owner), None));
        for like in ["first", "nowhere", "%0d%0a"] {
            assert!(matches!(member.get(&format!("/rooms/new?like={like}")).await.status.as_u16(), 403 | 404), "{like}");
            assert!(matches!(member.post("/rooms", format!("name=Third&like={like}")).await.status.as_u16(), 403 | 404), "{like}");
        }
    }
}
