//! What must not work.

mod cookies;
mod csrf;
mod fixation;
mod headers;
mod idor;
mod injection;
mod lobby;
mod mass_assignment;
mod proxies;
mod rates;
mod sizes;

use std::net::SocketAddr;

use axum::extract::ConnectInfo;

use crate::{
    support::{Client, TestApp, request::Answer},
    whole,
};

/// What forms send.
pub const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// People reach us by https.
pub async fn https() -> TestApp {
    TestApp::sqlite().await.with_settings(&[("public_url", "https://meet.example.org")])
}

/// The value of a cookie that was set.
pub fn set_cookie(answer: &Answer, name: &str) -> Option<String> {
    let lines = answer.headers.get_all("set-cookie").into_iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.filter_map(|line| line.split(';').next()?.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// The whole line that sets a cookie.
pub fn cookie_line(answer: &Answer, name: &str) -> String {
    let mut lines = answer.headers.get_all("set-cookie").into_iter().filter_map(|line| line.to_str().ok());
    let found = lines.find(|line| line.starts_with(&format!("{name}=")));
    found.unwrap_or_else(|| panic!("{name} is not set: {:?}", answer.headers)).to_owned()
}

/// A header's value, empty when it is not there.
pub fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The whole router, seen from a connection of this address.
pub fn router_at(app: &TestApp, peer: &str) -> axum::Router {
    let peer = SocketAddr::new(peer.parse().expect("an address"), 4711);
    whole(app).layer(axum::Extension(ConnectInfo(peer)))
}

/// A stranger at this address.
pub fn visitor_at(app: &TestApp, peer: &str) -> Client {
    Client::new(router_at(app, peer), None).with("accept-language", "en")
}
