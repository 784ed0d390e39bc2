//! The invitation, and the meeting for calendars.

use visavis::rooms::model::Role;

use super::{browser, follow, give, room};
use crate::{on_both, support::TestApp, visitor};

on_both! {
    async fn the_page_has_link_picture_and_words(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let round = room(&app, &ann, "Round & <b>").await;
        give(&app, &round, &ben, Role::Member).await;
        let page = browser(&app, &ben).await.get("/round-b/invite").await.text;
        assert!(page.contains("http://localhost:8080/round-b") && page.contains("class=\"qr\"") && page.contains("role=\"img\""), "{page}");
        let words = page.split("<textarea").nth(1).and_then(|rest| rest.split("</textarea>").next()).unwrap_or_default();
        let words = words.split_once('>').map(|(_, words)| words).unwrap_or_default();
        assert!(words.starts_with("You are invited to “Round &amp; &lt;b&gt;”.\n\nJoin"), "{words:?}");
        assert!(!page.contains("calendar.google.com"), "no time was asked for");
    }

    async fn no_name_leaves_its_place(app: TestApp) {
        let ann = app.user("ann").await;
        room(&app, &ann, "x</textarea><script>y</script>\"'><img src=x>").await;
        let client = browser(&app, &ann).await;
        let slug = "xtextareascriptyscriptimg-srcx";
        for path in [format!("/{slug}/invite?at=2026-11-30T10:30&minutes=45"), format!("/{slug}/settings"), format!("/{slug}/delete"), format!("/rooms/new?like={slug}"), "/".into()] {
            let page = client.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            assert!(!page.text.contains("<script>y") && !page.text.contains("<img"), "{path}: {}", page.text);
        }
    }

    async fn the_time_is_the_accounts_and_the_file_has_it_in_utc(app: TestApp) {
        let ann = app.user("ann").await;
        room(&app, &ann, "Round; one, two").await;
        let client = browser(&app, &ann).await;
        client.post("/account/profile", "name=Ann&language=&timezone=Europe/Paris&theme=").await;
        let page = client.get("/round-one-two/invite?at=2026-11-30T10:30&minutes=45").await.text;
        assert!(page.contains("30 November 2026, 10:30 (Europe/Paris)"), "{page}");
        for link in ["https://calendar.google.com/", "https://outlook.live.com/"] {
            let tag = page.split(&format!("href=\"{link}")).nth(1).and_then(|rest| rest.split('>').next()).unwrap_or_default();
            assert!(tag.contains("noreferrer") && tag.contains("20"), "{tag}");
        }
        let file = page.split("href=\"/round-one-two/meeting.ics").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
        let answer = client.get(&format!("/round-one-two/meeting.ics{}", file.replace("&amp;", "&"))).await;
        assert_eq!(answer.headers["content-type"], "text/calendar; charset=utf-8; method=PUBLISH");
        assert_eq!(answer.headers["content-disposition"], "attachment; filename=\"round-one-two.ics\"");
        for line in ["DTSTART:20261130T093000Z", "DTEND:20261130T101500Z", "SUMMARY:Round\\; one\\, two", "URL:http://localhost:8080/round-one-two"] {
            assert!(answer.text.contains(&format!("\r\n{line}\r\n")), "{line}: {}", answer.text);
        }
        let there = client.get("/round-one-two/meeting.ics?at=2026-11-30T10:30&minutes=45&zone=America/New_York").await.text;
        assert!(there.contains("DTSTART:20261130T153000Z"), "{there}");
    }

    async fn a_time_that_cannot_be_is_said_beside_it_and_kept(app: TestApp) {
        let ann = app.user("ann").await;
        room(&app, &ann, "Round").await;
        let client = browser(&app, &ann).await;
        for query in ["at=&minutes=60", "at=tomorrow&minutes=60", "at=2026-11-30T10:30%0d%0aATTENDEE:x&minutes=60"] {
            let page = follow(&client, &client.get(&format!("/round/meeting.ics?{query}")).await).await;
            assert!(page.contains("Choose a day and a time.") && page.contains("id=\"at-error\""), "{query}");
        }
        for minutes in ["0", "-5", "99999999999999999999", "1441", "x", ""] {
            let page = client.get(&format!("/round/invite?at=2026-11-30T10:30&minutes={minutes}")).await.text;
            assert!(page.contains("Choose between 5 minutes") && page.contains("value=\"2026-11-30T10:30\""), "{minutes}");
            assert!(page.contains(&format!("value=\"{minutes}\"")) && !page.contains("calendar.google.com"), "{minutes}");
        }
        let page = client.get("/round/invite?at=%22%3E%3Cscript%3Ex&minutes=%22%3E%3Cscript%3Ex&zone=%22%3E%3Cscript%3Ex").await.text;
        assert!(!page.contains("<script>x"), "{page}");
    }

    async fn who_may_not_enter_gets_no_invitation(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        room(&app, &ann, "Closed").await;
        let other = browser(&app, &ben).await;
        for path in ["/closed/invite", "/closed/meeting.ics?at=2026-11-30T10:30&minutes=45"] {
            let answer = other.get(path).await;
            assert_eq!(answer.status, 403, "{path}");
            assert!(!answer.text.contains("DTSTART"));
            let stranger = visitor(&app).get(path).await;
            assert_eq!(stranger.status, 303);
            assert!(stranger.headers["location"].to_str().expect("text").starts_with("/sign-in?next=/closed/"));
            assert_eq!(visitor(&app).get(&path.replace("closed", "nowhere")).await.status, 404);
        }
    }
}
