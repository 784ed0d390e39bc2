//! What calendars are told, read by a parser that is not ours.

use base64::{Engine, engine::general_purpose::STANDARD};
use icalendar::{Component, parser};
use serde_json::Value;

use super::{confirm, listed, mailing, room, send};
use crate::{account::browser::Browser, mailpit::Mailpit, on_both, support::TestApp};
use visavis::on_db;

/// The message for calendars in a mail: beside text and page, where mail programs look for it, and the same as a file.
async fn message(post: &Mailpit, mail: &Value) -> String {
    let parts = post.parts(mail).await;
    assert_eq!(parts.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["application/ics"]);
    let raw = post.raw(mail).await.replace("\r\n", "\n");
    let (before, part) = raw.split_once("Content-Type: text/calendar;").expect("a part for calendars");
    assert!(before.contains("multipart/mixed") && before.contains("multipart/alternative"), "{before}");
    let (head, body) = part.split_once("\n\n").expect("a head");
    let body = body.split("\n--").next().unwrap_or_default();
    let text = match head.split("Content-Transfer-Encoding: ").nth(1).map(|rest| rest.trim_end()) {
        Some("base64") => STANDARD.decode(body.replace('\n', "")).expect("base64"),
        Some("quoted-printable") => unquoted(body),
        _ => body.as_bytes().to_vec(),
    };
    let text = String::from_utf8(text).expect("UTF-8").replace("\r\n", "\n");
    assert_eq!(text.trim_end(), parts[0].1.replace("\r\n", "\n").trim_end());
    assert!(
        head.contains("charset=utf-8") && head.contains(&format!("method={}", property(&parts[0].1, "METHOD"))),
        "{head}"
    );
    parts[0].1.clone()
}

/// RFC 2045 §6.7.
fn unquoted(text: &str) -> Vec<u8> {
    let text = text.replace("=\n", "");
    let (mut out, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let hex = (*first == b'=').then(|| after.get(..2).and_then(|two| std::str::from_utf8(two).ok())).flatten();
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => (out.push(byte), rest = &after[2..]).1,
            None => (out.push(*first), rest = after).1,
        }
    }
    out
}

fn property(text: &str, name: &str) -> String {
    let unfolded = parser::unfold(text);
    let calendar = parser::read_calendar(&unfolded).unwrap_or_else(|error| panic!("{error}: {text}"));
    let own =
        calendar.properties.iter().find(|property| property.name == name).map(|property| property.val.to_string());
    let calendar = icalendar::Calendar::from(calendar);
    let mut events = calendar.components.iter().filter_map(|component| component.as_event());
    let event = events.next().expect("an event");
    assert!(events.next().is_none(), "one event");
    own.or_else(|| event.property_value(name).map(str::to_owned)).unwrap_or_default()
}

