//! A browser with its cookies.

use std::collections::BTreeMap;

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use tower::ServiceExt;
use visavis::{sessions::link, users::model::User};

use crate::{support::TestApp, whole};

pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    pub agent: &'static str,
}

#[derive(Debug)]
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Bytes,
    pub text: String,
}

impl Page {
    pub fn to(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default()
    }
}

impl Browser {
    pub fn new(app: &TestApp) -> Self {
        let cookies = BTreeMap::from([("language".to_owned(), "en".to_owned())]);
        Self {
            router: whole(app),
            cookies,
            agent: "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
        }
    }

    /// One that signed in by a link.
    pub async fn of(app: &TestApp, user: &User) -> Self {
        let mut browser = Self::new(app);
        browser.enter(app, user).await;
        browser
    }

    pub async fn enter(&mut self, app: &TestApp, user: &User) {
        let token = link::issue(&app.state, Some(user.id)).await.expect("made");
        assert_eq!(self.post(&format!("/link/{token}"), &[]).await.status, StatusCode::SEE_OTHER);
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.send("GET", path, String::new()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let pairs = fields.iter().map(|(name, value)| format!("{name}={}", escape(value)));
        self.send("POST", path, pairs.collect::<Vec<_>>().join("&")).await
    }

    /// Posts, and shows the page that this leads to.
    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let answer = self.post(path, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.text);
        let to = answer.to().to_owned();
        self.get(&to).await
    }

    async fn send(&mut self, method: &str, path: &str, body: String) -> Page {
        let jar = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost:8080")
            .header(header::COOKIE, jar)
            .header(header::ACCEPT, "text/html")
            .header(header::USER_AGENT, self.agent)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        let request = request.body(Body::from(body)).expect("a request");
        let (parts, body) = self.router.clone().oneshot(request).await.expect("infallible").into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().expect("text");
            let (name, value) = line.split(';').next().and_then(|pair| pair.split_once('=')).expect("a pair");
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Page { status: parts.status, headers: parts.headers, bytes, text }
    }
}

fn escape(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
