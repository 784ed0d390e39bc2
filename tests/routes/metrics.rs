use std::collections::BTreeSet;

use tokio_util::sync::CancellationToken;
use visavis::{
    config::Metrics, http, livekit::fake::Answer, rooms::types::EntryRequest, state::AppState, web::device::Browser,
};

use crate::{
    on_both,
    support::{Client, TestApp},
};

const TOKEN: &str = "the-word-that-opens-the-numbers-0815";

/// The same back end, whose numbers somebody may read.
fn counted(app: &TestApp, metrics: Metrics) -> (AppState, Client) {
    let mut settings = app.state.settings.clone();
    settings.metrics = metrics;
    let origin = app.state.origin.parse().expect("a URL");
    let (livekit, clock, random) = (app.state.livekit.clone(), app.state.clock.clone(), app.state.random.clone());
    let state = AppState::new(settings, &origin, app.state.db.clone(), livekit, clock, random).expect("a state");
    let router = http::layers(http::router(&state, CancellationToken::new()), &state);
    (state, Client::new(router, None))
}

fn behind_a_token() -> Metrics {
    Metrics { listen: None, token: Some(TOKEN.into()) }
}

async fn read(client: &Client) -> String {
    let answer = client.clone().with("authorization", &format!("Bearer {TOKEN}")).get("/metrics").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.text
}

/// Names of ours in a text.
fn names(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words.filter(|word| word.starts_with("visavis_")).map(str::to_owned).collect()
}

const HERE: visavis::web::remote::Remote =
    visavis::web::remote::Remote(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST));

on_both! {
    async fn nobody_reads_the_numbers_unless_it_was_set_up(app: TestApp) {
        assert_eq!(app.anonymous().get("/metrics").await.status, 404);
        let elsewhere = Metrics { listen: Some(([127, 0, 0, 1], 0).into()), ..behind_a_token() };
        let (_, client) = counted(&app, elsewhere);
        assert_eq!(client.with("authorization", &format!("Bearer {TOKEN}")).get("/metrics").await.status, 404);
        let (_, client) = counted(&app, behind_a_token());
        assert_eq!(client.get("/metrics").await.status, 401);
        for wrong in ["Bearer nonsense", "Bearer ", TOKEN, &format!("Basic {TOKEN}")] {
            assert_eq!(client.clone().with("authorization", wrong).get("/metrics").await.status, 401, "{wrong}");
        }
        read(&client).await;
    }

    async fn requests_are_counted_by_pattern_and_nothing_personal_is_told(app: TestApp) {
        let ann = app.user("ann").await;
        let signed_in = app.signed_in(&ann).await;
        let (_, client) = counted(&app, behind_a_token());
        client.get("/api/v1.0/rooms/a-secret-slug/").await;
        client.get("/nowhere/at-all").await;
        let text = read(&client).await;
        assert!(text.contains(r#"visavis_http_request_duration_seconds_count{route="/api/v1.0/rooms/{"#), "{text}");
        assert!(text.contains(r#"method="GET",status="4xx"} 1"#), "{text}");
        assert!(text.contains("visavis_sessions 1\n"), "{text}");
        for told in ["a-secret-slug", "at-all", "ann", &ann.id.to_string(), signed_in.session_id(), TOKEN] {
            assert!(!text.contains(told), "{told} in {text}");
        }
        assert!(text.ends_with("# EOF\n"));
    }

    async fn entries_and_live_rooms_are_counted(app: TestApp) {
        let (state, client) = counted(&app, behind_a_token());
        let ann = app.user("ann").await;
        let session = app.signed_in(&ann).await;
        let made = session.post("/api/v1.0/rooms/", r#"{"name":"Monday"}"#).await.json();
        let slug = made["slug"].as_str().expect("a slug").to_owned();
        let browser = Browser::of(&state, &Default::default());
        let request = |slug: &str| EntryRequest { slug: slug.to_owned(), name: "Ann".into(), again: false };
        visavis::lobby::entry::enter(&state, Some(&ann), &browser, HERE, &request(&slug)).await.expect("enters");
        visavis::lobby::entry::enter(&state, None, &browser, HERE, &request("nowhere")).await.expect_err("no such room");
        let text = read(&client).await;
        assert!(text.contains(r#"visavis_join_duration_seconds_count{outcome="ok"} 1"#), "{text}");
        assert!(text.contains(r#"visavis_join_duration_seconds_count{outcome="refused"} 1"#), "{text}");
        assert!(text.contains("visavis_rooms{} 1\n") && text.contains("visavis_livekit_up 1\n"), "{text}");
    }

    async fn jobs_are_counted_by_state(app: TestApp) {
        let (state, client) = counted(&app, behind_a_token());
        let now = state.clock.now();
        for (kind, due) in [("late", now - chrono::TimeDelta::seconds(90)), ("later", now + chrono::TimeDelta::hours(1))] {
            let mut lent = state.db.lend().await.expect("a connection");
            visavis::jobs::enqueue(&mut lent.conn(), &state.random, &state.clock, kind, &(), due).await.expect("enqueued");
        }
        let text = read(&client).await;
        assert!(text.contains("visavis_jobs{state=\"waiting\"} 2\n") && text.contains("visavis_jobs_overdue_seconds 90\n"), "{text}");
        let worker = visavis::jobs::Worker { db: state.db.clone(), clock: state.clock.clone(), handlers: Default::default(), bell: Default::default() };
        for _ in 0..visavis::jobs::MAX_ATTEMPTS {
            assert!(worker.run_one().await.expect("runs"), "nobody serves it: it fails until it is given up");
            app.advance(chrono::TimeDelta::minutes(61));
            client.get("/healthz").await;
        }
        while worker.run_one().await.expect("runs") {
            app.advance(chrono::TimeDelta::minutes(61));
        }
        let text = read(&client).await;
        assert!(text.contains("visavis_jobs{state=\"failed\"} 2\n") && text.contains("visavis_jobs_overdue_seconds 0\n"), "{text}");
    }

    async fn what_is_not_known_is_not_told(app: TestApp) {
        let (_, client) = counted(&app, behind_a_token());
        app.livekit.answer(Answer::Unreachable);
        let text = read(&client).await;
        assert!(text.contains("visavis_livekit_up 0\n") && !text.contains("\nvisavis_rooms"), "{text}");
    }

    async fn the_dashboard_and_the_alerts_name_numbers_that_exist(app: TestApp) {
        let (state, client) = counted(&app, behind_a_token());
        client.get("/healthz").await;
        let browser = Browser::of(&state, &Default::default());
        let request = EntryRequest { slug: "nowhere".into(), name: "Ann".into(), again: false };
        visavis::lobby::entry::enter(&state, None, &browser, HERE, &request).await.expect_err("no such room");
        let there = names(&read(&client).await);
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        for file in ["deploy/grafana.json", "deploy/alerts.yml"] {
            let text = std::fs::read_to_string(root.join(file)).expect("there");
            let missing: Vec<_> = names(&text).difference(&there).cloned().collect();
            assert!(missing.is_empty(), "{file}: {missing:?}, there are {there:?}");
        }
        let dashboard = std::fs::read_to_string(root.join("deploy/grafana.json")).expect("there");
        let shown = names(&dashboard);
        assert!(there.iter().filter(|name| !name.ends_with("_sum")).all(|name| {
            shown.contains(name) || shown.contains(&format!("{name}_bucket")) || shown.contains(&format!("{name}_total")) || shown.contains(&format!("{name}_info"))
        }), "the dashboard shows every number: {:?}", there.difference(&shown));
        let _: serde_json::Value = serde_json::from_str(&dashboard).expect("JSON");
    }
}
