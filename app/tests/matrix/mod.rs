//! Who may ask what: each route of the product with each kind of person. [`table.txt`](table.txt) says how to add a row.

mod actors;
mod table;

use std::collections::BTreeSet;

use actors::{ACTORS, World};
use axum::body::Body;
use axum::http::Method;
use table::{Row, read};

use crate::{inventory::ROUTES, on_both, support::TestApp, whole};

const TABLE: &str = include_str!("table.txt");
const METHODS: [Method; 5] = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];

/// Every method and route that has a row.
pub fn routes() -> impl Iterator<Item = (String, String)> {
    read(TABLE).into_iter().map(|row| (row.method, row.route))
}

/// The route's path for one request: `{*rest}` is `{rest}`.
fn fill(row: &Row, world: &World) -> String {
    let mut path = row.route.replace("{*", "{");
    while let Some((before, (name, after))) =
        path.split_once('{').map(|(b, rest)| (b, rest.split_once('}').expect("closed")))
    {
        let wanted = row.fills.get(name).map_or(name, String::as_str);
        let value = world.names.get(wanted).map_or(wanted, String::as_str);
        path = format!("{before}{value}{after}");
    }
    path
}

fn filled_body(row: &Row, world: &World) -> String {
    world.names.iter().fold(row.body.clone(), |text, (name, value)| text.replace(&format!("<{name}>"), value))
}

/// Both spellings of a REST route that ends in a slash.
fn spellings(path: &str) -> Vec<&str> {
    let plain = path.strip_suffix('/').filter(|_| path.starts_with("/api/"));
    [Some(path), plain].into_iter().flatten().collect()
}

on_both! {
    async fn each_actor_is_answered_as_the_table_says(app: TestApp) {
        let (mut serial, mut wrong) = (0, Vec::new());
        for row in read(TABLE) {
            let method = if row.method == "ANY" { Method::GET } else { row.method.parse().expect("a method") };
            for (actor, (status, token)) in ACTORS.iter().zip(&row.expected) {
                for spelling in 0..spellings(&row.route).len() {
                    serial += 1;
                    // No throttle: every request is one of another minute.
                    app.advance(chrono::TimeDelta::minutes(1));
                    let world = World::new(&app, whole(&app), actor, serial).await;
                    let (path, body) = (fill(&row, &world), filled_body(&row, &world));
                    let form = !body.is_empty() && !body.starts_with('{');
                    let kind = if form || (body.is_empty() && !path.starts_with("/api/")) { "application/x-www-form-urlencoded" } else { "application/json" };
                    let client = world.client.clone().with("content-type", kind);
                    let answer = client.send(method.clone(), spellings(&path)[spelling], Body::from(body), true).await;
                    let got = (answer.status.as_u16(), answer.text.contains("\"token\":\"eyJ"));
                    if got != (*status, *token) {
                        wrong.push(format!("line {}: {} {path} as {actor}: expected {status}{}, got {}{}", row.line, row.method,
                            if *token { "+" } else { "" }, got.0, if got.1 { "+" } else { "" }));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{} of {serial} differ:\n{}", wrong.len(), wrong.join("\n"));
    }
}

/// A route answers a method when it says anything but "not this method".
#[tokio::test]
async fn each_route_and_method_has_a_row() {
    let app = TestApp::sqlite().await;
    let rows = read(TABLE);
    let (mut missing, mut serial) = (Vec::new(), 0);
    for route in ROUTES.lines().filter(|route| !ROUTES.lines().any(|other| **route == *format!("{other}/"))) {
        // The slashed twin stands for both.
        let twin = format!("{route}/");
        let named: BTreeSet<&str> =
            rows.iter().filter(|row| row.route == route || row.route == twin).map(|row| row.method.as_str()).collect();
        for method in METHODS {
            serial += 1;
            app.advance(chrono::TimeDelta::minutes(1));
            let world = World::new(&app, whole(&app), "owner", serial).await;
            let probe = Row {
                line: 0,
                method: String::new(),
                route: route.to_owned(),
                fills: [].into(),
                expected: vec![],
                body: String::new(),
            };
            let answer = world.client.send(method.clone(), &fill(&probe, &world), Body::empty(), true).await;
            if answer.status != 405 && !named.contains(method.as_str()) && !named.contains("ANY") {
                missing.push(format!("{method} {route}: {}", answer.status));
            }
        }
    }
    assert!(missing.is_empty(), "add to app/tests/matrix/table.txt:\n{}", missing.join("\n"));
    let unknown: Vec<_> = rows
        .iter()
        .filter(|row| !ROUTES.lines().any(|route| route == row.route))
        .map(|row| format!("line {}: {}", row.line, row.route))
        .collect();
    assert!(unknown.is_empty(), "no such route: {unknown:?}");
}
