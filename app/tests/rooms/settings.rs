//! What is decided about a room.

use serde_json::json;
use visavis::rooms::{model::Role, service::find};

use super::{browser, follow, give, now, room, to};
use crate::{on_both, support::TestApp, visitor};

on_both! {
    async fn a_new_name_makes_a_new_link_and_the_old_one_goes_on(app: TestApp) {
        let ann = app.user("ann").await;
        let (host, round) = (browser(&app, &ann).await, room(&app, &ann, "Monday round").await);
        room(&app, &ann, "Taken").await;
        let saved = host.post("/monday-round/settings", "do=rename&name=Tuesday+round").await;
        assert_eq!(to(&saved), "/tuesday-round/settings");
        let page = follow(&host, &saved).await;
        assert!(page.contains("the old one goes on leading here") && page.contains("value=\"Tuesday round\""), "{page}");
        assert_eq!(find(&app.state, "monday-round").await.expect("found").id, round.id);
        assert_eq!(visitor(&app).get("/monday-round").await.headers["location"], "/tuesday-round");
        for (name, said) in [
            ("taken", "There is already a room with this name"),
            ("+", "Type a name."),
            ("sign-in", "This name is taken by the site itself"),
            ("%22%3E%3Cscript%3Etaken", "script"),
        ] {
            let wrong = host.post("/tuesday-round/settings", format!("do=rename&name={name}")).await;
            let page = follow(&host, &wrong).await;
            assert!(page.contains(said) && !page.contains("<script>taken"), "{name}: {page}");
        }
        assert!(to(&host.post("/tuesday-round/settings", "do=rename&name=x%0d%0aSet-Cookie:y").await).starts_with('/'));
        // The same name is no change.
        let same = host.post("/x-set-cookiey/settings", "do=rename&name=x+Set-Cookie:y").await;
        assert!(follow(&host, &same).await.contains("Saved. It holds at once."));
    }

    async fn what_people_may_do_is_kept_and_told_to_the_call(app: TestApp) {
        let ann = app.user("ann").await;
        let (host, round) = (browser(&app, &ann).await, room(&app, &ann, "Round").await);
        let saved = host.post("/round/settings", "do=rights&microphone=on&mute=on").await;
        let page = follow(&host, &saved).await;
        assert!(page.contains("Saved. It holds for those who come in from now on."), "{page}");
        let configuration = now(&app, &round).await.configuration.0;
        assert_eq!(serde_json::to_value(&configuration).expect("JSON"), json!({ "can_publish_sources": ["microphone"] }));
        let on = |name: &str| page.split(&format!("name=\"{name}\"")).nth(1).is_some_and(|rest| rest.split('>').next().is_some_and(|tag| tag.contains("checked")));
        assert_eq!(["microphone", "camera", "share", "mute", "attendance"].map(on), [true, false, false, true, false]);
        assert_eq!(["chat", "history"].map(on), [true, true]);
        host.post("/round/settings", "do=rights&microphone=on&camera=on&share=on&mute=on").await;
        assert_eq!(serde_json::to_value(&now(&app, &round).await.configuration.0).expect("JSON"), json!({}));
        host.post("/round/settings", "do=attendance&attendance=on").await;
        assert!(now(&app, &round).await.attendance);
        host.post("/round/settings", "do=chat&history=on").await;
        assert_eq!((now(&app, &round).await.chat, now(&app, &round).await.chat_history), (false, true));
        assert!(follow(&host, &host.post("/round/settings", "do=level&access_level=trusted").await).await.contains("Saved."));
        let wrong = host.post("/round/settings", "do=level&access_level=everybody").await;
        assert!(follow(&host, &wrong).await.contains("Choose public, trusted or restricted."));
    }

    async fn what_it_takes_to_come_in_is_said_and_checked(app: TestApp) {
        let ann = app.user("ann").await;
        let (host, round) = (browser(&app, &ann).await, room(&app, &ann, "Round").await);
        let wrong = host.post("/round/settings", "do=door&max_participants=1&verified_only=on").await;
        assert_eq!(to(&wrong), "/round/settings#door");
        let page = follow(&host, &wrong).await;
        let on = |page: &str, name: &str| page.split(&format!("name=\"{name}\"")).nth(1).is_some_and(|rest| rest.split('>').next().is_some_and(|tag| tag.contains("checked")));
        assert!(page.contains("Type a whole number from 2 to 1,000, or nothing.") && page.contains("value=\"1\""), "{page}");
        assert_eq!((on(&page, "verified_only"), on(&page, "hosts_required")), (true, false), "what was switched is kept");
        assert!(!now(&app, &round).await.verified_only);
        let saved = host.post("/round/settings", "do=door&max_participants=+12+&hosts_required=on").await;
        let page = follow(&host, &saved).await;
        assert!(page.contains("Saved.") && page.contains("value=\"12\""), "{page}");
        assert_eq!((on(&page, "verified_only"), on(&page, "hosts_required")), (false, true));
        let kept = now(&app, &round).await;
        assert_eq!((kept.max_participants, kept.hosts_required, kept.verified_only), (Some(12), true, false));
        // A call runs that LiveKit limits as it was told when it began.
        let told = visavis::livekit::client::RoomOptions { max_participants: Some(13), ..Default::default() };
        app.state.livekit.client().create_room(&round.id.to_string(), &told).await.expect("made");
        assert!(!follow(&host, &saved).await.contains("began with a limit"));
        let raised = host.post("/round/settings", "do=door&max_participants=20&hosts_required=on").await;
        let page = follow(&host, &raised).await;
        assert!(page.contains("began with a limit of 12 people") && page.contains("holds from the next meeting"), "{page}");
        host.post("/round/settings", "do=door&max_participants=").await;
        assert_eq!((now(&app, &round).await.max_participants, now(&app, &round).await.hosts_required), (None, false));
    }

    async fn who_lacks_an_account_reads_so_before_the_camera_opens(app: TestApp) {
        let ann = app.user("ann").await;
        let host = browser(&app, &ann).await;
        room(&app, &ann, "Round").await;
        host.post("/round/settings", "do=level&access_level=public").await;
        assert!(visitor(&app).get("/round").await.text.contains("id=\"join\""));
        host.post("/round/settings", "do=door&verified_only=on").await;
        let page = visitor(&app).get("/round").await;
        assert_eq!(page.status, 200);
        assert!(page.text.contains("href=\"/sign-in?next=/round\"") && !page.text.contains("id=\"join\""), "{}", page.text);
        let own = host.get("/round").await.text;
        assert!(own.contains("readonly") && own.contains("value=\"ann\""), "the name is the account's: {own}");
    }

    async fn those_who_were_removed_are_listed_and_let_back(app: TestApp) {
        let ann = app.user("ann").await;
        let (host, round) = (browser(&app, &ann).await, room(&app, &ann, "Round").await);
        assert!(host.get("/round/settings").await.text.contains("Nobody is kept out."));
        let moderated = visavis::moderation::of(&app.state, &ann, "round").await.expect("a host");
        let removal = |name: &str, blocked| visavis::rooms::removals::Removal {
            id: app.state.random.uuid(), room_id: round.id, subject: name.into(), device: String::new(), user_id: None,
            name: name.into(), blocked, removed_by: Some(ann.id), created_at: app.state.clock.now(),
        };
        let (one, two) = (removal("<b>Mallory</b>", true), removal("Karim", false));
        for removal in [&one, &two] {
            let mut lent = app.state.db.lend().await.expect("lent");
            visavis::rooms::removals::store::put(&mut lent.conn(), &moderated.permit, removal).await.expect("put");
        }
        let page = host.get("/round/settings").await.text;
        assert!(page.contains("&lt;b&gt;Mallory") && page.contains("Blocked on ") && page.contains("Removed on "), "{page}");
        let back = host.post("/round/settings", format!("do=let-back&removal={}", one.id)).await;
        assert_eq!(to(&back), "/round/settings#removed");
        let page = follow(&host, &back).await;
        assert!(!page.contains("Mallory") && page.contains("Karim") && page.contains("They may come in again"), "{page}");
        // Another host was faster.
        assert_eq!(to(&host.post("/round/settings", format!("do=let-back&removal={}", one.id)).await), "/round/settings#removed");
        assert_eq!(host.post("/round/settings", "do=let-back&removal=x").await.status, 404);
        // What another room's page names changes nothing here.
        room(&app, &ann, "Other").await;
        host.post("/other/settings", format!("do=let-back&removal={}", two.id)).await;
        assert!(host.get("/round/settings").await.text.contains("Karim"));
    }

    async fn a_former_link_is_given_up_and_the_log_says_so(app: TestApp) {
        let ann = app.user("ann").await;
        let host = browser(&app, &ann).await;
        room(&app, &ann, "Monday round").await;
        assert!(host.get("/monday-round/settings").await.text.contains("There is no former link."));
        assert!(host.get("/monday-round/log").await.text.contains("Nothing has been decided yet."));
        host.post("/monday-round/settings", "do=rename&name=Round").await;
        assert!(host.get("/round/settings").await.text.contains("value=\"monday-round\""));
        let kept = host.post("/round/settings", "do=give-up&link=round").await;
        assert_eq!(to(&kept), "/round/settings#links");
        assert!(follow(&host, &kept).await.contains("it stays"));
        let given = host.post("/round/settings", "do=give-up&link=monday-round").await;
        assert!(follow(&host, &given).await.contains("That link leads nowhere now."));
        assert_eq!(visitor(&app).get("/monday-round").await.status, 404);
        let log = host.get("/round/log").await.text.replace(['\u{2068}', '\u{2069}'], "");
        assert!(log.contains("ann changed the settings (a former link given up)") && log.contains("ann changed the settings (name)"), "{log}");
        let file = host.get("/round/log.csv").await;
        assert_eq!(file.headers["content-disposition"], "attachment; filename=\"log-round.csv\"");
        assert!(file.text.contains("\"Who\",\"What\",\"About\"") && file.text.lines().count() == 3, "{}", file.text);
        // Pages that are none lead to one.
        for page in ["0", "-1", "99", "x", "9223372036854775808"] {
            assert_eq!(host.get(&format!("/round/log?page={page}")).await.status, 200, "{page}");
        }
    }

    async fn new_rooms_start_as_their_maker_likes(app: TestApp) {
        let ann = app.user("ann").await;
        let host = browser(&app, &ann).await;
        assert!(host.get("/account").await.text.contains("href=\"/account/rooms\""));
        let wrong = host.post("/account/rooms", "access_level=everybody").await;
        assert!(follow(&host, &wrong).await.contains("Choose public, trusted or restricted."));
        let saved = host.post("/account/rooms", "access_level=restricted&microphone=on&camera=on&mute=on").await;
        let page = follow(&host, &saved).await;
        let on = |name: &str| page.split(name).nth(1).is_some_and(|rest| rest.split('>').next().is_some_and(|tag| tag.contains("checked")));
        assert!(page.contains("Saved.") && on("value=\"restricted\"") && !on("name=\"share\""), "{page}");
        host.post("/rooms", "name=Round").await;
        let round = find(&app.state, "round").await.expect("made");
        assert_eq!(round.access_level.as_str(), "restricted");
        let rights = serde_json::to_value(&round.configuration.0).expect("JSON");
        assert_eq!(rights, json!({ "can_publish_sources": ["camera", "microphone"] }));
        host.post("/account/rooms", "access_level=&microphone=on&camera=on&share=on&mute=on").await;
        host.post("/rooms", "name=Other").await;
        let other = find(&app.state, "other").await.expect("made");
        assert_eq!((other.access_level, other.configuration.0), (app.state.default_access_level(), Default::default()));
    }

    async fn a_room_goes_only_after_a_question_and_for_owners(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let (owner, host) = (browser(&app, &ann).await, browser(&app, &ben).await);
        let round = room(&app, &ann, "Round").await;
        give(&app, &round, &ben, Role::Administrator).await;
        let (owners, hosts) = (owner.get("/round/settings").await.text, host.get("/round/settings").await.text);
        assert!(owners.contains("href=\"/round/delete\"") && !hosts.contains("/round/delete"), "{hosts}");
        let question = owner.get("/round/delete").await.text;
        assert!(question.contains("Nobody is in the room now.") && question.contains("localhost:8080/round") && question.contains("cannot be undone"));
        assert!(follow(&owner, &owner.post("/round/delete", "").await).await.contains("The room is deleted."));
        assert_eq!(owner.post("/round/delete", "").await.status, 404);
        assert!(find(&app.state, "round").await.is_err());
    }

    async fn another_site_changes_nothing(app: TestApp) {
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Round").await;
        for lie in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")] {
            let client = browser(&app, &ann).await.with(lie.0, lie.1);
            for (path, body) in [
                ("/round/settings", "do=rename&name=Planted"),
                ("/round/settings", "do=add&email=ann%40example.org&role=owner"),
                ("/round/delete", ""),
                ("/rooms", "name=Planted&like=round"),
            ] {
                assert_eq!(client.post(path, body).await.status, 403, "{path} {lie:?}");
            }
        }
        assert_eq!(now(&app, &round).await.name, "Round");
    }
}