on_both! {
    async fn a_meeting_is_told_moved_and_cancelled(app: TestApp) {
        let post = Mailpit::start().await;
        let app = mailing(app, &post.url());
        let ann = app.user("ann").await;
        confirm(&app, &ann).await;
        let round = room(&app, &ann, "Round; one, two").await;
        let mut host = Browser::of(&app, &ann).await;
        let page = "/round-one-two/invitations";
        let fields = [("addresses", "Ben <ben@example.org>, cleo@example.org"), ("at", "2026-11-30T10:30"), ("minutes", "45"), ("message", "Bring; cake,\nplease")];
        let shown = send(&mut host, &round, &fields).await;
        assert!(shown.contains("30 November 2026, 10:30 (Europe/Paris), 45 min"), "{shown}");
        app.work().await;
        let mails = post.mails().await;
        let mail = mails.iter().find(|mail| mail["To"][0]["Address"] == "ben@example.org").expect("sent");
        let raw = post.raw(mail).await;
        assert!(raw.contains("multipart/alternative") && raw.contains("method=REQUEST"), "{raw}");
        let first = message(&post, mail).await;
        for (name, value) in [
            ("METHOD", "REQUEST"), ("DTSTART", "20261130T093000Z"), ("DTEND", "20261130T101500Z"), ("SEQUENCE", "0"), ("STATUS", "CONFIRMED"),
            ("SUMMARY", "Round; one, two"), ("ORGANIZER", "mailto:ann@example.org"), ("LOCATION", "http://localhost:8080/round-one-two"),
        ] {
            assert_eq!(property(&first, name).replace('\\', ""), value, "{name}: {first}");
        }
        assert!(property(&first, "DESCRIPTION").contains("cake"), "{first}");
        assert!(first.contains("mailto:ben@example.org") && !first.contains("cleo"), "nobody sees who else is invited: {first}");
        let uid = property(&first, "UID");

        // Another time: the same meeting, a greater number, in the host's zone.
        let batch = listed(&app, &round).await[0].batch_id.to_string();
        let form = host.get(&format!("{page}?change={batch}")).await.text;
        assert!(form.contains("value=\"2026-11-30T10:30\"") && form.contains("value=\"45\""), "{form}");
        let to = |at| [("do", "move"), ("which", batch.as_str()), ("at", at), ("minutes", "30"), ("zone", "America/New_York")];
        assert!(host.submit(page, &to("2020-01-01T10:00")).await.text.contains("This time is over."));
        assert!(host.submit(page, &to("2026-12-01T08:00")).await.text.contains("is told the new time"));
        app.work().await;
        let mails = post.mails().await;
        assert_eq!(mails.len(), 4);
        let mail = mails[2..].iter().find(|mail| mail["To"][0]["Address"] == "ben@example.org").expect("told");
        assert_eq!(mail["Subject"], "New time: “Round; one, two”");
        assert!(mail["Text"].as_str().expect("text").contains("1 December 2026, 8:00 (America/New York), 30 min"), "{}", mail["Text"]);
        let moved = message(&post, mail).await;
        assert_eq!((property(&moved, "UID"), property(&moved, "SEQUENCE"), property(&moved, "DTSTART")), (uid.clone(), "1".into(), "20261201T130000Z".into()));
        // The same time again is no news.
        host.submit(page, &to("2026-12-01T08:00")).await;
        app.work().await;
        assert_eq!(post.mails().await.len(), 4);

        // Taken back from one, then cancelled for the rest.
        let cleo = listed(&app, &round).await.iter().find(|one| one.email == "cleo@example.org").expect("invited").id.to_string();
        host.submit(page, &[("do", "take-back"), ("which", &cleo)]).await;
        app.work().await;
        assert_eq!(post.mails().await.len(), 5);
        assert!(host.submit(page, &[("do", "cancel"), ("which", &batch)]).await.text.contains("Everyone who was invited is told."));
        app.work().await;
        let mails = post.mails().await;
        assert_eq!(mails.len(), 6);
        for (mail, address) in mails[4..].iter().zip(["cleo@example.org", "ben@example.org"]) {
            assert_eq!((&mail["To"][0]["Address"], mail["Subject"].as_str()), (&Value::from(address), Some("Cancelled: “Round; one, two”")));
            assert!(!mail["HTML"].as_str().expect("a page").contains("href"), "no way in");
            let cancelled = message(&post, mail).await;
            let told = ["METHOD", "STATUS", "UID", "SEQUENCE"].map(|name| property(&cancelled, name));
            assert_eq!(told, ["CANCEL".to_owned(), "CANCELLED".to_owned(), uid.clone(), "2".to_owned()], "{cancelled}");
        }
        assert_eq!(host.post(page, &to("2026-12-02T08:00")).await.status, 404, "what is cancelled is not moved");
        let log = host.get("/round-one-two/log").await.text.replace(['\u{2068}', '\u{2069}'], "");
        for line in ["invited 2 people", "took an invitation back", "called a meeting off"] {
            assert!(log.contains(line), "{line}: {log}");
        }
    }

    async fn who_was_never_told_need_not_hear_that_it_is_over(app: TestApp) {
        let post = Mailpit::start().await;
        let app = mailing(app, &post.url());
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Round").await;
        let mut host = Browser::of(&app, &ann).await;
        send(&mut host, &round, &[("addresses", "ben@example.org"), ("at", "2026-11-30T10:30")]).await;
        let batch = listed(&app, &round).await[0].batch_id.to_string();
        host.submit("/round/invitations", &[("do", "cancel"), ("which", &batch)]).await;
        app.work().await;
        assert!(post.mails().await.is_empty());
    }

    async fn what_is_taken_back_while_its_letter_is_on_its_way_is_cancelled_once(app: TestApp) {
        let post = Mailpit::start().await;
        let app = mailing(app, &post.url());
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Round").await;
        let mut host = Browser::of(&app, &ann).await;
        send(&mut host, &round, &[("addresses", "ben@example.org"), ("at", "2026-11-30T10:30")]).await;
        let one = listed(&app, &round).await.remove(0);
        // As when the mail server has the letter, and has not answered yet: the cancellation looks, and nobody was told anything.
        host.submit("/round/invitations", &[("do", "cancel"), ("which", &one.batch_id.to_string())]).await;
        app.work().await;
        assert!(post.mails().await.is_empty());
        let sent = visavis::invitations::service::delivered(&app.state, &one, &round).await;
        sent.expect("noted");
        app.work().await;
        let mails = post.mails().await;
        assert_eq!(mails.len(), 1, "{mails:?}");
        let told = ["METHOD", "SEQUENCE"];
        let cancelled = message(&post, &mails[0]).await;
        assert_eq!(told.map(|name| property(&cancelled, name)), ["CANCEL", "1"]);
        // And where the room itself is gone by then.
        let other = room(&app, &ann, "Other").await;
        send(&mut host, &other, &[("addresses", "ben@example.org"), ("at", "2026-11-30T10:30")]).await;
        let one = listed(&app, &other).await.remove(0);
        host.submit("/other/delete", &[]).await;
        app.work().await;
        visavis::invitations::service::delivered(&app.state, &one, &other).await.expect("noted");
        app.work().await;
        let mails = post.mails().await;
        assert_eq!((mails.len(), mails.last().map(|mail| mail["Subject"].clone())), (2, Some(Value::from("Cancelled: “Other”"))));
    }

    async fn who_invites_is_the_same_to_calendars_whatever_becomes_of_the_account(app: TestApp) {
        let post = Mailpit::start().await;
        let app = mailing(app, &post.url());
        let ann = app.user("ann").await;
        confirm(&app, &ann).await;
        let round = room(&app, &ann, "Round").await;
        // What a session knows of its account it knows from then on.
        let mut host = Browser::of(&app, &ann).await;
        send(&mut host, &round, &[("addresses", "ben@example.org"), ("at", "2026-11-30T10:30")]).await;
        app.work().await;
        let sql = "UPDATE users SET email = 'new@example.org', email_folded = 'new@example.org' WHERE id = $1";
        on_db!(&mut app.state.db.lend().await.expect("lent").conn(), c => sqlx::query(sql).bind(ann.id).execute(c).await.map(drop)).expect("changed");
        let batch = listed(&app, &round).await[0].batch_id.to_string();
        host.submit("/round/invitations", &[("do", "cancel"), ("which", &batch)]).await;
        app.work().await;
        let mails = post.mails().await;
        assert_eq!(mails.len(), 2);
        for mail in &mails {
            let text = message(&post, mail).await;
            assert_eq!(property(&text, "ORGANIZER"), "mailto:ann@example.org");
            assert!(text.replace("\r\n ", "").contains("SENT-BY=\"mailto:visavis@meet.example\""), "{text}");
        }
    }

    async fn a_large_meeting_is_moved_on_the_day_it_was_sent(app: TestApp) {
        let app = mailing(app, "smtp://127.0.0.1:1?tls=none");
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Round").await;
        let mut host = Browser::of(&app, &ann).await;
        for half in 0..2 {
            let many: Vec<String> = (0..75).map(|number| format!("p{half}-{number}@example.org")).collect();
            send(&mut host, &round, &[("addresses", &many.join(" ")), ("at", "2026-11-30T10:30")]).await;
        }
        let batches: std::collections::BTreeSet<_> = listed(&app, &round).await.iter().map(|one| one.batch_id.to_string()).collect();
        assert_eq!(batches.len(), 2);
        for batch in batches {
            let to = |at| [("do", "move"), ("which", batch.as_str()), ("at", at), ("minutes", "30"), ("zone", "Europe/Paris")];
            for at in ["2026-12-01T10:30", "2026-12-02T10:30", "2026-12-03T10:30", "2026-12-04T10:30", "2026-12-05T10:30"] {
                assert!(host.submit("/round/invitations", &to(at)).await.text.contains("is told the new time"), "{at}");
            }
            let page = host.submit("/round/invitations", &to("2026-12-06T10:30")).await.text;
            assert!(!page.contains("is told the new time"), "{page}");
        }
    }

    async fn a_room_that_is_deleted_takes_its_meetings_out_of_calendars(app: TestApp) {
        let post = Mailpit::start().await;
        let app = mailing(app, &post.url());
        let ann = app.user("ann").await;
        confirm(&app, &ann).await;
        let round = room(&app, &ann, "Round").await;
        let mut host = Browser::of(&app, &ann).await;
        let at = |at: &'static str, who: &'static str| [("addresses", who), ("at", at), ("language", "de")];
        send(&mut host, &round, &at("2026-11-30T10:30", "ben@example.org")).await;
        send(&mut host, &round, &[("addresses", "dan@example.org")]).await;
        app.work().await;
        // Not sent yet, or without a time: nothing stands in a calendar.
        send(&mut host, &round, &at("2026-12-01T10:30", "cleo@example.org")).await;
        let mails = post.mails().await;
        assert_eq!(mails.len(), 2);
        let mail = mails.iter().find(|mail| mail["To"][0]["Address"] == "ben@example.org").expect("sent");
        let uid = property(&message(&post, mail).await, "UID");

        assert!(host.get("/round/delete").await.text.contains("One person whose calendar"));
        host.submit("/round/delete", &[]).await;
        assert_eq!(host.get("/round/settings").await.status, 404);
        app.work().await;
        let mails = post.mails().await;
        assert_eq!(mails.len(), 3, "one letter, to who has it in the calendar: {mails:?}");
        assert_eq!((&mails[2]["To"][0]["Address"], &mails[2]["Subject"]), (&Value::from("ben@example.org"), &Value::from("Abgesagt: „Round“")));
        let cancelled = message(&post, &mails[2]).await;
        let told = ["METHOD", "STATUS", "UID", "SEQUENCE"].map(|name| property(&cancelled, name));
        assert_eq!(told, ["CANCEL".to_owned(), "CANCELLED".to_owned(), uid, "1".to_owned()], "{cancelled}");
        let mut lent = app.state.db.lend().await.expect("lent");
        let left: i64 = on_db!(&mut lent.conn(), c => sqlx::query_scalar("SELECT COUNT(*) FROM room_farewells").fetch_one(c).await).expect("counted");
        assert_eq!(left, 0, "the address goes with the letter");
    }

    async fn nothing_that_people_write_adds_a_line_to_a_calendar(app: TestApp) {
        let post = Mailpit::start().await;
        let app = mailing(app, &post.url());
        let ann = app.user("ann").await;
        let long = "Ünïcödé 会議 ".repeat(6);
        for (n, name) in ["x\r\nATTENDEE:mailto:v@x.y", "a\u{2028}BEGIN:VALARM", "\\;,:\"", long.trim()].into_iter().enumerate() {
            let round = room(&app, &ann, &format!("{name} {n}")).await;
            let mut host = Browser::of(&app, &ann).await;
            let address = format!("\"{} x:y;z\" <guest{n}@example.org>", name.replace(['"', '\r', '\n'], " "));
            let words = format!("{name}\r\nEND:VEVENT\r\nBEGIN:VEVENT");
            send(&mut host, &round, &[("addresses", &address), ("message", &words), ("at", "2026-11-30T10:30")]).await;
            app.work().await;
            let mails = post.mails().await;
            assert_eq!(mails.len(), n + 1, "{name:?}");
            let text = message(&post, &mails[n]).await;
            let text = text.replace("\r\n", "\n").replace('\n', "\r\n");
            assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
            let unfolded = text.replace("\r\n ", "");
            let count = |start: &str| unfolded.lines().filter(|line| line.starts_with(start)).count();
            assert_eq!(["BEGIN:", "END:", "ATTENDEE", "ORGANIZER"].map(count), [2, 2, 1, 1], "{unfolded}");
            assert_eq!(property(&text, "SEQUENCE"), "0");
            assert!(unfolded.contains(&format!("mailto:guest{n}@example.org")), "{unfolded}");
        }
    }
}
